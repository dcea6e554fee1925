"""What rehearse.sh plays. Two homes live through the same weeks, the one with what is, the other with the change from its
first hour. What differs between them at the end is what `waker rehearse` must have said in the first.
"""
import hashlib
import json
import os
import random
import shutil
from collections import Counter

from play import SOAK, Ran, Story, copy, feed_file, must, rows

story = Story("rehearse")
DAYS, MEMBERS = 16, 14
RULES = {"rdp": "exposed.rdp", "exchange": "vuln.exchange", "bot": "infected.qakbot", "listed": "listed", "ftp": "exposed.ftp"}
PRESENCE = {"scan": "report", "watch": "list", "bots": "stream", "vault": "stream"}
POLICY = "[story]\nhold = all\n"


def at(day, hour=6):
    return f"2026-03-{day + 1:02d}T{hour:02d}:00:00Z"


def feed(name, **other):
    """vault has a column of passwords: its archive is sealed."""
    return feed_file(name, PRESENCE[name], {**RULES, **other}, format=[f"file = {{date}}-{name}.csv"], select=["asn = asn"],
                     columns=["asn = source.asn", "password = extra.password secret" if name == "vault" else "password = -"])


def warninglist(*entries):
    return json.dumps({"name": "story", "type": "cidr", "version": 1, "description": "", "matching_attributes": ["ip-src"],
                       "list": list(entries)})


class World:
    """Members with networks inside each other, names and AS numbers, and what is wrong with them."""

    def __init__(self, seed):
        self.dice = random.Random(seed)
        self.roster = {"members": [f"m{i:02d}" for i in range(MEMBERS)], "assets": []}
        for i in range(MEMBERS):
            self.add(f"m{i:02d}", "prefix", f"10.{i}.0.0/24")
            self.add(f"m{i:02d}", "domain", f"m{i:02d}.example")
            if i % 3 == 0:
                self.add(f"m{(i + 1) % MEMBERS:02d}", "prefix", f"10.{i}.0.128/25")
            if i % 4 == 0:
                self.add(f"m{i:02d}", "asn", f"AS{64500 + i}")
        self.standing = [self.thing() for _ in range(60)]

    def add(self, member, kind, value):
        self.roster["assets"].append((member, kind, value))

    def thing(self):
        i, d = self.dice.randrange(MEMBERS + 4), self.dice
        what = d.choice(list(RULES))
        return {"from": d.randrange(DAYS), "days": d.randrange(1, 12), "what": what, "ip": f"10.{i}.0.{d.randrange(256)}",
                "name": d.choice(["", "", f"www.m{i:02d}.example", f"x.m{d.randrange(MEMBERS):02d}.example"]),
                "how": d.choice(["ptr", "sni", ""]), "asn": d.choice(["", str(64500 + i)]),
                "feed": "bots" if what == "bot" else d.choice(["scan", "watch", "vault"]), "port": {"rdp": 3389, "ftp": 21}.get(what, 443)}

    def report(self, name, day, again=0):
        lines = ["when,ip,name,how,asn,port,transport,what,password"]
        for t in self.standing:
            if t["feed"] == name and t["from"] <= day < t["from"] + t["days"] and not (again and t["port"] == 21):
                lines.append(f"{at(day, 3 + again)},{t['ip']},{t['name']},{t['how']},{t['asn']},{t['port']},tcp,{t['what']},hunter2")
        return "\n".join(lines) + "\n"

    def batches(self, day):
        """(feed, file name, bytes) of a morning; now and then a report is issued anew, or does not come."""
        for name in PRESENCE:
            if (day, name) not in ((5, "scan"), (9, "watch")):
                yield name, f"2026-03-{day + 1:02d}-{name}.csv", self.report(name, day)
        if day in (6, 11):
            yield "scan", f"2026-03-{day + 1:02d}-scan.csv", self.report("scan", day, again=1)


