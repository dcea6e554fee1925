"""What guardian.sh plays: files of one feed, a day each, on set clocks; the service looks at the conditions."""
import datetime
import json
import os
import random
import signal
import subprocess
import sys
import time

from play import TREE, Story, feed_file, rows
from service_home import Node, until

story = Story("guardian")
noise = random.Random(11)
FEED = """[feed]
name = scan
provider = the story
role = victims
presence = report
coverage = subscribed
[format]
kind = delimited
header = yes
file = {date}-scan.csv
[columns]
when = time.source
ip = source.ip
name = source.fqdn
note = -
port = source.port
[select]
ip = address
name = name
[set]
classification.taxonomy = vulnerable
classification.type = vulnerable-system
[issue]
exposed.rdp = always
"""
COLUMNS = ["when", "ip", "name", "note", "port"]
BEGIN = datetime.datetime(2026, 3, 1, 6)


class Month(Node):
    """A home with one feed, one report a day."""

    def __init__(self, name):
        super().__init__(story, name)
        with open(f"{self.path}/feeds/scan.feed", "w", encoding="ascii") as out:
            out.write(FEED)
        os.makedirs(f"{self.path}/inbox/scan", exist_ok=True)
        self.day = 0

    def clock(self, hours=0):
        return (BEGIN + datetime.timedelta(days=self.day, hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")

    def report(self, columns=None, records=None, junk=0.005, hits=None):
        """A day's report: at the weekend some half of it."""
        columns = columns or COLUMNS
        usual = noise.randint(400, 600) if (BEGIN + datetime.timedelta(days=self.day)).weekday() > 4 else noise.randint(900, 1300)
        records = usual if records is None else records
        hits = noise.randint(6, 12) if hits is None else min(hits, records)
        lines = [",".join(columns)]
        for i in range(records):
            ip = f"198.18.{1 + i % 2}.{10 + i // 2}" if i < hits else f"203.0.{noise.randint(0, 255)}.{noise.randint(1, 254)}"
            if i >= hits and noise.random() < junk:
                ip = "not an address"
            cells = {"when": f"2026-03-0{1 + self.day % 9}T04:00:00Z", "ip": ip, "name": "host.elsewhere.example", "note": "x", "port": "3389"}
            lines.append(",".join(cells.get(c, "new") for c in columns))
        return "\n".join(lines) + "\n"

    def name(self):
        return f"{self.clock()[:10]}-scan.csv"

    def play(self, text):
        """With the command; its end."""
        path = f"{story.tmp}/{self.name()}"
        with open(path, "w", encoding="ascii") as out:
            out.write(text)
        self.now = self.clock()
        ran = self.run("feed", "run", "scan", path)
        os.remove(path)
        return ran

    def needs(self):
        """What status says, but that nothing runs."""
        return [n["says"] for n in json.loads(self.run("status", "--json").out)["needs"] if "service is not running" not in n["says"]]

    def normal(self, days):
        """Normal days; what was said of any."""
        said = []
        for _ in range(days):
            self.day += 1
            ran = self.play(self.report())
            said += ([str(ran)] if ran.status else []) + self.needs()
        return said

    def conditions(self, *more):
        return [json.loads(line) for line in self.must_at("condition", "list", "--json", *more).splitlines()]

    def must_at(self, *words):
        ran = self.run(*words)
        assert ran.status in (0, 7), ran
        return ran.out

    def serve(self, text=None, then=lambda got: got, hours=0, seconds=15):
        """The service, with a file dropped into it; the open conditions, when `then` says that they are there."""
        self.start(now=self.clock(hours))
        self.up()
        if text is not None:
            self.drop("scan", self.name(), text)
            until(lambda: self.status()["queue"] == 0 and os.path.exists(f"{self.path}/inbox/scan") and len(self.jobs("--all")) > 0)
            until(lambda: self.done())
        got = until(lambda: then(self.looked()), seconds)
        self.stop()
        return got

    def looked(self):
        """The open conditions, after another look."""
        os.kill(self.roles()["clock"], signal.SIGHUP)
        time.sleep(0.2)
        return self.conditions()

    def state(self):
        """Of the fetched feed: it came well, not long ago."""
        late = json.loads(self.run("status", "--json").out)
        return "good" if not late["feeds_late"] and late["last_batch"] else late

    def held(self):
        return [json.loads(line) for line in self.must_at("batch", "list", "--state", "held", "--json").splitlines()]


def quiet_month():
    home = Month("normal")
    said = home.normal(35)
    story.ok(said == [], "nothing is said of a normal month and its weekends", said)
    health = json.loads(home.must_at("feed", "health", "scan", "--json").splitlines()[0])
    story.ok(health["batches"] == 30 and len(health["records_before"]) == 30 and health["faults"] == [] and
             health["records_before"][-1] == health["records"] and health["least"] < 60 and health["most"] > 2500 and
             health["silent_hours"] == 37, "feed health says what it learnt", health)
    ran = home.run("feed", "health")
    story.ok(ran.status == 0 and "█" in ran.out and "scan" in ran.out, "and draws it", ran)
    return home


def by_batch(home):
    """Faults that a report shows: (kind, held, report, what is said)."""
    without = [c for c in COLUMNS if c != "name"]
    yield "missing", True, home.report(columns=without), 'column "name" is gone'
    yield "missing", True, home.report(columns=["when", "ip", "hostname", "note", "port"]), 'gone "name"; new "hostname"'
    yield "changed", False, home.report(columns=[*COLUMNS, "severity"]), 'column "severity" is new'
    yield "changed", False, home.report(columns=["when", "ip", "name", "remark", "port"]), 'gone "note"; new "remark"'
    yield "large", True, home.report(records=12000), "12001 records, where the most of its last batches had"
    yield "small", True, home.report(records=20, hits=20), "21 records, where the fewest of its last batches had"
    yield "junk", False, home.report(junk=0.12), "of its records cannot be read, where the most of its last batches were"
    yield "junk", True, home.report(junk=0.6), "of its records cannot be read"
    yield "hits", True, home.report(hits=0), "none of its records is a member's"


def faults_of_batches(home):
    for kind, holds, text, says in by_batch(home):
        home.day += 1
        before = home.found()
        got = home.serve(text, lambda got: [c for c in got if c["kind"] == f"feed-{kind}"])
        all_open = home.conditions()
        one = got and len(got) == 1 and got[0]["subject"] == "scan" and says in got[0]["says"]
        held = home.held()
        story.ok(one and [c["kind"] for c in all_open] == [f"feed-{kind}"] and len(held) == holds and (not holds or home.found() == before),
                 f"{kind}: {says}: one condition, {'held, and no finding changes' if holds else 'published'}", all_open, held)
        ran = home.run("feed", "health", "scan", "--json")
        health = json.loads(ran.out.splitlines()[0])
        story.ok(ran.status == 7 and kind in health["faults"] and health["held"] is holds, f"{kind}: feed health names it", ran)
        for batch in held:
            home.must_at("batch", "discard", str(batch["batch"]), "--yes")
        home.day += 1
        left = home.serve(home.report(columns=text.split("\n", 1)[0].split(",")) if kind == "changed" else home.report(), lambda got: not got)
        story.ok(left, f"{kind}: a day later nothing is left of it", home.conditions())
        home.normal(6)


def released(home):
    """An officer believes a large one: it is done, and the next of its size is normal."""
    home.day += 1
    home.serve(home.report(records=9000), lambda got: got)
    held = home.held()
    home.must_at("batch", "release", str(held[0]["batch"]), "--yes")
    left = home.serve(None, lambda got: not got)
    home.day += 1
    ran = home.play(home.report(records=9000))
    story.ok(left and not home.held() and ran.status == 0, "released, it is read; the next of its size is normal", home.conditions(), home.held(), ran)


def silence(home):
    home.day += 1
    got = home.serve(None, lambda got: [c for c in got if c["kind"] == "feed-silent"], hours=12, seconds=1)
    early = home.conditions()
    story.ok(not got and not early, "twelve hours late is not silent", early)
    got = home.serve(None, lambda got: [c for c in got if c["kind"] == "feed-silent"], hours=14)
    story.ok(got and "nothing new for 38 hours, where it is 37 at most" in got[0]["says"] and len(home.conditions()) == 1, "silence is one condition", got)
    taken = got[0]["condition"]
    home.must_at("condition", "acknowledge", str(taken), "--reason", "asked them", "--yes")
    home.day += 1
    home.serve(home.report(), lambda got: not got)
    over = [c for c in home.conditions("--all") if c["condition"] == taken]
    story.ok(over and over[0]["cleared"] and over[0]["acknowledged"], "and is over with the next report, with its history", over)
    home.must_at("feed", "disable", "scan")
    got = home.serve(None, lambda got: got, hours=24 * 9, seconds=1)
    story.ok(not got, "a feed that was switched off is not silent", got)
    home.must_at("feed", "enable", "scan")


def coverage(home):
    home.day += 1
    home.now = home.clock()
    home.must_at("feed", "coverage", "scan", "198.18.1.0/24", "--since", "2026-01-01")
    got = home.serve(None, lambda got: [c for c in got if c["kind"] == "feed-coverage"])
    story.ok(got and "not known to look at 1 asset of the members" in got[0]["says"] and len(home.conditions()) == 1, "an asset that the publisher does not know is a gap", got)
    home.must_at("feed", "coverage", "scan", "198.18.2.0/24", "--since", "2026-01-01")
    story.ok(home.serve(None, lambda got: not got), "and none, once it is told", home.conditions())


def never_spam(home):
    """A fault that comes and goes is one condition that came often."""
    before = len(home.conditions("--all"))
    for hour in range(3):
        home.day += 0
        home.now = home.clock(hour)
        for until_day in ("2020-01-01", "2030-01-01"):
            home.must_at("feed", "coverage", "scan", "198.18.2.0/24", "--since", "2019-01-01", "--until", until_day)
            home.serve(None, lambda got, over=until_day > "2026": bool(got) != over, hours=hour)
    new = home.conditions("--all")[:len(home.conditions("--all")) - before]
    story.ok(len(new) <= 1 and home.conditions("--all")[0]["times"] >= 3, "what comes and goes is one condition, with how often it came", new)


def papers():
    """What we show to a publisher, and what it shows to us, end soon. The clock of TLS is the machine's own."""
    home, at = Month("papers"), f"{story.tmp}/tls"
    os.makedirs(f"{at}/served")
    with open(f"{at}/served/list.txt", "w", encoding="ascii") as out:
        out.write("198.18.1.7\n")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", f"{at}/key.pem",
                    "-out", f"{at}/good.pem", "-days", "30", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"],
                   check=True, capture_output=True)
    with subprocess.Popen([sys.executable, f"{TREE}/tests/fake/publisher.py", at, f"{at}/good.pem", f"{at}/key.pem"],
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE) as peer:
        port = int(peer.stdout.readline())
        with open(f"{home.path}/feeds/list.feed", "w", encoding="ascii") as out:
            out.write(f"[feed]\nname = list\nprovider = x\nrole = victims\npresence = list\nenabled = yes\n[fetch]\nfrom = https://localhost:{port}/list.txt\n"
                      f"private = yes\nca = {at}/good.pem\ncredentials = pub\nauth = header X-Key\n[format]\nkind = lines\n[columns]\nip = source.ip\n"
                      "[select]\nip = address\n[issue]\nlisted = always\n")
        now = datetime.datetime.now(datetime.timezone.utc)
        with open(f"{home.path}/credentials/pub", "w", encoding="ascii") as out:
            out.write(f"token = secret\nexpires = {now + datetime.timedelta(days=50):%Y-%m-%d}\n")
        os.chmod(f"{home.path}/credentials/pub", 0o600)
        for days, kinds in (0, []), (21, ["feed-credential"]), (26, ["feed-certificate", "feed-credential"]):
            home.clock = lambda hours=0, days=days: f"{now + datetime.timedelta(days=days, hours=hours):%Y-%m-%dT%H:%M:%SZ}"
            got = home.serve(None, lambda got, kinds=kinds: home.state() == "good" and sorted(c["kind"] for c in got) == kinds and (got or True))
            said = home.conditions()
            story.ok(got and all("secret" not in c["says"] for c in said), f"{days} days later: {' and '.join(kinds) or 'nothing'} ends soon", said, home.state(), home.jobs('--all'))


def of_its_own_day(presence):
    """What is let go two days later says what it said when it came: neither what was seen nor what was not is of a later day."""
    home, path = Node(story, f"own-{presence}"), f"{story.tmp}/own.csv"
    with open(f"{home.path}/feeds/own.feed", "w", encoding="ascii") as out:
        out.write(feed_file("own", presence, {"rdp": "exposed.rdp"}))

    def play(day, records):  # nothing tells of which day it is, and no record has a time
        home.now = f"2026-03-{day:02d}T12:00:00Z"
        with open(path, "w", encoding="ascii") as out:
            out.write("when,ip,name,how,port,transport,what\n" + "".join(f",198.18.{1 + i // 200}.{i % 200},,,3389,tcp,rdp\n" for i in range(records)))
        return home.run("feed", "run", "own", path)

    story.ok(all(play(1 + i, 20 + i).status == 0 for i in range(6)) and play(8, 350).status == 65, f"{presence}: many more records than usual are held")
    home.now = "2026-03-10T11:00:00Z"
    ran = home.run("batch", "release", "7")
    story.ok(ran.status == 0 and play(10, 350).status == 0 and len(rows(home.path, "batch")) == 7,
             "let go two days later they are read, and not held again", ran, rows(home.path, "batch"))
    days = [time.strftime("%d", time.gmtime(row[2] / 1e6)) for row in rows(home.path, "heard")]
    seen = {f[5:] for f in home.found() if f[1].startswith("198.18.2.")}
    story.ok(days == ["01", "02", "03", "04", "05", "06", "08"], "the publisher has spoken of the day on which they came, and of none since", days)
    story.ok(seen == {("2026-03-08T12:00:00Z", "2026-03-08T12:00:00Z")}, "when they were seen", seen)


def late_issue():
    """A report is held, and its publisher issues it anew; then the first is let go. The later word stands."""
    home = Month("issues")
    home.normal(6)
    home.day += 1
    first, second = home.report(records=9000, hits=9), home.report(hits=7)
    story.ok(home.play(first).status == 65 and home.play(second).status == 0, "a report is held, and issued anew")
    found = home.found()
    held = [row for row in rows(home.path, "batch") if row[8] == 1]
    ran = home.run("batch", "release", str(held[0][0]))
    again = home.play(first)
    states = {row[0]: row[8] for row in rows(home.path, "batch")}
    story.ok(ran.status == 0 and again.status == 0 and home.found() == found and states[held[0][0]] == 4 and states[max(states)] == 2,
             "let go too late, the first issue does not take the place of the second", ran, again, states, sorted(set(home.found()) ^ set(found))[:4])


def main():
    late_issue()
    of_its_own_day("list")
    of_its_own_day("report")
    of_its_own_day("stream")
    papers()
    home = quiet_month()
    faults_of_batches(home)
    released(home)
    home.normal(2)
    silence(home)
    coverage(home)
    never_spam(home)


try:
    main()
finally:
    story.end()
