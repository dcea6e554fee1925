"""What past.sh plays: a small home whose archive is harmed and asked, and, where ../shared is there, sixty days
(../shared/bench/DAYS.md) in which some assets are known from the last day on alone."""
import glob
import importlib.machinery
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time

from play import TREE, WAKER, Ran, Story, copy, feed_file, kept, must

story = Story("past")


def lines(home, *words, **env):
    ran = Ran("-C", home, *words, "--json", **env)
    return [json.loads(line) for line in ran.out.splitlines()]


# ---- sixty days

def player_of(folder, tmp):
    loader = importlib.machinery.SourceFileLoader("days", f"{TREE}/tests/days")
    days = importlib.util.module_from_spec(importlib.util.spec_from_loader("days", loader))
    loader.exec_module(days)
    return days.Player(folder, WAKER, tmp)


def whole(f):
    """What of a finding must be the same, whenever it was found. A finding of the past comes to the state in which it
    would be by now, but for how often it came back meanwhile."""
    return (f["seen"], f["issue"], f["class"], f["severity"], f["state"] == "closed", f["last_seen"], f["sightings"])


def sixty_days():
    made = f"{TREE}/../shared/bench/days.py"
    if not os.path.exists(made):
        story.skip("sixty days", "../shared is absent")
        return
    world, tmp = f"{story.tmp}/world", f"{story.tmp}/played"
    os.makedirs(tmp)
    subprocess.run([sys.executable, made, "make", world, "--days", "60", "--members", "40", "--seed", "5"], check=True, capture_output=True)
    truth = [json.loads(line) for line in open(f"{world}/expected.jsonl", encoding="ascii")][-1]["findings"]
    roster = json.load(open(f"{world}/roster.json", encoding="ascii"))
    late = {a["member"]: a for a in roster["assets"] if a["member"] in ("m17", "m24", "m34", "m25") and a["value"].startswith("198.18.")}
    roster["assets"] = [a for a in roster["assets"] if a not in late.values()]
    json.dump(roster, open(f"{world}/roster.json", "w", encoding="ascii"))
    p = player_of(world, tmp)
    try:
        p.play()
        judge_late(p, truth, late)
    finally:
        p.stop()


def judge_late(p, truth, late):
    def mine(findings, member):
        return sorted(whole(f) for f in findings if f["member"] == member and f["seen"].startswith(late[member]["value"][:-4]))

    def found(member):
        return [f for f in p.table("finding", "list", "--all", "--of", member) if f["state"] != "void"]

    def add(member, *words):
        p.run("asset", "add", member, "prefix", late[member]["value"], *words, "--yes")
        newest = p.table("retro", "list")[0]
        return p.table("retro", "run", str(newest["retro"]))[0]

    before = {m: mine(found(m), m) for m in late}
    story.ok(not any(before.values()) and all(len(mine(truth, m)) > 2 for m in late), "what nobody held was nobody's", before)
    ran = add("m17", "--since", "2025-01-01", "--proven", "yes")
    got, want = mine(found("m17"), "m17"), mine(truth, "m17")
    story.ok(got == want and ran["state"] == "done" and ran["found"] == len(want) and ran["early"] == 0,
             f"a proven prefix, added on the last day, finds its {len(want)} findings as they would be", got, want, ran)
    mineid = [f for f in found("m17") if f["seen"].startswith(late["m17"]["value"][:-4])]
    told = [n for n in p.table("notice", "plan", "--all") if n["finding"] in {f["id"] for f in mineid}]
    live = {f["id"] for f in mineid if f["state"] != "closed"}
    story.ok({n["finding"] for n in told} == live and live and all(n["urgency"] == "digest" for n in told),
             "what is over is told to nobody, what is open and old with the digest", told, live)
    shown = p.table("finding", "show", mineid[0]["id"])[0]
    story.ok(shown["found_later"] == ran["retro"], "a finding says that it was found later", shown)

    # a proof that begins in the middle
    proof = "2026-04-01T00:00:00Z"
    ran = add("m24", "--since", proof, "--proven", "yes")
    got, want = found("m24"), [f for f in truth if f["member"] == "m24" and f["seen"].startswith(late["m24"]["value"][:-4])]
    fresh = [f for f in got if f["seen"].startswith(late["m24"]["value"][:-4])]
    story.ok({(f["seen"], f["issue"]) for f in fresh} == {(f["seen"], f["issue"]) for f in want if f["last_seen"] >= proof},
             "a proof since the middle finds what happened after it", fresh, want)
    story.ok(all(f["first_seen"] >= proof for f in fresh), "and nothing older", fresh)

    # no proof: thirty days
    ran = add("m34")
    limit = "2026-03-30T23:00:00Z"  # thirty days before the last step
    fresh = [f for f in found("m34") if f["seen"].startswith(late["m34"]["value"][:-4])]
    want = [f for f in truth if f["member"] == "m34" and f["seen"].startswith(late["m34"]["value"][:-4])]
    story.ok(all(f["first_seen"] >= limit for f in fresh) and {f["seen"] for f in fresh} == {f["seen"] for f in want if f["last_seen"] >= limit} and
             ran["early"] > 0, "without a proof thirty days are told, and the rest is counted for officers", fresh, want, ran)

    # twice, and after a kill
    again = p.table("retro", "new", "m17", late["m17"]["value"])[0]
    was = [p.table("finding", "list", "--all"), p.table("notice", "plan", "--all")]
    ran = p.table("retro", "run", str(again["retro"]))[0]
    now = [p.table("finding", "list", "--all"), p.table("notice", "plan", "--all")]
    story.ok(ran["found"] == 0 and ran["again"] > 0 and was == now, "asked twice it finds nothing twice, and tells nothing twice", ran)
    killed(p, late)


def killed(p, late):
    p.run("asset", "add", "m25", "prefix", late["m25"]["value"], "--since", "2025-01-01", "--proven", "yes", "--yes")
    number = str(p.table("retro", "list")[0]["retro"])
    other, kills, first = copy(p.home, f"{story.tmp}/other"), 0, p.home
    env = {**os.environ, "WAKER_NOW": p.now, "WAKER_FEEDS": f"{TREE}/feeds", "WAKER_WARNINGLISTS": f"{p.tmp}/none"}
    for wait in (0.02, 0.05, 0.08, 0.12, 0.2, 0.3):
        child = subprocess.Popen([WAKER, "-C", other, "retro", "run", number], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(wait)
        kills += child.poll() is None
        child.send_signal(signal.SIGKILL)
        child.wait()
    for home in first, other:
        p.home = home
        p.run("retro", "run", number)
    p.home = first
    a, b = kept(first), kept(other)
    for table in "finding", "finding_change":
        a.pop(table), b.pop(table)  # numbers and moments of what was done
    def all_of(home):
        p.home = home
        return sorted((f["member"], whole(f)) for f in p.table("finding", "list", "--all"))
    same = all_of(first) == all_of(other)
    p.home = first
    story.ok(kills > 0 and same and len(a["sighting"]) == len(b["sighting"]), f"killed {kills} times, it comes to the same end",
             set(a["sighting"]) ^ set(b["sighting"]))


sixty_days()
story.end()
