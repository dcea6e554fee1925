import json
import os
import subprocess
import threading

from play import SECONDS, WAKER, Story, feed_file, is_sound, rows
from two_members import HEAD, Home, at

story = Story("life")


def ends():
    h = Home(story, "ends")
    h.report(2, "198.18.1.7", "198.18.2.9")
    h.report(3, "198.18.2.9")
    story.ok(h.state() == "open", "one clean report ends nothing", h.state())
    h.report(4, "198.18.2.9")
    story.ok(h.state() == "closed fixed", "two, and 48 hours, end what is exposed", h.state())
    ran = h.report(5, "198.18.1.7", "198.18.2.9")
    story.ok(h.state() == "open" and h.all()[0]["reopened"] == 1 and "Reopened" not in ran.err, "seen again it is open again", h.all())
    explained = json.loads(h.must(5, "finding", "explain", h.id(), "--json").out)
    story.ok([(c["act"], c["state"], c["ended"]) for c in explained["history"]] ==
             [("end", "closed", "fixed"), ("seen", "open", "")] and explained["history"][0]["reason"] == "2 clean reports of later days",
             "explain has each change and its reason", explained["history"])
    story.ok(len(explained["sighted"]) == 2 and all(s["record"] == 2 and s["offset"] == len(HEAD) + 1 for s in explained["sighted"]),
             "and where each sighting stands", explained["sighted"])
    story.ok(explained["ends"]["by"] == "absent" and explained["ends"]["sources"] == [{"feed": "shadowserver", "type": "scan_rdp", "clean": 0, "stream": False}],
             "and what would end it", explained["ends"])
    return h


def streams(base):
    """An exposure that a stream alone has seen, and one that a report has seen too."""
    h = Home(story, "streams", base)
    with open(f"{h.path}/feeds/lab.feed", "w", encoding="ascii") as out:
        out.write(feed_file("lab", "stream", {"rdp": "exposed.rdp"}))

    def lab(day, *ips):
        path = f"{story.tmp}/lab-{day}.csv"
        with open(path, "w", encoding="ascii") as out:
            out.write("when,ip,name,how,port,transport,what\n" + "".join(f"{at(day, '01:00:00Z')},{ip},,,3389,tcp,rdp\n" for ip in ips))
        return h.must(day, "feed", "run", "lab", path)

    lab(1, "198.18.1.60", "198.18.2.60")
    h.report(2, "198.18.1.60")
    h.report(3, "198.18.2.9")
    h.report(4, "198.18.2.9")
    story.ok(h.state("198.18.1.60") == h.state("198.18.2.60") == "open", "what a stream has seen is not ended by reports alone")
    says = h.must(5, "finding", "explain", h.id("198.18.2.60")).out
    story.ok("lab: 30 days without an event, for it proves no absence" in says, "and explain says by what", says)
    h.must(31, "feed", "run", hour="00:59:00Z")
    story.ok(h.state("198.18.2.60") == "open", "nor by thirty days in which the stream told nothing of anybody")
    lab(29, "198.18.2.61")
    h.must(31, "feed", "run", hour="00:59:00Z")
    story.ok(h.state("198.18.2.60") == "open", "nor before they are over")
    h.must(31, "feed", "run", hour="12:00:01Z")
    story.ok(h.state("198.18.2.60") == "closed quiet", "then it ends as quiet, which is not fixed", h.state("198.18.2.60"))
    story.ok(h.state("198.18.1.60") == "closed fixed", "and as fixed where reports have it no more", h.state("198.18.1.60"))


