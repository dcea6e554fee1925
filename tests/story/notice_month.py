"""A month of sixty members, for notice.py and mailboxes.py: what happens, what is to be told by the rules as they are written out
in Truth, and the same by the real program."""
import json
import os
from collections import Counter
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from play import feed_file, must

LOCAL = ZoneInfo("Europe/Amsterdam")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ISSUES = {"exchange": ("vuln.exchange", 1), "smtp": ("vuln.smtp", 1), "docker": ("exposed.docker", 1), "rdp": ("exposed.rdp", 2),
          "ftp": ("exposed.ftp", 3), "listed": ("listed", 4), "leak": ("leaksite.lab.post", 1)}
STRENGTH = {"ip": 3, "name": 3, "sni": 2, "ptr": 1}
CARE, ON_A_LIST = {"m01"}, {"m40"}  # an asset without which care stops; an address on a warninglist


def at(text):
    return datetime.fromisoformat("2026-" + text).replace(tzinfo=timezone.utc)


def stamp(t):
    return t.strftime("%Y-%m-%dT%H:%M:%SZ") if t else None


class Truth:
    """What is to be told, by rules that stand here one a line. `wrong`: the one that is broken."""

    def __init__(self, wrong=""):
        self.wrong, self.findings, self.rows, self.breakers = wrong, {}, [], {}
        self.watched, self.batches, self.everybody, self.on_a_list = {}, [], 60, set(ON_A_LIST)

    def is_wrong(self, rule):
        RULES.setdefault(rule)
        return self.wrong == rule

    # -- when
    def digest(self, after):
        local = after.astimezone(timezone(HOUR) if self.is_wrong("summer time counts") else LOCAL)
        day = local.replace(hour=9, minute=0, second=0, microsecond=0)
        while day <= local or (day.weekday() > 4 and not self.is_wrong("no digest at the weekend")):
            day = (day.replace(tzinfo=None) + DAY).replace(tzinfo=local.tzinfo)
        return day.astimezone(timezone.utc)

    def calm(self, now, feed, member, asset):
        """A digest: the next one, or that at the end of the baseline of what is new."""
        ends = [(self.watched[thing] + 7 * DAY, -i, word) for i, (thing, word) in
                enumerate([(feed, "feed"), (member, "member"), (asset, "asset")])
                if thing in self.watched and self.watched[thing] > now - 7 * DAY and not self.is_wrong(f"baseline of a {word}")]
        end, _, word = max(ends, default=(now, 0, ""))
        return self.digest(end), f"baseline-{word}" if word else "digest"

    def fold(self, member, now):
        last = max((r["due"] for r in self.rows if r["member"] == member and r["urgency"] == "at-once" and r["due"] and
                    r["state"] != "discarded"), default=None)
        if last is None or self.is_wrong("one message at once an hour"):
            return now, "now"
        if last > now:
            return last + (HOUR if self.is_wrong("what comes meanwhile goes with the next") else 0 * HOUR), "folded"
        return (last + HOUR, "folded") if last > now - HOUR else (now, "now")

    # -- how urgent
    def urgency(self, f, news, now):
        severity, strong = f["severity"], f["strength"] == 3 or self.is_wrong("at once needs a strong match")
        fresh = now - f["last"] <= 48 * HOUR or self.is_wrong("at once needs an event of 48 hours")
        care = f["member"] in CARE and not self.is_wrong("care makes high critical")
        if f["held"] and not self.is_wrong("a warninglist holds"):
            return "none", "warninglist"
        if f["issue"].startswith("leaksite") and not self.is_wrong("a leak site is told by an officer"):
            return "none", "leak-site"
        if f["state"] == "candidate" and not self.is_wrong("a candidate is not told"):
            return "none", "candidate"
        if f["issue"] == "listed":
            return ("none" if self.is_wrong("listed is told in a digest") else "digest"), "listed"
        if news == "time" and not self.is_wrong("the end of an acceptance is no news"):
            return "digest", "time"
        if severity == 1 and strong and fresh:
            return "at-once", "critical"
        if severity == 2 and strong and fresh and care and (news != "again" or self.is_wrong("care only where it is new or worse")):
            return "at-once", "care"
        if severity == 2 and self.is_wrong("at once needs critical"):
            return "at-once", "critical"
        return "digest", "severity" if severity > 1 else "match" if not strong else "old"

    def plan(self, f, news, now, feed=None):
        urgency, why = self.urgency(f, news, now)
        if urgency == "none":
            return
        row = {"member": f["member"], "issue": f["issue"], "urgency": urgency, "why": why, "state": "planned", "finding": f,
               "made": now, "due": None, "timing": "now"}
        if urgency == "digest" or (self.is_wrong("a baseline lets through what cannot wait") and feed in self.watched
                                   and self.watched[feed] > now - 7 * DAY):
            row["due"], row["timing"] = self.calm(now, feed, f["member"], f["asset"])
        self.rows.append(row)

    def settle(self, now):
        """What is to be told at once and has no time yet: too many, or how soon."""
        fresh = [r for r in self.rows if r["state"] in ("planned", "released") and r["due"] is None]
        for issue in sorted({r["issue"] for r in fresh if r["state"] == "planned"}):
            self.guard(issue, now)
        for member in sorted({r["member"] for r in fresh if r["state"] != "held"}):
            due, timing = self.fold(member, now)
            for r in fresh:
                if r["member"] == member and r["state"] != "held":
                    r["due"], r["timing"] = due, timing

    def guard(self, issue, now):
        mine = [r for r in self.rows if r["issue"] == issue and r["urgency"] == "at-once"]
        told = len({r["member"] for r in mine if r["made"] > now - DAY and r["state"] in ("planned", "held", "released")})
        days = Counter()
        for member, day in {(r["member"], (now - DAY - r["made"]) // DAY) for r in mine
                            if now - 29 * DAY < r["made"] <= now - DAY and r["due"] and r["state"] != "discarded"}:
            days[day] += 1
        state, decided = self.breakers.get(issue, ("", None))
        many = told * 10 > self.everybody and not self.is_wrong("more than a tenth is too many")
        many |= 0 < max(days.values(), default=0) * 3 < told and not self.is_wrong("more than three times the usual is too many")
        many &= told >= 5 or self.is_wrong("fewer than five are never too many")
        if state == "released" and decided > now - DAY and not self.is_wrong("a release holds for a day"):
            return
        if many or state == "held":
            self.breakers[issue] = ("held", now)
            for r in self.rows:
                mine = r["issue"] == issue or self.is_wrong("an issue is held, and no other")
                if mine and r["urgency"] == "at-once" and r["state"] == "planned" and (not r["due"] or r["due"] > now):
                    r["state"], r["due"], r["timing"] = "held", None, "held"

    def out(self, f, now, rule):
        """It is not to be told any more."""
        for r in self.rows:
            if r["finding"] is f and r["state"] in ("planned", "held", "released") and not self.is_wrong(rule):
                r["state"], r["due"] = "void", r["due"] if r["due"] and r["due"] <= now else None

    # -- what happens
    def roster(self, now, members, assets):
        for thing in [*members, *assets]:
            self.watched.setdefault(thing, now)

    def batch(self, now, feed, rows, replaces=None):
        self.watched.setdefault(feed, now)
        seen = []
        for member, what, when, how, place in rows:
            issue, severity = ISSUES[what]
            key = (member, issue, place)
            f = self.findings.get(key)
            old = now - when > 7 * DAY and (f is None or f["state"] == "void")
            if old and not self.is_wrong("what is older than a week opens nothing"):
                continue
            if f is None or f["state"] == "void":
                f = {"member": member, "issue": issue, "severity": severity, "asset": place.split()[0].rsplit(".", 1)[0],
                     "state": "candidate" if STRENGTH[how] == 1 else "open", "strength": STRENGTH[how], "last": when, "feeds": {feed},
                     "held": member in self.on_a_list and issue == "listed"}
                self.findings[key] = f
                self.plan(f, "new", now, feed)
            else:
                self.again(now, feed, f, when, STRENGTH[how])
            seen.append(f)
        for f in (replaces or []):
            if f not in seen:
                f["state"] = "void"
                self.out(f, now, "what is issued anew without it is not told")
        self.batches.append(seen)
        self.settle(now)

    def again(self, now, feed, f, when, strength):
        was, stronger, newer = f["state"], strength > f["strength"], when > f["last"]
        if was == "candidate" and (feed not in f["feeds"] or strength > 1):
            f["state"], news = "open", "new"
        elif was == "closed" and newer or was == "claimed" and newer and when > f["since"] + DAY:
            f["state"], news = "open", "again"
        else:
            freed = f["held"] and f["member"] not in self.on_a_list and not self.is_wrong("what a warninglist lets go is told")
            news = "worse" if was == "open" and (stronger or freed) else ""
            f["held"] &= not freed
        f["strength"], f["last"] = max(strength, f["strength"]), max(when, f["last"])
        f["feeds"].add(feed)
        if was == "open" and news == "worse":
            ranks = ["at-once", "digest", "none"]
            said = min((ranks.index(r["urgency"]) for r in self.rows if r["finding"] is f and r["state"] != "void"), default=2)
            if ranks.index(self.urgency(f, news, now)[0]) >= said or self.is_wrong("what is worse is told again"):
                return
            self.out(f, now, "what is told more urgently is told once")
        if news and not (news == "again" and self.is_wrong("what comes back is told again")):
            self.plan(f, news, now, feed)
        elif self.is_wrong("what is seen again is not told again"):
            self.plan(f, "again", now, feed)

    def act(self, now, key, state):
        f = self.findings[key]
        f["state"], f["since"] = state, now
        if state != "open":
            self.out(f, now, f"what is {state} is not told")
        else:
            self.plan(f, "new", now)
            self.settle(now)

    def clock(self, now, key):
        self.findings[key]["state"] = "open"
        self.plan(self.findings[key], "time", now)
        self.settle(now)

    def recall(self, now, number):
        for f in self.batches[number]:
            f["state"] = "void"
            self.out(f, now, "what is recalled is not told")

    def decide(self, now, issue, state):
        self.breakers[issue] = (state, now)
        for r in self.rows:
            if r["issue"] == issue and r["state"] == "held":
                r["state"] = "released" if self.is_wrong("what is discarded is not told") else state
        self.settle(now)

    def says(self):
        return Counter((r["member"], r["issue"], r["urgency"], r["why"], r["timing"], stamp(r["due"]), r["state"])
                       for r in self.rows if r["state"] in ("planned", "held", "released"))


RULES = {}  # each rule that can be broken, as Truth names it


class Played:
    """The same by the real program."""

    def __init__(self, tmp):
        self.tmp, self.home, self.files, self.now = tmp, f"{tmp}/home", 0, None
        self.run("init", "--example", self.home, now="03-02T06:00")
        for name, presence in ("lab", "stream"), ("other", "stream"), ("dated", "report"):
            with open(f"{self.home}/feeds/{name}.feed", "w", encoding="ascii") as out:
                out.write(feed_file(name, presence, {what: issue for what, (issue, _) in ISSUES.items()}))
        self.warn("198.18.40.0/24", 1)

    def warn(self, prefix, version):
        with open(f"{self.home}/warninglists/cloud.json", "w", encoding="ascii") as out:
            json.dump({"name": "cloud", "description": "", "version": version, "type": "cidr", "list": [prefix],
                       "matching_attributes": ["ip-src"]}, out)

    def run(self, *words, now=None):
        self.now = stamp(at(now)) if now else self.now
        return must("-C", self.home, *words, WAKER_NOW=self.now, USER="officer") if words[0] != "init" else must(*words, WAKER_NOW=self.now)

    def roster(self, members, extra=()):
        lines = ["record,member,names,kind,value,care,role,mail,order"]
        for n in range(1, members + 1):
            m = f"m{n:02}"
            lines += [f"member,{m},Member {n},hospital,,,,,", f"contact,{m},,,,,security,soc@{m}.example,1",
                      f"contact,{m},,,,,technical,next@{m}.example,2",
                      f"asset,{m},,prefix,198.18.{n}.0/24,{'icu' if m in CARE else ''},,,", f"asset,{m},,domain,{m}.example,,,,"]
        lines += [f"asset,{m},,prefix,{value}/24,,,," for m, value in extra]
        with open(f"{self.tmp}/roster.csv", "w", encoding="ascii") as out:
            out.write("\n".join(lines) + "\n")
        self.run("member", "import", f"{self.tmp}/roster.csv", "--yes")

    def batch(self, feed, rows, day=None, name=None):
        self.files += 1
        path = f"{self.tmp}/{name or f'{self.files:03}.csv'}"
        with open(path, "w", encoding="ascii") as out:
            out.write("when,ip,name,how,port,transport,what\n")
            for member, what, when, how, place in rows:
                ip, port = place.split()
                named = how in ("name", "sni", "ptr")
                whose = f",h.{member}.example,{how.replace('name', '')}" if named else f"{ip},,"
                out.write(f"{stamp(when)},{whose},{port},tcp,{what}\n")
        if day:
            return self.run("feed", "run", feed, path, "--day", day), path
        os.makedirs(f"{self.home}/inbox/{feed}", exist_ok=True)
        os.replace(path, f"{self.home}/inbox/{feed}/{os.path.basename(path)}")
        return self.run("feed", "run", feed), path

    def finding(self, member, issue):
        found = self.run("finding", "list", "--all", "--of", member, "--issue", issue, "--json").out.splitlines()
        return json.loads(found[0])["id"]

    def plan(self):
        got = [json.loads(line) for line in self.run("notice", "plan", "--json").out.splitlines()]
        return Counter((r["member"], r["issue"], r["urgency"], r["why"], r["timing"], r["due"], r["state"]) for r in got)


def month(world):
    """What happens: (when, sentence, what it does). `world` is told each thing once."""
    def seen(member, what, when, how="ip", n=1):
        return (member, what, at(when), how, f"198.18.{int(member[1:])}.{n} {n + 1000}")

    def lab(now, *rows, feed="lab"):
        return (now, f"{feed} sees {len(rows)}", lambda: world.batch(at(now), feed, list(rows)))

    def key(member, what, n=1):
        return (member, ISSUES[what][0], f"198.18.{int(member[1:])}.{n} {n + 1000}")

    def many(first, last, what, when):
        return [seen(f"m{n:02}", what, when) for n in range(first, last + 1)]

    def act(now, verb, state, member, what, *more):
        return (now, f"an officer: {verb} {member}", lambda: world.act(at(now), verb, state, key(member, what), more))

    yield ("03-02T06:00", "sixty members", lambda: world.roster(at("03-02T06:00"), 60))
    yield lab("03-02T07:00", seen("m02", "exchange", "03-02T05:00"), seen("m03", "rdp", "03-02T05:00"), seen("m15", "smtp", "03-02T05:00"))
    yield lab("03-02T07:30", seen("m02", "exchange", "03-02T07:00", n=3))
    yield lab("03-02T07:40", seen("m02", "exchange", "03-02T07:10", n=2))
    yield ("03-02T08:30", "the first batch again, under another name", lambda: world.replay(at("03-02T08:30")))
    yield lab("03-02T09:00", seen("m02", "exchange", "03-02T08:45", n=4))
    yield lab("03-12T10:00", seen("m03", "rdp", "03-12T05:00"), seen("m05", "rdp", "03-12T05:00"), seen("m01", "rdp", "03-12T05:00"),
              seen("m06", "exchange", "03-12T05:00", "sni"), seen("m07", "exchange", "03-09T05:00"),
              seen("m08", "docker", "03-12T05:00", "ptr"), seen("m09", "leak", "03-12T05:00", "ptr"),
              seen("m10", "listed", "03-12T05:00"), seen("m11", "exchange", "03-04T05:00"),
              seen("m40", "listed", "03-12T05:00"), seen("m12", "ftp", "03-12T05:00"))
    yield lab("03-13T12:00", seen("m13", "rdp", "03-13T05:00"))
    yield lab("03-13T12:30", seen("m08", "docker", "03-13T05:00", "ptr"), seen("m14", "exchange", "03-13T05:00"), feed="other")
    yield lab("03-16T09:00", seen("m06", "exchange", "03-16T05:00", "name"))
    yield act("03-16T10:00", "close", "closed", "m05", "rdp")
    # Not ten minutes apart, after which a service looks for what is to be asked again: it looks then, or just not.
    yield act("03-16T10:11", "claim", "claimed", "m01", "rdp")
    yield act("03-16T10:22", "promote", "open", "m09", "leak")
    yield lab("03-17T12:00", seen("m05", "rdp", "03-17T10:00"), seen("m01", "rdp", "03-17T11:00"))
    yield lab("03-18T10:00", seen("m28", "exchange", "03-18T05:00"), *many(21, 27, "docker", "03-18T05:00"))
    yield lab("03-18T11:00", seen("m29", "docker", "03-18T06:00"))
    yield ("03-18T12:00", "docker is released", lambda: world.decide(at("03-18T12:00"), "release", "released", "exposed.docker"))
    yield lab("03-18T13:00", *many(30, 36, "docker", "03-18T07:00"))
    yield lab("03-20T10:00", *many(41, 45, "exchange", "03-20T05:00"), *many(46, 49, "smtp", "03-20T05:00"))
    yield ("03-20T11:00", "exchange is discarded", lambda: world.decide(at("03-20T11:00"), "discard", "discarded", "vuln.exchange"))
    yield lab("03-20T12:00", seen("m50", "exchange", "03-20T06:00"))
    yield ("03-20T13:00", "a new member, and a new asset", lambda: world.roster(at("03-20T13:00"), 61, [("m05", "198.18.105.0")]))
    yield lab("03-20T14:00", seen("m61", "rdp", "03-20T13:30"), ("m05", "rdp", at("03-20T13:30"), "ip", "198.18.105.1 1001"))
    yield ("03-23T09:00", "that batch is recalled", lambda: world.recall(at("03-23T09:00")))
    yield act("03-23T10:00", "suppress", "suppressed", "m12", "ftp")
    yield act("03-23T10:11", "accept", "accepted", "m28", "exchange", "--until", "2026-03-25")
    yield ("03-25T00:30", "the acceptance is over", lambda: world.clock(at("03-25T00:30"), key("m28", "exchange")))
    yield ("03-26T09:00", "a dated report", lambda: world.report(at("03-26T09:00"), many(16, 17, "rdp", "03-26T05:00")))
    yield ("03-26T10:00", "it is issued anew", lambda: world.report(
        at("03-26T10:00"), [seen("m16", "rdp", "03-26T05:00"), seen("m18", "rdp", "03-26T05:00")]))
    yield lab("03-27T09:00", seen("m51", "smtp", "03-27T05:00"))
    yield ("03-27T09:30", "that batch is recalled when it was told", lambda: world.recall(at("03-27T09:30")))
    yield lab("03-27T12:00", seen("m19", "rdp", "03-27T05:00"))
    yield ("03-27T13:00", "the warninglist has another cloud", lambda: world.unlist(at("03-27T13:00")))
    yield lab("03-27T14:00", seen("m40", "listed", "03-27T06:00"), seen("m10", "listed", "03-27T06:00"))


class ByTruth:
    def __init__(self, wrong=""):
        self.t, self.reported = Truth(wrong), None

    def roster(self, now, members, extra=()):
        self.t.roster(now, [f"m{n:02}" for n in range(1, members + 1)], [f"198.18.{n}" for n in range(1, members + 1)] +
                      [value.rsplit(".", 1)[0] for _, value in extra])
        self.t.everybody = members

    def batch(self, now, feed, rows):
        self.t.batch(now, feed, rows)

    def replay(self, now):
        if self.t.is_wrong("a replay plans nothing"):
            for f in self.t.batches[0]:
                self.t.plan(f, "new", now)
            self.t.settle(now)

    def act(self, now, verb, state, key, more):
        self.t.act(now, key, state)

    def decide(self, now, verb, state, issue):
        self.t.decide(now, issue, state)

    def recall(self, now):
        self.t.recall(now, -1)

    def clock(self, now, key):
        self.t.clock(now, key)

    def report(self, now, rows):
        self.t.batch(now, "dated", rows, self.reported)
        self.reported = self.t.batches[-1]

    def unlist(self, now):
        self.t.on_a_list.clear()

    def says(self):
        return self.t.says()


class ByWaker:
    def __init__(self, tmp):
        self.p = Played(tmp)

    def roster(self, now, members, extra=()):
        self.p.now = stamp(now)
        self.p.roster(members, extra)

    def batch(self, now, feed, rows):
        self.p.now = stamp(now)
        self.first = getattr(self, "first", (feed, rows))
        self.p.batch(feed, rows)

    def replay(self, now):
        self.p.now = stamp(now)
        self.p.batch(*self.first)

    def act(self, now, verb, state, key, more):
        self.p.now = stamp(now)
        found = self.p.finding(key[0], key[1])
        self.p.run(*(["suppress", "add"] if verb == "suppress" else ["finding", verb]), found, *more)

    def decide(self, now, verb, state, issue):
        self.p.now = stamp(now)
        self.p.run("notice", verb, issue)

    def recall(self, now):
        self.p.now = stamp(now)
        last = json.loads(self.p.run("batch", "list", "--json").out.splitlines()[0])["batch"]
        self.p.run("recall", str(last), "--yes")

    def clock(self, now, key):
        self.p.now = stamp(now)
        self.p.run("feed", "run")

    def report(self, now, rows):
        self.p.now = stamp(now)
        self.p.batch("dated", rows, "2026-03-26", "report.csv")

    def unlist(self, now):
        self.p.now = stamp(now)
        self.p.warn("203.0.113.0/24", 2)

    def says(self):
        return self.p.plan()
