"""What leak.sh plays: every notice of 320 members, of five feeds, is written as it would leave, and read for what is somebody else's."""
import json
import os
import subprocess
import sys

from leaks import Reading, of_home, release
from play import TREE, Story, must

story = Story("leak")
SHARED = f"{TREE}/../shared/bench"
if not os.path.exists(f"{SHARED}/genfeed.c"):
    story.skip("nobody hears of another", "the benchmark's generator is not there")
    story.end()
    sys.exit()
ROWS = int(os.environ.get("ROWS", "1500"))
home, gen = f"{story.tmp}/home", f"{story.tmp}/genfeed"
subprocess.run(["cc", "-O2", f"{SHARED}/genfeed.c", "-o", gen], check=True)
with open(f"{story.tmp}/members.tsv", "w", encoding="utf-8") as out:
    subprocess.run([gen, "constituency", "--orgs", "320", "--seed", "7"], stdout=out, check=True)
must("init", "--example", home)
must("-C", home, "member", "import", f"{story.tmp}/members.tsv", "--yes")
reading = Reading(of_home(home, WAKER_NOW="2026-03-20T12:00:00Z"))
for line in must("-C", home, "member", "list", "--json").out.splitlines():
    reading.is_member(json.loads(line)["slug"])
for line in must("-C", home, "asset", "list", "--json").out.splitlines():
    asset = json.loads(line)
    reading.knows(asset["value"], asset["member"])
with open(f"{story.tmp}/contacts.csv", "w", encoding="ascii") as out:
    out.write("\n".join(reading.contacts()) + "\n")
must("-C", home, "member", "import", f"{story.tmp}/contacts.csv", "--yes")
must("-C", home, "notice", "mode", "on")
reading.machines(sorted(reading.members)[:80])
FEEDS = {"shadowserver": ("shadowserver", "--type", "scan_telnet"), "iplist": ("generic-iplist",), "hostlist": ("generic-hostlist",), "urlhaus": ("abuse-ch-urlhaus",),
         "jsonl": ("microsoft-ctip",)}
for name, feed in FEEDS.items():
    subprocess.run([gen, "feed", "--orgs", "320", "--seed", "7", "--format", name, "--rows", str(ROWS), "--hit-rate", "0.6", "--out", f"{story.tmp}/{name}"],
                   check=True, capture_output=True)
    must("-C", home, "--quiet", "feed", "run", *feed, f"{story.tmp}/{name}")
release(of_home(home))
# The time of every digest comes: an empty report is read then.
with open(f"{story.tmp}/empty", "w", encoding="ascii") as out:
    out.write("# nothing\n")
must("-C", home, "--quiet", "feed", "run", "generic-iplist", f"{story.tmp}/empty", WAKER_NOW="2026-03-20T12:00:00Z")
reading.notices()
reading.judge(story, 50, "five feeds, nested and shared assets")

# The reading itself: the mail of one, read as another's, is full of what is not his.
told = [json.loads(line) for line in must("-C", home, "notice", "list", "--json").out.splitlines()]
other = next(t for t in told if t["member"] != told[0]["member"] and t["findings"] > 0)
reading.leaks.clear()
reading.notice(told[0]["member"], other["id"])
story.ok({part for _, part, _, _ in reading.leaks} >= {"to", "text", "html", "csv", "jsonl"}, "which a mail to the wrong one would not be", *reading.leaks[:5])
story.end()