def odd_batches(base):
    h = Home(story, "odd", base)
    before = h.all()
    ran = h.report(6, "198.18.1.50", of=5, event="2019-05-01 12:00:00", name="old")
    story.ok(ran.status == 0 and h.state("198.18.1.50") == "", "a batch from 2019 opens nothing", ran)
    ran = h.report(7, "198.18.1.51", of=20, event="2026-03-20 12:00:00", name="ahead")
    found = [f for f in h.all() if f["seen"].startswith("198.18.1.51")]
    story.ok(ran.status == 0 and found and found[0]["last_seen"] == at(7), "a report dated ahead is of the time when it came", ran, found)
    story.ok(not [r for r in rows(h.path, "heard") if r[2] > 1772841600000000], "and proves nothing of a day that is to come",
             rows(h.path, "heard"))
    h = Home(story, "odd", base)
    h.report(6, "198.18.1.7", "198.18.2.9")
    path = f"{story.tmp}/2026-03-05-scan_rdp-nl.csv"
    other = f"{story.tmp}/2026-03-05-scan_rdp-other.csv"
    os.rename(path, other)
    before = h.all()
    ran = h.run(6, "feed", "run", "shadowserver", other)
    story.ok(ran.status == 0 and "done before" in ran.err and h.all() == before, "the same file under two names counts once", ran)
    h.must(20, "feed", "run")
    h.must(8, "feed", "run")
    story.ok(h.state() == "open", "a clock that jumps ends nothing that no report shows as gone", h.state())
    ran = h.report(6, *(["198.18.1.8"] * 100000), kind="scan_telnet", tag="telnet", port=23)
    found = [f for f in h.all() if f["seen"].startswith("198.18.1.8 ")]
    story.ok(ran.status == 0 and found[0]["sightings"] == 1 and len(h.must(6, "finding", "explain", found[0]["id"]).out) < 20000,
             "a hundred thousand records of one finding are one sighting", ran, found)


def again_and_back(base):
    h = Home(story, "again", base)
    h.report(6, "198.18.1.60", "198.18.2.9")
    ran = h.report(6, "198.18.1.61", "198.18.2.9")
    story.ok(h.state("198.18.1.60") == "void" and h.state("198.18.1.61") == "open" and h.state("198.18.2.9") == "open",
             "a re-issued report replaces the first", ran, h.all())
    kept = [f for f in h.all() if f["seen"].startswith("198.18.2.9")][0]
    story.ok(kept["reopened"] == 0 and kept["sightings"] == 5, "and what both have counts once", kept)
    batch = json.loads(h.must(6, "batch", "list", "--state", "done", "--day", "2026-03-05", "--json").out.splitlines()[0])["batch"]
    looked = h.run(6, "recall", str(batch), "--dry-run", "--json")
    story.ok(json.loads(looked.out)["sightings"] == 2 and h.state("198.18.1.61") == "open", "a recall is previewed", looked)
    story.ok(h.run(6, "recall", str(batch)).status not in (0, 70), "and asks first")
    h.must(6, "recall", str(batch), "--yes", "--reason", "their mistake")
    story.ok(h.state("198.18.1.61") == "void" and h.state("198.18.2.9") == "open", "then what it said is gone", h.all())
    ran = h.run(6, "recall", str(batch), "--yes")
    story.ok(ran.is_sentence(75, "is recalled"), "it is recalled once", ran)
    for day in range(7, 13):
        h.report(day, "198.18.2.9")
    ran = h.report(13, *(f"198.18.1.{i}" for i in range(100, 254)))
    story.ok(ran.is_sentence(65, "155 records", "waker batch release") and h.state("198.18.1.101") == "", "a flood is held", ran)
    held = json.loads(h.must(13, "batch", "list", "--state", "held", "--json").out)["batch"]
    other = Home(story, "other", h)
    other.must(13, "batch", "discard", str(held))
    ran = other.run(13, "feed", "run", "shadowserver", f"{story.tmp}/2026-03-12-scan_rdp-nl.csv")
    story.ok(ran.status == 0 and other.state("198.18.1.101") == "", "discarded it says nothing", ran)
    h.must(13, "batch", "release", str(held))
    ran = h.run(13, "feed", "run", "shadowserver", f"{story.tmp}/2026-03-12-scan_rdp-nl.csv")
    story.ok(ran.status == 0 and h.state("198.18.1.101") == "open", "released it counts", ran)


