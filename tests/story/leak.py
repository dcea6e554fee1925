"""What leak.sh plays: every notice of 320 members, of five feeds, is written as it would leave, and read for what is somebody else's."""
import collections
import json
import os
import re
import subprocess
import sys

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
members = [json.loads(line)["slug"] for line in must("-C", home, "member", "list", "--json").out.splitlines()]
with open(f"{story.tmp}/contacts.csv", "w", encoding="ascii") as out:
    out.write("record,member,role,name,mail,language\n")
    for i, m in enumerate(members):
        out.write(f"contact,{m},security,Person {m},desk@{m}.invalid,{'nl' if i % 2 else 'en'}\n")
must("-C", home, "member", "import", f"{story.tmp}/contacts.csv", "--yes")
must("-C", home, "notice", "mode", "on")
FEEDS = {"shadowserver": ("shadowserver", "--type", "scan_telnet"), "iplist": ("generic-iplist",), "hostlist": ("generic-hostlist",), "urlhaus": ("abuse-ch-urlhaus",),
         "jsonl": ("microsoft-ctip",)}
for name, feed in FEEDS.items():
    subprocess.run([gen, "feed", "--orgs", "320", "--seed", "7", "--format", name, "--rows", str(ROWS), "--hit-rate", "0.6", "--out", f"{story.tmp}/{name}"],
                   check=True, capture_output=True)
    must("-C", home, "--quiet", "feed", "run", *feed, f"{story.tmp}/{name}")
for breaker in {n["issue"] for n in map(json.loads, must("-C", home, "notice", "plan", "--json").out.splitlines()) if n["state"] == "held"}:
    must("-C", home, "notice", "release", breaker)
# The time of every digest comes: an empty report is read then.
with open(f"{story.tmp}/empty", "w", encoding="ascii") as out:
    out.write("# nothing\n")
must("-C", home, "--quiet", "feed", "run", "generic-iplist", f"{story.tmp}/empty", WAKER_NOW="2026-03-20T12:00:00Z")

found = [json.loads(line) for line in must("-C", home, "finding", "list", "--all", "--json").out.splitlines()]
whose = collections.defaultdict(set)  # a value by which somebody could be known -> members
for f in found:
    whose[f["id"]].add(f["member"])
    whose[f["seen"].split(" ")[0]].add(f["member"])
for m in members:
    for value in (m, f"desk@{m}.invalid", f"person {m}"):
        whose[value].add(m)
told = [json.loads(line) for line in must("-C", home, "notice", "list", "--json").out.splitlines()]
# In a word: an id, an address of either sort, a name, a member's slug.
WORD = re.compile(r"[A-Za-z0-9_À-￿][A-Za-z0-9_.:@À-￿-]*[A-Za-z0-9_À-￿]")
leaks, read, values = [], 0, 0
for notice in told:
    mine = notice["member"]
    for line in must("-C", home, "notice", "preview", notice["id"], "--json", WAKER_NOW="2026-03-20T12:00:00Z").out.splitlines():
        mail = json.loads(line)
        read += 1
        for part in "to", "subject", "text", "html", "csv", "jsonl":
            for word in WORD.findall(mail[part]):
                owners = whose.get(word) or whose.get(word.lower())
                values += owners is not None
                if owners and mine not in owners:
                    leaks.append((mine, part, word, sorted(owners)[:3]))
story.ok(read > 200 and values > 5000, f"{read} mails of {len({t['member'] for t in told})} members say {values} things by which somebody could be known", read, values)
story.ok(not leaks, "and each is the reader's own", len(leaks), *leaks[:12])
# The reading itself: the mail of one, read as another's, is full of what is not his.
other = next(t for t in told if t["member"] != told[0]["member"] and t["findings"] > 0)
text = json.loads(must("-C", home, "notice", "preview", other["id"], "--json", WAKER_NOW="2026-03-20T12:00:00Z").out.splitlines()[0])["text"]
story.ok(any(told[0]["member"] not in whose.get(w, {told[0]["member"]}) for w in WORD.findall(text)), "which a mail to the wrong one would not be")
story.end()
