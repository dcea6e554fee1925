"""What mailboxes.sh plays: notice_month.py with a service at each moment of it, and what has come into the mailboxes at the end."""
import bisect
import glob
import json
import os
import re
import sqlite3
import subprocess
import time
from collections import Counter
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from notice_month import DAY, LOCAL, RULES, ByTruth, ByWaker, month, stamp
from play import WAKER, must
from tell_home import begin, box, deliver_by_mail, part

story = begin("mailboxes")
END = datetime(2026, 3, 31, 12, tzinfo=timezone.utc)
SECOND = 10 ** 6
LATE, LOOK = timedelta(seconds=5), timedelta(minutes=10)  # a service that begins so late has seen what is due; it looks so often for what follows


class Told(ByWaker):
    """The same home, in which a service lives for a moment whenever something happens or is due."""

    def __init__(self, tmp):
        super().__init__(tmp)
        deliver_by_mail(self.p.home, rate="10000")
        self.run("notice", "mode", "on")
        self.lived, self.found = [], {}

    def run(self, *words, at=None):
        return must("-C", self.p.home, *words, WAKER_NOW=at or self.p.now)

    def due(self):
        """When the plan has something that is to leave."""
        plan = [json.loads(line) for line in self.run("notice", "plan", "--json").out.splitlines()]
        return [datetime.fromisoformat(r["due"]) for r in plan if r["due"] and r["state"] in ("planned", "released")]

    def live(self, now):
        """A service from this moment on, until it has nothing to do."""
        self.lived.append(now)
        self.p.now = stamp(now)
        self.found.update((f["id"], f) for f in map(json.loads, self.run("finding", "list", "--all", "--json").out.splitlines()))
        env = dict(os.environ, WAKER_NOW=self.p.now, WAKER_FEEDS=f"{story.tmp}/none")
        with open(f"{self.p.home}/run.log", "ab") as log:
            child = subprocess.Popen([WAKER, "-C", self.p.home, "run"], env=env, stdin=subprocess.DEVNULL, stderr=log)
        try:
            end, moment = time.monotonic() + 60, int(now.timestamp()) * SECOND
            while not self.is_done(moment):
                assert time.monotonic() < end, self.run("job", "list").out
                time.sleep(0.05)
        finally:
            child.terminate()
            child.wait()

    def is_done(self, moment):
        store = sqlite3.connect(f"file:{self.p.home}/waker.db?mode=ro", uri=True, timeout=10)
        try:
            settled = store.execute("SELECT count(*) FROM job WHERE kind = 2 AND state = 0 AND due > ?", (moment,)).fetchone()[0]
            waits = store.execute("SELECT count(*) FROM job WHERE kind > 2 AND state IN (0, 1) AND due <= ?", (moment + 30 * SECOND,)).fetchone()[0]
            return settled > 0 and waits == 0
        finally:
            store.close()


