"""What leak_days.sh plays: the days of ../shared/bench/days.py (tests/days), with every notice read on the day on which it is made."""
import importlib.machinery
import importlib.util
import json
import os
import subprocess
import sys

from leaks import Reading, release
from play import TREE, WAKER, Story
from service_home import until

story = Story("leak_days")
MADE = f"{TREE}/../shared/bench/days.py"
if not os.path.exists(MADE):
    story.skip("nobody hears of another on any day", "../shared/bench is absent")
    story.end()
    sys.exit()
loader = importlib.machinery.SourceFileLoader("days", f"{TREE}/tests/days")
days = importlib.util.module_from_spec(importlib.util.spec_from_loader("days", loader))
loader.exec_module(days)


class Told(days.Player):
    """It tells, and is read each day."""

    def start(self):
        super().start()
        self.reading = Reading(self.run)
        for m in self.table("member", "list"):
            self.reading.is_member(m["slug"])
        with open(f"{self.tmp}/contacts.csv", "w", encoding="ascii") as out:
            out.write("\n".join(self.reading.contacts()) + "\n")
        self.run("member", "import", f"{self.tmp}/contacts.csv", "--yes")
        self.run("notice", "mode", "on")
        self.reading.machines(sorted(self.reading.members))

    def check(self, step):
        super().check(step)
        for asset in self.table("asset", "list", "--all"):
            self.reading.knows(asset["value"], asset["member"])
        release(self.run)
        self.reading.notices()
        for i, n in enumerate(self.table("notice", "list", "--state", "waiting")):
            if n["kind"] in ("critical", "digest", "reminder") and i % 3:
                self.run("notice", "told", n["id"], "--reason", "by telephone")
        self.pass_time()
        self.reading.notices()

    def pass_time(self):
        """The clock's own work: what nobody answers is asked again, and what is over is said."""
        done = max((j["job"] for j in self.table("job", "list", "--all") if j["kind"] == "settle" and j["state"] == "done"), default=0)
        with open(f"{self.tmp}/log", "ab") as log:
            service = subprocess.Popen([WAKER, "-C", self.home, "run"], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                       env={**os.environ, "WAKER_NOW": self.now, "WAKER_WARNINGLISTS": f"{self.tmp}/none"})
        try:
            if not until(lambda: any(j["job"] > done for j in self.table("job", "list", "--all")
                                     if j["kind"] == "settle" and j["state"] == "done")):
                raise days.Failed(f"{self.now}: the clock did nothing")
        finally:
            service.terminate()
            service.wait(20)


for seed in os.environ.get("DAYS_SEEDS", "5").split():
    where, count = f"{story.tmp}/{seed}", os.environ.get("DAYS", "45")
    subprocess.run([sys.executable, MADE, "make", where, "--days", count, "--members", os.environ.get("DAYS_MEMBERS", "40"), "--seed", seed],
                   check=True, capture_output=True)
    os.makedirs(f"{story.tmp}/play{seed}")
    player = Told(where, WAKER, f"{story.tmp}/play{seed}")
    try:
        player.play()
    finally:
        player.stop()
    kinds = {n["kind"] for n in player.table("notice", "list")}
    story.ok(kinds >= {"critical", "digest", "reminder", "closed", "correction"}, "days of all kinds of notices", kinds)
    player.reading.judge(story, 20, f"{count} days, seed {seed}")
story.end()