def answers(base):
    h = Home(story, "answers", base)
    one = h.id()
    h.must(6, "finding", "claim", one, "--reason", "they say so")
    story.ok(h.state() == "claimed", "a member says fixed", h.state())
    h.report(7, "198.18.1.7", "198.18.2.9", of=6, event="2026-03-06 20:00:00")
    story.ok(h.state() == "claimed", "an event of the same day is no contradiction", h.state())
    h.report(9, "198.18.1.7", "198.18.2.9")
    story.ok(h.state() == "open", "one of two days later is", h.state())
    ran = h.run(9, "finding", "undo", one)
    story.ok(ran.is_sentence(75, "seen again after it was said to be fixed"), "an act that things overtook cannot be undone", ran)
    h.must(9, "finding", "dispute", one, "--as", "false-alarm")
    h.must(9, "finding", "confirm", one, "--reason", "honeypot", hour="07:00:00Z")
    h.report(10, "198.18.1.7", "198.18.2.9")
    story.ok(h.state() == "closed false-alarm" and len(h.must(10, "suppress", "list", "--json").out.splitlines()) == 1,
             "a confirmed false alarm is not counted", h.state())
    other = Home(story, "evidence", h)
    other.report(11, "198.18.1.7", "198.18.2.9", print_="BB")
    story.ok(other.state() == "open", "but with other evidence it is", other.state())
    h.must(10, "finding", "undo", one)
    story.ok(h.state() == "disputed" and h.must(10, "suppress", "list", "--json").out == "", "undone, the suppression goes too", h.state())
    h.must(10, "finding", "reopen", one)
    h.must(10, "finding", "dispute", one, "--as", "not-ours")
    h.must(10, "finding", "confirm", one)
    h.report(11, "198.18.1.7", "198.18.2.9", kind="scan_telnet", tag="telnet", port=23)
    story.ok(h.state() == "closed not-ours" and "198.18.1.7" in h.must(11, "asset", "list").out and
             [f["seen"] for f in h.all() if f["issue"] == "exposed.telnet"] == ["198.18.2.9 tcp/23"],
             "what is not theirs becomes a hole, for other issues too", h.all())
    ran = h.run(11, "finding", "claim", one)
    story.ok(ran.is_sentence(75, "it is closed as not-ours", "by officer"), "an answer to what is over says what it is", ran)
    ran = h.run(11, "finding", "accept", h.id("198.18.2.9"), "--until", "2026-09-01")
    story.ok(ran.is_sentence(64, "at most 90 days"), "nobody accepts for ever", ran)
    h.must(11, "finding", "accept", h.id("198.18.2.9"), "--until", "2026-03-13")
    h.report(12, "198.18.2.9")
    story.ok(h.state("198.18.2.9") == "accepted", "what is accepted stays so", h.all())
    h.must(13, "feed", "run")
    story.ok(h.state("198.18.2.9") == "open", "until its day", h.all())


def no_hole(base):
    """Two issues of one address and a third beside it; the first is said to be somebody else's."""
    h = Home(story, "hole", base)
    h.report(6, "198.18.1.7", kind="scan_telnet", tag="telnet", port=23)
    h.report(6, "198.18.1.7", kind="scan_vnc", tag="vnc", port=5900)
    one = {f["issue"]: f["id"] for f in h.all() if f["seen"].startswith("198.18.1.7 ")}
    h.must(6, "finding", "accept", one["exposed.vnc"], "--until", "2026-03-20")
    h.must(7, "finding", "dispute", one["exposed.rdp"], "--as", "not-ours")
    h.must(7, "finding", "confirm", one["exposed.rdp"], hour="07:00:00Z")
    states = lambda: [f"{f['state']} {f['ended']}".strip() for issue in ("rdp", "telnet", "vnc") for f in h.all() if f["id"] == one[f"exposed.{issue}"]]
    story.ok(states() == ["closed not-ours", "closed asset-removed", "closed asset-removed"], "a hole ends what else is in it", states())
    left = Home(story, "left", h)
    h.must(8, "finding", "undo", one["exposed.rdp"], "--reason", "a clerical error")
    story.ok(states() == ["disputed not-ours", "open", "accepted"] or states() == ["disputed", "open", "accepted"],
             "undone, what it had ended is as it was", states())
    said = json.loads(h.must(8, "finding", "explain", one["exposed.vnc"], "--json").out)["history"]
    story.ok([(c["act"], c["undone"]) for c in said] == [("accept", False), ("roster", True), ("undo", False)] and said[2]["by"] == "officer",
             "and its history says so", said)
    plan = [json.loads(line) for line in h.must(8, "notice", "plan", "--json").out.splitlines()]
    story.ok([n["issue"] for n in plan if n["seen"].startswith("198.18.1.7 ")] == ["exposed.telnet"], "what is open again is told", plan)
    h.report(9, "198.18.1.7", kind="scan_telnet", tag="telnet", port=23)
    story.ok(states()[1] == "open" and h.must(9, "audit", "verify").status == 0, "and lives on", states())
    left.must(8, "asset", "remove", "m1", "198.18.1.0/24", "--yes")
    left.must(9, "finding", "undo", one["exposed.rdp"])
    kept = [f"{f['state']} {f['ended']}" for f in left.all() if f["id"] == one["exposed.telnet"]]
    story.ok(kept == ["closed asset-removed"], "what is not the member's any more anyhow stays over", kept)