class Later:
    """Who hears what, and when: the plan's moments come, and what follows one that nobody answers, that is over or was wrong."""
    WAITS = {1: [DAY] * 3, 2: [7 * DAY] * 3, 3: [14 * DAY] * 2, 4: [30 * DAY]}  # by severity; the third is for an officer

    def __init__(self):
        self.findings, self.mails, self.calls, self.looked = [], Counter(), Counter(), None

    def notice(self, now, truth):
        """What became of each finding since it was looked at last."""
        known = {id(f) for f in self.findings}
        self.findings += [f for f in {id(r["finding"]): r["finding"] for r in truth.rows}.values() if id(f) not in known]
        for f in self.findings:
            if f["state"] != f.get("was"):
                f.update(was=f["state"], changed=now, said=False, asked=None)

    def again(self, truth, f):
        """When it is asked about again."""
        last, times = f["asked"]
        wait = self.WAITS[f["severity"]]
        if times >= len(wait):
            return None
        if f["severity"] == 1:
            return last + wait[times]
        day = (last + wait[times]).astimezone(LOCAL).replace(hour=0, minute=0, second=0, microsecond=0)
        return truth.digest(day)

    def over(self, truth, f):
        return f["changed"] if f["state"] == "void" else truth.digest(f["changed"]) if f["state"] == "closed" else None

    def moments(self, truth):
        told = [f for f in self.findings if f.get("told")]
        return [r["due"] for r in truth.rows if r["due"] and r["state"] in ("planned", "released")] + [
            t for f in told for t in (self.over(truth, f) if not f["said"] else None, self.again(truth, f) if f["asked"] else None) if t]

    def send(self, now, member, kind, findings, number="", to=("soc",)):
        for name in to:
            self.mails[f"{name}@{member}.example", stamp(now), f"{kind}{number}", issues(f["issue"] for f in findings)] += 1

    def step(self, now, truth):
        self.notice(now, truth)
        looks = self.looked is None or now - self.looked > LOOK
        if looks:
            self.looked = now
        for member in sorted({f["member"] for f in self.findings}):
            mine = [f for f in self.findings if f["member"] == member]
            if looks:
                self.follow(now, truth, member, mine)
            self.first(now, truth, member)

    def follow(self, now, truth, member, mine):
        for state, kind in ("closed", "closed"), ("void", "correction"):
            ended = [f for f in mine if f["state"] == state and f.get("told") and not f["said"] and self.over(truth, f) <= now]
            if ended:
                self.send(now, member, kind, ended)
            for f in ended:
                f["said"] = True
        self.remind(now, truth, member, [f for f in mine if f["state"] == "open" and f["asked"]])

    def remind(self, now, truth, member, asked):
        due = [f for f in asked if (self.again(truth, f) or now + DAY) <= now]
        calls = [f for f in due if f["asked"][1] == 2]
        mails = [f for f in due if f["asked"][1] < 2]
        number = max((f["asked"][1] + 1 for f in mails), default=0)
        if mails:
            both = any(f["asked"][1] == 1 and f["severity"] < 3 for f in mails)
            self.send(now, member, "reminder", mails, f" {number}", ("soc", "next") if both else ("soc",))
        if calls:
            self.calls[member, stamp(now)] += 1
        for f in due:
            f["asked"] = (now, 3 if f in calls else number)

    def first(self, now, truth, member):
        for urgency, kind in ("at-once", "critical"), ("digest", "digest"):
            rows = [r for r in truth.rows if r["member"] == member and r["urgency"] == urgency and r["due"] and r["due"] <= now and
                    r["state"] in ("planned", "released") and not r.get("sent")]
            if rows:
                self.send(now, member, kind, [r["finding"] for r in rows])
            for r in rows:
                r["sent"] = True
                r["finding"].update(told=True, asked=(now, 0))


def issues(names):
    return ", ".join(sorted(names))


def played():
    world, truth, later = Told(story.tmp), ByTruth(), Later()

    def live(now):
        later.step(now, truth.t)
        world.live(now)

    def until(then):
        """Lives through all that is due before then, by Waker's plan or by the rules: a little too soon, and when it is time."""
        while due := min((t for t in [*world.due(), *later.moments(truth.t)] if world.lived[-1] < t < then - LATE), default=None):
            if world.lived[-1] < due - 2 * LOOK:
                live(due - LOOK)
            live(due + LATE)

    for (when, _, happens), (_, _, follows) in zip(month(world), month(truth)):
        now = datetime.fromisoformat("2026-" + when).replace(tzinfo=timezone.utc)
        if world.p.files:
            until(now)
        happens()
        follows()
        if world.p.files:
            live(now)
    until(END)
    return world, truth.t, later


def wanted(truth):
    """{(member, due): (kind, issues)}: what had its moment before it was taken out."""
    want = {}
    for r in truth.rows:
        if r["due"] and r["due"] <= END and r["state"] in ("planned", "released", "void"):
            kind = {"at-once": "critical", "digest": "digest"}[r["urgency"]]
            want.setdefault((r["member"], stamp(r["due"]), kind), Counter())[r["issue"]] += 1
    return want