class Home:
    def __init__(self, name, world, roster=None, feeds=None, entries=("10.2.0.0/26",), policy=POLICY):
        self.path, self.day = f"{story.tmp}/{name}", 0
        shutil.rmtree(self.path, ignore_errors=True)
        self.run("init", "--example", self.path, at_home=False)
        for f in PRESENCE:
            self.write(f"feeds/{f}.feed", (feeds or {}).get(f, feed(f)))
        os.makedirs(f"{self.path}/warninglists", exist_ok=True)
        self.write("warninglists/story.json", warninglist(*entries))
        self.write("warninglists/policy.conf", policy)
        self.write("roster.csv", csv(roster or world.roster))
        self.run("member", "import", f"{self.path}/roster.csv", "--yes")
        for day in range(DAYS):
            for number, (f, file, text) in enumerate(world.batches(day)):
                self.day = day
                self.write(file, text)
                self.run("feed", "run", f, f"{self.path}/{file}", hour=7 + number)
        self.day = DAYS

    def write(self, name, text):
        with open(f"{self.path}/{name}", "w", encoding="utf-8") as out:
            out.write(text)

    def run(self, *words, at_home=True, hour=6, how=must):
        env = {"WAKER_NOW": at(self.day, hour), "WAKER_WARNINGLISTS": f"{story.tmp}/none", "USER": "officer"}
        return how(*(("-C", self.path) if at_home else ()), *words, **env)

    def found(self):
        """How each finding stands, as `waker rehearse` sees it; and how often it is told."""
        self.run("feed", "run")  # what is over by now
        told = Counter((n["member"], n["issue"], n["seen"], n["urgency"])
                       for n in self.lines("notice", "plan", "--all") if n["state"] in ("planned", "held", "released"))
        out = {}
        for f in self.lines("finding", "list", "--all") + self.lines("finding", "list", "--all", "--held"):
            standing = {"void": None, "closed": "over", "candidate": "candidate"}.get(f["state"], "open")
            if standing in ("open", "candidate") and f["held"]:
                standing = "held"
            if standing:
                key = (f["member"], f["issue"], f["seen"])
                out[key] = (standing, f["severity"], told[(*key, "at-once")], told[(*key, "digest")])
        return out

    def lines(self, *words):
        return [json.loads(line) for line in self.run(*words, "--json").out.splitlines()]

    def rehearse(self, file, *words, key=True):
        return self.run("rehearse", file, "--days", str(DAYS), *(("--key", f"{self.path}/archive.key") if key else ()), *words)


def csv(roster):
    return ("record,member,names,kind,value\n" + "".join(f"member,{m},{m},hospital,\n" for m in roster["members"]) +
            "".join(f"asset,{m},,{kind},{value}\n" for m, kind, value in roster["assets"]))


def expected(was, would):
    """(change, member, was member, is, would be, issue, seen, …told) of each finding that differs."""
    out = []
    gone = {k for k in was if k not in would}
    come = {k for k in would if k not in was}
    for key in sorted({*was, *would}):
        none = ("none", None, 0, 0)
        x, y = was.get(key, none), would.get(key, none)
        if x == y:
            continue
        if y[0] == "over" and x[0] not in ("open", "over"):
            what = "opened"
        elif x[0] != y[0]:
            what = {"none": "ended", "over": "ended", "open": "opened"}.get(y[0], y[0])
        else:
            what = "severity" if x[1] != y[1] else "told"
        out.append([what, key[0], key[0] if key in was else None, x[0], y[0], key[1], key[2], y[2:], x[2:]])
    moves = {k[1:] for k in gone} & {k[1:] for k in come}
    for thing in moves:
        left = [o for o in out if (o[5], o[6]) == thing and o[4] == "none"]
        new = [o for o in out if (o[5], o[6]) == thing and o[3] == "none"]
        left, new = left[-1], new[0]
        out.remove(left)
        new[0], new[2], new[3], new[8] = "moved", left[1], left[1], left[8]
    return sorted(map(str, out))


def counts(text):
    """(at once, in a digest) of "2 at once, 1 in a digest"."""
    found = {"at once": 0, "in a digest": 0}
    for part in (text or "").split(", "):
        if part:
            n, word = part.split(" ", 1)
            found[word] = int(n)
    return found["at once"], found["in a digest"]


def said(ran):
    out = []
    for line in ran.out.splitlines():
        c = json.loads(line)
        if "remark" in c:
            continue
        out.append(str([c["change"], c["member"], c["was_member"], c["is"], c["would_be"], c["issue"], c["seen"],
                        counts(c["told"]), counts(c["was_told"])]))
    return sorted(out)


def compare(what, home, file, other):
    ran = home.rehearse(file, "--json")
    want, got = expected(home.found(), other.found()), said(ran)
    kinds = Counter(w.split("'")[1] for w in want)
    story.ok(ran.status == 0 and want and got == want, f"{what}: {len(want)} findings differ, {dict(sorted(kinds.items()))}",
             *[f"missing {w}" for w in want if w not in got][:6], *[f"invented {g}" for g in got if g not in want][:6])