def infection(base):
    h = Home(story, "infection", base)
    path = f"{story.tmp}/2026-03-05-event4_sinkhole-nl.csv"
    with open(path, "w", encoding="ascii") as out:
        out.write("timestamp,protocol,src_ip,src_port,src_asn,dst_ip,infection\n2026-03-05 10:00:00,tcp,198.18.1.90,1,64510,192.0.2.1,qakbot\n")
    h.must(6, "feed", "run", "shadowserver", path)
    for words in (["finding", "dispute", h.id("198.18.1.90")], ["suppress", "add", h.id("198.18.1.90")]):
        ran = h.run(6, *words)
        story.ok(ran.status not in (0, 70) and "never a false alarm" in ran.err and h.state("198.18.1.90") == "open",
                 f"{' '.join(words[:2])}: an infection is no false alarm", ran)
    h.must(6, "finding", "dispute", h.id("198.18.1.90"), "--as", "not-ours")


def bulk_and_two(base):
    h = Home(story, "bulk", base)
    h.report(6, *(f"198.18.1.{i}" for i in range(20, 30)), "198.18.2.9")
    looked = h.run(6, "finding", "close", "--of", "m1", "--issue", "exposed.rdp", "--dry-run", "--json")
    story.ok(looked.status == 0 and len(looked.out.splitlines()) == 11 and h.state("198.18.1.20") == "open", "in bulk, with a preview", looked)
    ran = h.run(6, "finding", "close", "--of", "m1", "--issue", "exposed.rdp")
    story.ok(ran.status not in (0, 70) and h.state("198.18.1.20") == "open", "it asks first", ran)
    h.must(6, "finding", "close", "--of", "m1", "--issue", "exposed.rdp", "--yes")
    story.ok(h.state("198.18.1.20") == "closed closed" and h.state("198.18.2.9") == "open", "then all of them, and no other", h.all())
    ran = h.run(6, "finding", "close", h.id("198.18.2.9"), "F-0000000-0")
    story.ok(ran.status != 0 and h.state("198.18.2.9") == "open", "one that cannot be done leaves the others undone", ran)
    one, got = h.id("198.18.2.9"), []
    env = {**os.environ, "WAKER_NOW": at(6), "WAKER_WARNINGLISTS": f"{story.tmp}/none"}

    def officer(name):
        done = subprocess.run([WAKER, "-C", h.path, "finding", "acknowledge", one, "--by", name], env=env, capture_output=True,
                              text=True, timeout=SECONDS, check=False)
        got.append((done.returncode, done.stderr))

    both = [threading.Thread(target=officer, args=(name,)) for name in ("anna", "bram")]
    for t in both:
        t.start()
    for t in both:
        t.join()
    said = "".join(text for status, text in got if status)
    story.ok(sorted(status for status, _ in got) == [0, 75] and ("by anna" in said or "by bram" in said),
             "of two officers at once the second sees what the first did", *got)


