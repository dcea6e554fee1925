"""What mailboxes.sh plays: notice_month.py with a service at each moment of it, and what has come into the mailboxes at the end."""
import glob
import json
import os
import sqlite3
import subprocess
import time
from collections import Counter, defaultdict
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from notice_month import RULES, ByTruth, ByWaker, month, stamp
from play import WAKER, must
from tell_home import begin, box, deliver_by_mail, part

story = begin("mailboxes")
END = datetime(2026, 3, 31, 12, tzinfo=timezone.utc)
SECOND = 10 ** 6


class Told(ByWaker):
    """The same home, in which a service lives for a moment whenever something happens or is due."""

    def __init__(self, tmp):
        super().__init__(tmp)
        deliver_by_mail(self.p.home, rate="10000")
        self.run("notice", "mode", "on")
        self.moments, self.lived = 0, ""

    def run(self, *words, at=None):
        return must("-C", self.p.home, *words, WAKER_NOW=at or self.p.now)

    def due(self, before):
        """The next moment at which something is to leave, or None."""
        plan = [json.loads(line) for line in self.run("notice", "plan", "--json").out.splitlines()]
        return min((r["due"] for r in plan if r["due"] and r["state"] in ("planned", "released") and self.lived < r["due"] <= stamp(before)), default=None)

    def live(self, now):
        """A service from this moment on, until it has nothing to do."""
        self.moments, self.lived = self.moments + 1, stamp(now)
        self.p.now = stamp(now)
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

    def until(self, then):
        """Lives through all that is due before then."""
        while due := self.due(then):
            self.live(datetime.fromisoformat(due.replace("Z", "+00:00")) + timedelta(seconds=1))


def played():
    world, truth = Told(story.tmp), ByTruth()
    for (when, _, happens), (_, _, follows) in zip(month(world), month(truth)):
        now = datetime.fromisoformat("2026-" + when).replace(tzinfo=timezone.utc)
        if world.p.files:
            world.until(now)
        happens()
        follows()
        if world.p.files:
            world.live(now)
    world.until(END)
    return world, truth.t


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


def got(world):
    """The mails of all mailboxes: {number: (member, moment, findings by issue)}; and who else has one."""
    mails, strange = defaultdict(list), []
    for path in glob.glob(f"{os.environ['WAKER_TEST_MAIL_ROOT']}/*/*"):
        domain, local = path.split("/")[-2:]
        for mail in box(f"{local}@{domain}"):
            lines = [json.loads(line) for line in part_lines(mail)]
            if local != "soc" or str(mail["To"]) != f"soc@{domain}":
                strange.append(path)
            mails[mail["X-Waker-Ref"]].append((domain.split(".")[0], parsedate_to_datetime(mail["Date"]).astimezone(timezone.utc),
                                               Counter(world.issue[line["extra.waker.finding"]] for line in lines),
                                               {line["extra.waker.finding"] for line in lines}))
    return mails, strange


def part_lines(mail):
    said = part(mail, "application/jsonl")
    return (said if isinstance(said, str) else said.decode()).splitlines()


def main():
    world, truth = played()
    found = [json.loads(line) for line in world.run("finding", "list", "--all", "--json").out.splitlines()]
    world.issue = {f["id"]: f["issue"] for f in found}
    whose = {f["id"]: f["member"] for f in found}
    kinds = {m["id"]: m for m in map(json.loads, world.run("notice", "list", "--json").out.splitlines())}
    mails, strange = got(world)
    story.ok(not strange and all(len(copies) == 1 for copies in mails.values()), f"{len(mails)} mails of {world.moments} moments, each once, and each in the mailbox of its addressee", strange)
    mine = {}
    for number, copies in mails.items():
        member, moment, issues, _ = copies[0]
        if kinds[number]["kind"] in ("critical", "digest"):
            mine[member, stamp(moment - timedelta(seconds=moment.second)), kinds[number]["kind"]] = issues
    want = minutes(wanted(truth))
    story.ok(mine == want, f"{len(want)} first mails of {sum(sum(c.values()) for c in want.values())} findings: to whom, when, of what, as by the rules",
             "missing", {k: v for k, v in want.items() if mine.get(k) != v}, "too much", {k: v for k, v in mine.items() if want.get(k) != v})
    apart = [rule for rule in list(RULES) if minutes(wanted(follow(rule))) != mine]
    story.ok(len(apart) > len(RULES) // 2, f"{len(apart)} of {len(RULES)} wrong rules would show in the mailboxes", sorted(set(RULES) - set(apart)))
    story.ok(all(whose[f] == copies[0][0] for copies in mails.values() for f in copies[0][3]), "none tells of another's finding")
    told = {}
    for number, copies in mails.items():
        if kinds[number]["kind"] in ("critical", "digest"):
            for f in copies[0][3]:
                told.setdefault(f, copies[0][1])
    later = Counter()
    wrong = []
    for number, copies in mails.items():
        kind, (_, moment, _, findings) = kinds[number]["kind"], copies[0]
        if kind in ("critical", "digest"):
            continue
        later[kind] += 1
        least = timedelta(hours=23) if kind == "reminder" else timedelta(0)  # a critical one is asked about after a day
        wrong += [(number, kind, f, told.get(f)) for f in findings if f not in told or moment < told[f] + least]
    story.ok(not wrong, f"what came later ({dict(later)}) is of what was told, and no sooner than its time", *wrong)
    story.end()


main()
