"""What mailbox.sh plays: tests/fake/imap.py as our mailbox's server, in each of its moods."""
import json
import os
import subprocess
import threading
import time

from play import TREE, Story
from service_home import Node, children, until
from web_site import certify

story = Story("mailbox")
MEMORY = 96 << 10  # kB that the role may have had at most, whatever it was sent


class Box(Node):
    """A home whose mailbox is a fake server's."""

    def __init__(self, name, mails=0, tls=False, mood=""):
        super().__init__(story, name)
        self.folder = f"{story.tmp}/{name}-imap"
        os.makedirs(f"{self.folder}/mail")
        files = [f"{story.tmp}/{name}.pem", f"{story.tmp}/{name}.key"] if tls else []
        if tls:
            certify(f"{story.tmp}/{name}", name)
        self.mood(mood)
        for i in range(mails):
            self.put(i + 1)
        self.server = subprocess.Popen(["python3", f"{TREE}/tests/fake/imap.py", self.folder, *files], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.at = f"imap{'s' if tls else ''}://127.0.0.1:{int(self.server.stdout.readline())}"
        with open(f"{self.path}/waker.conf", encoding="utf-8") as old:
            lines = [f"inbox = {self.at}" if line.startswith("inbox = ") else line for line in old.read().splitlines()]
        with open(f"{self.path}/waker.conf", "w", encoding="utf-8") as new:
            new.write("\n".join(lines) + "\n")
        os.makedirs(f"{self.path}/credentials", exist_ok=True)
        with open(f"{self.path}/credentials/imap", "w", encoding="ascii", opener=lambda p, f: os.open(p, f, 0o600)) as out:
            out.write("user = cert\npassword = secret\n")

    def mood(self, words):
        with open(f"{self.folder}/mood.new", "w", encoding="ascii") as out:
            out.write(words)
        os.rename(f"{self.folder}/mood.new", f"{self.folder}/mood")

    def put(self, uid, text="the one"):
        with open(f"{self.folder}/.{uid}", "w", encoding="ascii") as out:
            out.write(f"From: a@b.example\r\nMessage-ID: <{uid}@b.example>\r\nSubject: {text}\r\n\r\n{text}\r\n" + "x" * 4000 + "\r\n")
        os.rename(f"{self.folder}/.{uid}", f"{self.folder}/mail/{uid}")

    def asked(self):
        try:
            with open(f"{self.folder}/log", encoding="ascii") as log:
                return log.read().splitlines()
        except OSError:
            return []

    def marks(self):
        try:
            with open(f"{self.folder}/marks", encoding="ascii") as marks:
                return [int(x) for x in marks.read().split()]
        except OSError:
            return []

    def came(self):
        """The numbers of what was read, sorted."""
        rows = [json.loads(line) for line in self.must("mail", "list", "--json").out.splitlines()]
        return sorted(int(x["message_id"][1:].split("@")[0]) for x in rows if x["state"] != "waiting")

    def have(self, *uids, seconds=40):
        return until(lambda: self.came() == sorted(uids), seconds)

    def errors(self):
        return [x["error"] for x in self.says() if x.get("job") == "collect" and "error" in x]

    def told(self, words, seconds=40):
        """One sentence of a job that failed."""
        return until(lambda: next((e for e in self.errors() if words in e), None), seconds)

    def peak(self):
        """kB that the role has had at most."""
        pid = children(self.child.pid).get("hear")
        with open(f"/proc/{pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))

    def end(self):
        self.stop()
        self.server.stdin.close()
        self.server.wait()


def is_lost_none():
    """One mailbox, in many moods, one after another."""
    b = Box("many", mails=5)
    b.put(3, "the one")
    b.mood("cut 2")
    b.start()
    story.ok(b.have(1, 3, 4, 5), "one whose bytes break off keeps none of the others away", b.came(), b.errors())
    story.ok(b.told("mail 2"), "and is named", b.errors())
    b.mood("")
    story.ok(b.have(1, 2, 3, 4, 5), "and is had as soon as it can be", b.came(), b.errors())
    story.ok(sorted(b.marks()) == [1, 2, 3, 4, 5], "each is marked once", b.marks())
    for uid, mood, says, first in ((6, "refuse 6", "not this one", False), (8, "nil 8", "no bytes of it", False), (10, "die 10", "mail 10", False)):
        b.mood(mood)
        b.put(uid)
        b.put(uid + 1)
        story.ok(until(lambda u=uid: u + 1 in b.came() and u not in b.came(), 40), f"{mood}: the next is had", b.came(), b.errors())
        story.ok(b.told(says), "it is told, in a sentence that names it", b.errors()[-3:])
        b.mood("")
        story.ok(until(lambda u=uid: u in b.came(), 60), "and it is not forgotten", b.came(), b.errors()[-3:])
    had = b.came()
    b.mood("vanish 20")
    b.put(20)
    b.put(21)
    before = len(b.errors())
    story.ok(b.have(*had, 21) and len(b.errors()) == before, "one that somebody removes meanwhile is no trouble", b.came(), b.errors()[-3:])
    b.mood("twice 22,other 23")
    b.put(22)
    b.put(23)
    story.ok(b.have(*had, 21, 22, 23), "one that is given twice is had once, and no other in its place", b.came(), b.errors()[-3:])
    raw = {x["message_id"]: x["subject"] for x in map(json.loads, b.must("mail", "list", "--json").out.splitlines())}
    story.ok(raw["<22@b.example>"] == "the one", "as it came first", raw)
    b.mood("huge 24")
    b.put(24)
    b.put(25)
    begun = time.monotonic()
    story.ok(until(lambda: 25 in b.came(), 40) and time.monotonic() - begun < 30, "one of 4 GB is not waited for", b.came(), b.errors()[-3:])
    story.ok(24 in b.marks() and [x for x in b.says() if "left in the mailbox" in x.get("says", "") and "over 100 MB" in str(x)], "it stays where it is, and that is told", b.says()[-4:])
    for words in "phantom", "flood", "lines search,lines store,lines idling", "many":
        b.mood(words)
        n = max(b.came()) + 5
        b.put(n)
        story.ok(until(lambda n=n: n in b.came(), 60), f"{words}: mail is had all the same", b.came(), b.errors()[-3:])
        if words == "phantom":
            at, then = len(b.asked()), time.monotonic()
            time.sleep(3)
            story.ok((len(b.asked()) - at) / (time.monotonic() - then) < 20, "and what never is keeps nobody busy", b.asked()[-12:])
    story.ok(b.peak() < MEMORY, f"in little memory ({b.peak()} kB)")
    b.end()
    story.ok(b.run("check", "--store").status == 0, "the archive and the store agree", b.run("check", "--store").out)


def closes():
    b = Box("closes", mails=100, mood="close 7")
    b.start()
    story.ok(b.have(*range(1, 101), seconds=90), "a server that hangs up after each seven mails: of a hundred none is lost", len(b.came()), b.errors()[-3:])
    rows = b.must("mail", "list", "--json").out.splitlines()
    story.ok(len(rows) == 100 and sorted(b.marks()) == list(range(1, 101)), "and none is there twice", len(rows), len(b.marks()))
    b.end()


def keeps_no_marks(name, mood):
    b = Box(name, mails=60, mood=mood)
    b.start()
    story.ok(b.have(*range(1, 61)), f"{name}: all are had", len(b.came()), b.errors()[-3:])
    b.put(61)
    story.ok(b.have(*range(1, 62)), "and what comes later", len(b.came()), b.errors()[-3:])
    said = [x for x in b.says() if "keeps no marks" in x.get("says", "")]
    story.ok(len(said) == 1 and said[0]["level"] == "warning" and not b.errors(), "that it keeps no marks is said once, and is no trouble", said, b.errors()[-3:])
    fetches = sum(x.startswith("UID FETCH") for x in b.asked())
    story.ok(fetches <= 61 + 50, f"nothing is fetched over and over ({fetches} fetches)")
    b.stop()
    b.put(62)
    at = len(b.asked())
    b.start()
    story.ok(b.have(*range(1, 63)), "after a new start, too", len(b.came()))
    time.sleep(1)
    again = [x for x in b.asked()[at:] if x.startswith("UID FETCH")]
    story.ok(len(again) == 1 or name == "a server that lies", "which fetches only what is new", again[:5])
    if name == "a server without keywords":
        with open(f"{b.folder}/validity", "w", encoding="ascii") as out:
            out.write("2")
        b.stop()
        b.put(1, "another with the same number")
        b.start()
        story.ok(until(lambda: len(b.must("mail", "list", "--json").out.splitlines()) == 63, 40), "with another UIDVALIDITY all is looked at again", len(b.came()))
        time.sleep(1)
        story.ok(sorted(set(b.came())) == list(range(1, 63)) and len(b.came()) == 63, "and what was had is known by its bytes", b.came())
    b.end()


def is_told(name, mood, words, seconds, tls=False):
    """What cannot be talked to says so: one sentence, in time."""
    b = Box(name, mails=1, mood=mood, tls=tls)
    begun = time.monotonic()
    b.start()
    said = b.told(words, seconds + 25)
    took = time.monotonic() - begun
    again = len(b.errors())
    out = [(said and took < seconds + 25 and "\n" not in said and b.peak() < MEMORY, f"{name}: \"{words}\", within {seconds} s", took, b.errors(), b.peak())]
    if mood != "" and name != "a wrong password":
        b.mood("")
        out.append((b.have(1, seconds=40), f"{name}: and when it is well its mail is had", b.came(), b.errors()[-3:]))
    out.append((again <= 4, f"{name}: it is asked less often meanwhile", again))
    b.end()
    return out


def all_that_hang():
    """At the same time: they wait."""
    results = {}
    rows = (("a greeting that does not come", "hang greet", "not ready within 30 seconds", 30), ("a folder that does not open", "hang select", "no answer in time", 60),
            ("a search that does not end", "hang search", "no answer in time", 60), ("a mail that stops in the middle", "hang middle", "no answer in time", 60),
            ("an IDLE without an answer", "hang idle", "no answer in time", 65), ("a greeting without an end", "endless greet", "127.0.0.1", 30),
            ("a goodbye for a greeting", "bye greet", "hung up, or is no IMAP server", 5), ("a wrong password", "denied", "refuses the user and password", 5))
    threads = [threading.Thread(target=lambda r=r: results.__setitem__(r[0], is_told(*r))) for r in rows]
    threads.append(threading.Thread(target=lambda: results.__setitem__("tls", is_told("a certificate of nobody", "", "certificate does not hold", 5, True))))
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    for r in rows:
        for good, sentence, *why in results[r[0]]:
            story.ok(good, sentence, *why)
    for good, sentence, *why in results["tls"]:
        story.ok(good, sentence, *why)


is_lost_none()
closes()
keeps_no_marks("a server without keywords", "nokeywords")
keeps_no_marks("a server that lies", "liar")
keeps_no_marks("a folder to read only", "readonly")
all_that_hang()
story.end()
