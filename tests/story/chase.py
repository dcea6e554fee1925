"""What chase.sh plays: the last weeks of some keys, with a service that is started at each moment on which something is due."""
import json
import os
import subprocess
from datetime import datetime, timedelta

from service_home import Node, until
from tell_home import begin, box, deliver_by_mail, everything, notices, part, shown

story = begin("chase")
n = Node(story, "h")
DAYS = 50  # a key's life: GnuPG's clock is the machine's, and goes before the service's


class Owner:
    def __init__(self, name, address):
        self.home, self.address = f"{story.tmp}/{name}", address
        os.mkdir(self.home, 0o700)
        self.gpg("--quick-gen-key", f"{name} <{address}>", "default", "default", f"{DAYS}d")
        self.give()

    def gpg(self, *words, **how):
        return subprocess.run(["gpg", "--homedir", self.home, "--batch", "--yes", "--pinentry-mode", "loopback", "--passphrase", "", *words],
                              capture_output=True, check=True, timeout=60, **how).stdout

    def fingerprint(self):
        return next(line.split(":")[9] for line in self.gpg("--with-colons", "--list-keys").decode().splitlines() if line.startswith("fpr:"))

    def give(self):
        with open(f"{self.home}/key.asc", "wb") as out:
            out.write(self.gpg("--armor", "--export"))
        return n.run("key", "import", f"{self.home}/key.asc")

    def lasts(self):
        self.gpg("--quick-set-expire", self.fingerprint(), "2y")
        self.gpg("--quick-set-expire", self.fingerprint(), "2y", "*")
        return self.give()

    def revokes(self):
        with open(f"{self.home}/openpgp-revocs.d/{self.fingerprint()}.rev", encoding="ascii") as rev:
            self.gpg("--import", input=rev.read().replace(":-----BEGIN", "-----BEGIN").encode())
        return self.give()


with open(f"{story.tmp}/chase.csv", "w", encoding="ascii") as out:
    out.write("record,member,names,kind,language,role,mail,order\n"
              "contact,m1,,,nl,security,soc@k1.example,1\ncontact,m1,,,nl,board,Board@k1.example,2\n"
              "contact,m2,,,en,security,soc@k2.example,1\ncontact,m2,,,en,technical,net@k2.example,2\n")
n.must("member", "import", f"{story.tmp}/chase.csv", "--yes")
deliver_by_mail(n.path)
team = json.loads(n.must("key", "init", "--json").out)
board, soc, two, unchecked = (Owner(*x) for x in (("board", "board@k1.example"), ("soc", "soc@k1.example"), ("two", "net@k2.example"), ("unchecked", "soc@k2.example")))
second = Owner("second", "net@k2.example")
second.lasts()
for owner in (board, soc, two, second):
    n.must("key", "verify", owner.fingerprint(), "--method", "call-back", "--evidence", "read out")
end = datetime.fromisoformat(next(json.loads(line) for line in n.must("key", "list", "--address", board.address, "--json").out.splitlines())["expires"][:-1])


def before(**how):
    """That long before the end of the keys, and a minute."""
    return (end - timedelta(minutes=-1, **how)).strftime("%Y-%m-%dT%H:%M:%SZ")


def boxes():
    return [len(box(a)) for a in ("board@k1.example", "soc@k1.example", "net@k2.example", "soc@k2.example")]


def settled():
    """The job by which this is due has run since the start."""
    return any(j["kind"] == "settle" and j["state"] == "done" and j["ended"] and j["ended"] >= n.now[:-1] for j in n.jobs("--all"))


def at(moment, wanted, sentence):
    n.start(moment)
    good = until(lambda: settled() and boxes() == wanted)
    n.done()
    n.stop()
    story.ok(good and boxes() == wanted, sentence, boxes(), wanted, notices(n), n.jobs("--all")[:5], n.says()[-3:])


at(before(days=20), [0, 0, 0, 0], "while nothing is to leave nobody is asked")
n.run("notice", "mode", "shadow")
at(before(days=19), [0, 0, 0, 0], "nor in the shadow of another system")
story.ok([x["state"] for x in notices(n)] == ["shadow"] * 2, "where it is seen who would be", notices(n))
n.run("notice", "mode", "on")
n.run("notice", "stop", "--reason", "a look first")
at(before(days=18), [0, 0, 0, 0], "nor while all sending is held")
n.run("notice", "resume")
at(before(days=17), [1, 1, 0, 0], "then the owners of keys that end within 30 days are asked for another, but no one who has another, and none whose key nobody checked")
mail = box("board@k1.example")[0]
words = " ".join(part(mail, "text/plain").split())
day, spelled = f"{end:%Y-%m-%d}", " ".join(board.fingerprint()[i:i + 4] for i in range(0, 40, 4))
story.ok(mail["Subject"].startswith("[TLP:CLEAR] [Z-CERT N-") and f"Uw sleutel voor onze mail verloopt op {day}" in mail["Subject"] and mail["To"] == "Board@k1.example",
         "at the key's own address, whoever else the member has", mail.items())
story.ok(f"verloopt op {day}" in words and f"ends on {day}" in words and spelled in words and "Beantwoord deze mail met uw nieuwe publieke sleutel" in words and
         "Of bel +31 33 000 0000" in words and "de eigenaar van de sleutel bent" in words, "in words of what ends, and of two ways to mend it", words)
story.ok("198.18" not in everything(mail) and mail.get_content_type() == "multipart/signed", "in a form that needs no key of theirs", mail.get_content_type())
number = mail["X-Waker-Ref"]
notice, findings, ways = shown(n, number)
story.ok(notice["kind"] == "key" and notice["state"] == "told" and not findings and [(w["why"], w["form"]) for w in ways] == [("owner", "signed")], "and it is a notice like others", notice, ways)
at(before(days=16), [1, 1, 0, 0], "once")
n.now = before(days=15)
soc.lasts()
at(before(days=6), [2, 1, 0, 0], "and once more 7 days before, but not of one that lasts now")
at(before(days=-1), [3, 1, 0, 0], "and when it is over")
mail = box("board@k1.example")[2]
story.ok("Wij kunnen u niet veilig mailen" in mail["Subject"] and f"op {day} verlopen" in part(mail, "text/plain") and f"ended on {day}" in part(mail, "text/plain"),
         "in words of that", mail["Subject"], part(mail, "text/plain")[:300])
at(before(days=-3), [3, 1, 0, 0], "which is the last")
n.now = before(days=-3)
second.revokes()
at(before(days=-4), [3, 1, 2, 0], "where the last that was left is revoked by its owner, both are chased at once")
said = [" ".join(part(m, "text/plain").split()) for m in box("net@k2.example")]
mail = box("net@k2.example")[0]
story.ok("We cannot mail you safely" in mail["Subject"] and sorted(("revoked by its owner" in s, f"ended on {day}" in s) for s in said) == [(False, True), (True, False)],
         "each in words of what became of it", mail["Subject"], said)
n.stop()
story.end()