def rosters(world, home):
    """A change of each kind, all in one file."""
    assets = [x for x in world.roster["assets"] if x not in (("m05", "prefix", "10.5.0.0/24"), ("m08", "domain", "m08.example"))]
    assets.remove(("m01", "prefix", "10.0.0.128/25"))            # goes back to the one around it
    assets += [("m06", "prefix", "10.5.0.0/25"),                 # moves, half of it
               ("m09", "prefix", "10.14.0.0/24"),                # nobody's until now
               ("-", "prefix", "10.10.0.0/26"),                  # a hole
               ("m02", "asn", "AS64515"), ("m07", "domain", "m08.example"),
               ("new", "prefix", "10.15.0.0/24")]
    changed = {"members": [m for m in world.roster["members"] if m != "m13"] + ["new"],
               "assets": [x for x in assets if x[0] != "m13"]}
    file = f"{story.tmp}/changed.csv"
    with open(file, "w", encoding="ascii") as out:
        out.write(csv(changed))
    compare("a roster", home, file, Home("roster", world, roster=changed))


def feeds(world, home):
    changed = feed("scan", ftp="exposed.rdp").replace("name = name by how\n", "")
    file = f"{story.tmp}/scan.feed"
    with open(file, "w", encoding="ascii") as out:
        out.write(changed)
    compare("a feed file", home, file, Home("feed", world, feeds={"scan": changed}))


def lists(world, home):
    entries = ("10.4.0.0/24", "10.7.0.0/25")
    file = f"{story.tmp}/story.json"
    with open(file, "w", encoding="ascii") as out:
        out.write(warninglist(*entries))
    compare("a warninglist", home, file, Home("list", world, entries=entries))


def policies(world):
    changed, entries = "[story]\nhold = none\n", ("10.4.0.0/24", "10.7.0.0/25", "10.1.0.0/24")
    home = Home("policy.is", world, entries=entries)
    os.makedirs(f"{story.tmp}/rules", exist_ok=True)
    file = f"{story.tmp}/rules/policy.conf"
    with open(file, "w", encoding="ascii") as out:
        out.write(changed)
    compare("a policy.conf", home, file, Home("policy", world, entries=entries, policy=changed))


def issues(home):
    table = home.run("issue", "list").out.replace("vuln.exchange\tvulnerable\tcritical", "vuln.exchange\tvulnerable\tlow")
    file = f"{story.tmp}/issues.tsv"
    with open(file, "w", encoding="utf-8") as out:
        out.write(table)
    ran = home.rehearse(file, "--json")
    lines = [json.loads(line) for line in ran.out.splitlines()]
    exchange = {k: v for k, v in home.found().items() if k[1] == "vuln.exchange" and v[0] != "over"}
    story.ok(ran.status == 0 and {c["issue"] for c in lines} == {"vuln.exchange"} and
             {(c["severity"], c["was_severity"]) for c in lines} == {("low", "critical")} and
             len([c for c in lines if c["is"] != "over"]) == len(exchange) > 0 and
             sum(counts(c["told"])[0] for c in lines) == 0 < sum(counts(c["was_told"])[0] for c in lines),
             f"a table of issues: {len(lines)} findings of another severity, none of them at once", ran, exchange)


def nothing(home):
    before = [rows(home.path, t) for t in ("finding", "batch", "notice", "member", "asset")]
    audit = len(rows(home.path, "audit"))
    ran = home.rehearse(f"{home.path}/roster.csv")
    story.ok(ran.status == 0 and len(ran.out.splitlines()) == 1 and "nothing would be different" in ran.err, "what is already so changes nothing", ran)
    told = home.lines("audit", "list", "--of", hashlib.sha256(open(f"{home.path}/roster.csv", "rb").read()).hexdigest())
    story.ok(before == [rows(home.path, t) for t in ("finding", "batch", "notice", "member", "asset")] and
             len(rows(home.path, "audit")) == audit + 1 and [t["verb"] for t in told] == ["rehearse"],
             "nothing of the home was written, but that this file was rehearsed", told)


class Few(World):
    """What a world of chance may lack, each once."""

    def __init__(self):
        super().__init__(1)
        self.roster = {"members": ["m00", "m01", "m02", "m03"],
                       "assets": [("m00", "prefix", "10.1.0.0/24"), ("m00", "domain", "m00.example"), ("m01", "prefix", "10.1.0.128/25"),
                                  ("m01", "prefix", "10.5.0.0/24"), ("m02", "domain", "m02.example"), ("m03", "prefix", "10.3.0.0/24")]}
        self.changed = {"members": self.roster["members"], "assets": [
            *(x for x in self.roster["assets"] if x[0] != "m01"), ("m00", "prefix", "10.5.0.0/24"), ("m02", "asn", "AS64515")]}
        self.standing = [
            # another member's by then, though its first event is of just before the change
            self.one("scan", 0, 5, "ftp", "10.1.0.170", name="www.m00.example", how="sni"),
            # in the report of a day, and not in the one that took its place, which has nothing of theirs
            self.one("scan", 6, 1, "ftp", "10.5.0.7"), self.one("scan", 0, DAYS, "rdp", "10.3.0.9"),
            # two feeds make it a finding: of what changed the one knows, of what did not the other
            self.one("bots", 3, 2, "bot", "10.40.0.9", asn="64515"),
            self.one("watch", 3, 2, "bot", "10.40.0.9", name="www.m02.example", how="ptr")]

    @staticmethod
    def one(feed, first, days, what, ip, name="", how="", asn=""):
        return {"feed": feed, "from": first, "days": days, "what": what, "ip": ip, "name": name, "how": how, "asn": asn,
                "port": 21 if what == "ftp" else 3389}