def roster(base):
    h = Home(story, "roster", base)
    h.must(6, "asset", "add", "m1", "prefix", "198.18.1.0/25", "--yes")
    h.must(6, "asset", "remove", "m1", "198.18.1.0/24", "--yes")
    story.ok(h.state() == "open", "a prefix that is split keeps what is found in it", h.state())
    moved = Home(story, "moved", h)
    moved.must(6, "asset", "add", "m2", "prefix", "198.18.1.0/26", "--yes")
    story.ok(moved.state() == "closed asset-removed", "what is somebody else's now is over", moved.all())
    h.must(6, "member", "remove", "m1", "--yes")
    story.ok(h.state() == "closed member-left", "and what a member that left had", h.state())
    h.report(7, "198.18.1.7", "198.18.2.9", of=5)
    story.ok(h.state() == "closed member-left" and h.state("198.18.2.9") == "open", "it is not told what happened before it left", h.all())


def coverage(base):
    h = Home(story, "coverage", base)
    h.must(6, "feed", "coverage", "shadowserver", "198.18.1.0/24", "--until", "2026-03-06")
    missing = h.must(6, "feed", "coverage", "shadowserver", "--missing", "--export", hour="12:00:00Z").out.split()
    story.ok("198.18.1.0/24" in missing and "198.18.2.0/24" in missing and "m1.example" in missing, "what a publisher does not know is told in its form", missing)
    for kind, value in (("range", "203.0.113.10-203.0.113.20"), ("asn", "64513"), ("mail-domain", "m2.example"), ("domain", "röntgen.example"),
                        ("account", "j.jansen@m2.example")):
        h.must(6, "asset", "add", "m2", kind, value, "--yes")
    shadowserver, hibp = (h.must(6, "feed", "coverage", name, "--missing", "--export").out.split() for name in ("shadowserver", "hibp"))
    story.ok({"203.0.113.10/31", "203.0.113.12/30", "203.0.113.16/30", "203.0.113.20/32", "AS64513", "xn--rntgen-wxa.example"} <= set(shadowserver)
             and "203.0.113.10-203.0.113.20" not in shadowserver, "a range as its prefixes, a name in A-labels", shadowserver)
    story.ok(sorted(hibp) == ["m1.example", "m2.example", "xn--rntgen-wxa.example"], "to who looks at names, each domain once, no address and no account", hibp)
    for day in range(7, 12):
        h.report(day, "198.18.2.9")
    story.ok(h.state() == "open", "where nobody looks silence proves nothing", h.state())


def names(base):
    h = Home(story, "names", base)
    h.must(6, "asset", "add", "m2", "name", "Stichting Zorg Één", "--yes")
    path = f"{story.tmp}/recent.json"
    with open(path, "w", encoding="utf-8") as out:
        json.dump([{"post_title": title, "discovered": "2026-03-05 10:00:00.000000", "group_name": "gang"}
                   for title in ("ZORG EEN B.V.", "Zorg Een Twee", "www.m1.example")], out)
    ran = h.run(6, "feed", "run", "ransomlook", path)
    found = [(f["member"], f["issue"], f["state"], f["strength"]) for f in h.all() if f["class"] == "leaksite"]
    story.ok(ran.status == 0 and found == [("m1", "leaksite.gang.2026-03-05", "candidate", "weak"),
                                           ("m2", "leaksite.gang.2026-03-05", "candidate", "weak")],
             "an organisation's whole name on a leak site is a candidate, a part of it nothing", ran, h.all())
    ran = h.run(6, "asset", "add", "m2", "name", "?", "--yes")
    story.ok(ran.status == 65 and "a name needs" in ran.err, "a name that says nothing is refused", ran)


def main():
    base = ends()
    streams(base)
    names(base)
    odd_batches(base)
    again_and_back(base)
    answers(base)
    no_hole(base)
    infection(base)
    bulk_and_two(base)
    roster(base)
    coverage(base)
    story.ok(is_sound(base.path), "the store is sound")


main()
story.end()