def minutes(want):
    return {(m, due[:17] + "00Z", k): issues for (m, due, k), issues in want.items()}


def follow(rule):
    world = ByTruth(rule)
    for _, _, happens in month(world):
        happens()
    return world.t


def got(world, kinds):
    """All that lies in all mailboxes, as Later says it; and what is strange of it."""
    mails, told, strange = Counter(), [], []
    for path in glob.glob(f"{os.environ['WAKER_TEST_MAIL_ROOT']}/*/*"):
        domain, local = path.split("/")[-2:]
        for mail in box(f"{local}@{domain}"):
            address, kind = f"{local}@{domain}", kinds[mail["X-Waker-Ref"]]["kind"]
            found = {json.loads(line)["extra.waker.finding"] for line in part_lines(mail)}
            number = re.search(r"(?:Herinnering|Reminder) (\d):", str(mail["Subject"]))
            if str(mail["To"]) != address or any(world.found[f]["member"] != domain.split(".")[0] for f in found):
                strange.append((address, mail["Subject"], found))
            when = lived(world, parsedate_to_datetime(mail["Date"]))
            mails[address, when, kind + (f" {number[1]}" if number else ""), issues(world.found[f]["issue"] for f in found)] += 1
            told.append((domain.split(".")[0], kind, parsedate_to_datetime(mail["Date"]).astimezone(timezone.utc), Counter(world.found[f]["issue"] for f in found)))
    return mails, told, strange


def lived(world, moment):
    """The moment that was lived through when this was made."""
    at = world.lived[bisect.bisect(world.lived, moment) - 1]
    return stamp(at) if moment - at < timedelta(seconds=30) else f"{moment}, which was not lived through"


def part_lines(mail):
    said = part(mail, "application/jsonl")
    return (said if isinstance(said, str) else said.decode()).splitlines()


def main():
    world, truth, later = played()
    kinds = {m["id"]: m for m in map(json.loads, world.run("notice", "list", "--json").out.splitlines())}
    mails, told, strange = got(world, kinds)
    story.ok(not strange, f"{sum(mails.values())} mails in {len({m[0] for m in mails})} mailboxes after {len(world.lived)} moments, none with another's finding", strange)
    mine = {(member, stamp(moment - timedelta(seconds=moment.second)), kind): of for member, kind, moment, of in told if kind in ("critical", "digest")}
    want = minutes(wanted(truth))
    story.ok(mine == want, f"{len(want)} first mails of {sum(sum(c.values()) for c in want.values())} findings: to whom, when, of what, as by the plan",
             "missing", {k: v for k, v in want.items() if mine.get(k) != v}, "too much", {k: v for k, v in mine.items() if want.get(k) != v})
    apart = [rule for rule in list(RULES) if minutes(wanted(follow(rule))) != mine]
    story.ok(len(apart) > len(RULES) // 2, f"{len(apart)} of {len(RULES)} wrong rules would show in the mailboxes", sorted(set(RULES) - set(apart)))
    counts = Counter()
    for (address, _, kind, _), n in mails.items():
        counts[kind + (" to the next contact" if address.startswith("next") else "")] += n
    story.ok(mails == later.mails, "every mailbox has what the rules say, at its moment, once: " + ", ".join(f"{kind}: {n}" for kind, n in sorted(counts.items())),
             "missing: " + lines(later.mails - mails), "too much: " + lines(mails - later.mails))
    calls = Counter((m["member"], lived(world, datetime.fromisoformat(m["made"]))) for m in kinds.values() if m["state"] == "failed")
    story.ok(calls == later.calls, f"who answered nothing is an officer's to call, {sum(calls.values())} times",
             "missing: " + lines(later.calls - calls), "too much: " + lines(calls - later.calls))
    story.ok(all(any(kind in m[2] for m in mails) for kind in ("critical", "digest", "reminder 1", "reminder 2", "closed", "correction")),
             "of each kind there was one", counts)
    story.end()


def lines(counter):
    return "\n".join(map(str, sorted(counter)))


main()