def few():
    world = Few()
    home, file = Home("few", world), f"{story.tmp}/few.csv"
    with open(file, "w", encoding="ascii") as out:
        out.write(csv(world.changed))
    compare("each kind of change once", home, file, Home("few.changed", world, roster=world.changed))


class Great(World):
    """A day with more hits than are kept between reading and publishing, between two small ones."""

    def __init__(self):
        super().__init__(1)
        self.roster = {"members": ["m00", "m01"], "assets": [("m00", "prefix", "10.1.0.0/16"), ("m01", "prefix", "10.2.0.0/16")]}

    def report(self, name, day, again=0):
        count = {0: 5, 1: 60000, 2: 60000, 3: 7}.get(day, 0) if name == "scan" else 0
        lines = [f"{at(day, 3)},10.1.{i // 256}.{i % 256},,,,3389,tcp,rdp," for i in range(count)]
        return "\n".join(["when,ip,name,how,asn,port,transport,what,password", *lines]) + "\n"


def great():
    home = Home("great", Great())
    file = f"{story.tmp}/great.csv"
    with open(file, "w", encoding="ascii") as out:
        out.write(csv({"members": ["m00", "m01"], "assets": [("m01", "prefix", "10.1.0.0/16"), ("m01", "prefix", "10.2.0.0/16")]}))
    ran = home.rehearse(file, "--json")
    kinds = Counter((c["change"], c["member"], c["was_member"], c["is"] != "none") for c in map(json.loads, ran.out.splitlines()) if "change" in c)
    story.ok(kinds == {("moved", "m01", "m00", True): 60000}, "sixty thousand hits of a batch, twice", kinds)


def bad(home):
    for name, text, *parts in (("wrong.csv", "record,member,kind,value\nasset,m00,prefix,10.0.0.0/33\n", "mistake"),
                               ("scan.feed", "[feed]\nnme = x\n", "line 2"),
                               ("x.json", '{"matching_attributes": [], "list": 3}', "warninglist"),
                               ("t.tsv", "#issue\tseverity\nexposed.none\t1\n", "line 2", "exposed.none"),
                               ("empty", "", "none of what can be rehearsed")):
        file = f"{story.tmp}/{name}"
        with open(file, "w", encoding="ascii") as out:
            out.write(text)
        ran = home.run("rehearse", file, how=Ran)
        story.ok(ran.status in (65, 78) and all(p in ran.err for p in (name, *parts)), f"{name}: one sentence, and where", ran)
    ran = home.run("rehearse", f"{story.tmp}/none.csv", how=Ran)
    story.ok(ran.is_sentence(66, "none.csv") or ran.status == 66, "a file that is not there", ran)
    ran = home.run("rehearse", f"{home.path}/roster.csv", "--days", "0", how=Ran)
    story.ok(ran.is_sentence(64, "--days"), "no days", ran)
    ran = home.rehearse(f"{story.tmp}/changed.csv", key=False)
    story.ok(ran.status == 0 and " sealed to the officers' key" in ran.err, "what is sealed is left out without the key, and said",
             ran)
    poor = Home.__new__(Home)
    poor.path, poor.day = copy(home.path, f"{story.tmp}/poor"), DAYS
    for at_, _, files in os.walk(f"{poor.path}/archive"):
        for number, f in enumerate(sorted(files)):
            if number == 0:
                os.remove(f"{at_}/{f}")
            elif number == 1:
                with open(f"{at_}/{f}", "r+b") as damaged:
                    damaged.truncate(20)
    ran = poor.rehearse(f"{poor.path}/roster.csv")
    story.ok(ran.status == 0 and "no longer in the archive" in ran.err and "could not be read" in ran.err,
             "what is gone from the archive, and what is damaged, is left out and said", ran)


def main():
    for seed in range(100, 120 if SOAK else 100):
        world = World(seed)
        home = Home("home", world)
        rosters(world, home)
        feeds(world, home)
        lists(world, home)
    world = World(7)
    home = Home("home", world)
    rosters(world, home)
    feeds(world, home)
    lists(world, home)
    policies(world)
    issues(home)
    nothing(home)
    few()
    great()
    bad(home)


main()
story.end()
