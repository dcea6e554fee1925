import json

from play import Story, is_sound, must, rows
from two_members import HEAD, Home

story = Story("recall")


def recall(h, day, *words):
    """What a recall says that it did, or would do."""
    return json.loads(h.must(day, "recall", *words, "--json").out)


def month():
    """m1's .7 and .8 and m2's .9 in each report of 1 to 10 March, .7 also with telnet on the 5th."""
    h = Home(story, "month")
    for day in range(2, 12):
        h.report(day, "198.18.1.7", "198.18.1.8", "198.18.2.9")
    h.report(6, "198.18.1.7", kind="scan_telnet", tag="telnet", port=23)
    return h


def by_sighting(base):
    h = Home(story, "sighting", base)
    seen = ("--feed", "shadowserver", "--issue", "exposed.rdp", "--seen", "198.18.1.7", "--since", "2026-03-03", "--until", "2026-03-05")
    said = recall(h, 12, *seen, "--dry-run")
    story.ok((said["sightings"], said["findings"], said["gone"], said["members"], said["batches"]) == (3, 1, 0, 1, 0),
             "what would be taken back is told before", said)
    story.ok(rows(h.path, "recall") == [] and rows(h.path, "recalling") == [], "and nothing is done by it")
    ran = h.run(12, "recall", *seen)
    story.ok(ran.is_sentence(77, "would take back sightings"), "it asks first", ran)
    recall(h, 12, *seen, "--yes")
    f = next(x for x in h.all() if x["seen"] == "198.18.1.7 tcp/3389")
    story.ok(f["state"] == "open" and f["sightings"] == 7, "a finding that was seen otherwise lives on, by what is left", f)
    days = json.loads(h.must(12, "finding", "explain", f["id"], "--json").out)["sighted"]
    story.ok(sorted(s["day"][8:10] for s in days if s["void"]) == ["03", "04", "05"], "the days that are void are shown as such", days)
    story.ok(all(x["sightings"] == 10 for x in h.all() if x["issue"] == "exposed.rdp" and x["seen"] != f["seen"]), "others are untouched", h.all())
    story.ok([b["state"] for b in batches(h)] == ["done"] * 11, "and the batches keep their word", batches(h))
    ran = h.run(12, "recall", *seen, "--yes")
    story.ok(ran.is_sentence(66, "nothing that counts"), "it is taken back once", ran)
    story.ok(h.report(6, "198.18.1.7", "198.18.1.8", "198.18.2.9").status == 0 and
             next(x for x in h.all() if x["seen"] == "198.18.1.7 tcp/3389")["sightings"] == 7, "also where the same file comes again")
    last = recall(h, 12, "--issue", "exposed.rdp", "--seen", "198.18.1.7", "--since", "2026-03-09", "--yes")
    f = next(x for x in h.all() if x["seen"] == "198.18.1.7 tcp/3389")
    story.ok(last["gone"] == 0 and (f["state"], f["ended"], f["last_seen"]) == ("closed", "fixed", "2026-03-08T12:00:00Z"),
             "it ends where all that is left is before reports that keep their word", f)


def batches(h):
    return [json.loads(line) for line in h.must(28, "batch", "list", "--json").out.splitlines()]


def told(base):
    h = Home(story, "told", base)
    said = recall(h, 12, "--of", "m1", "--issue", "exposed.rdp", "--yes", "--reason", "their lab")
    story.ok((said["sightings"], said["gone"], said["corrections"], said["stopped"]) == (20, 2, 1, 0),
             "of which nothing is left goes, and its member, who was told, is corrected once", said)
    story.ok([x["seen"] for x in h.all() if x["state"] != "void"] == ["198.18.1.7 tcp/23", "198.18.2.9 tcp/3389"], "what else was seen stays", h.all())
    story.ok([x["seen"] for x in h.all() if x["state"] == "void"] == ["198.18.1.7 tcp/3389", "198.18.1.8 tcp/3389"], "and who asks for all sees what went", h.all())
    story.ok([r[4] for r in json_audit(h)] and "their lab" in h.must(12, "audit", "list", "--json").out, "the audit has it, with its reason")
    plan = [json.loads(line) for line in h.must(12, "notice", "plan", "--all", "--json").out.splitlines()]
    story.ok(sorted((n["seen"], n["corrected"]) for n in plan if n["corrected"]) ==
             [("198.18.1.7 tcp/3389", said["recall"]), ("198.18.1.8 tcp/3389", said["recall"])], "the plan says which notices", plan)
    h.report(13, "198.18.1.7", "198.18.1.8", "198.18.2.9")
    story.ok(h.state() == "open", "seen anew it begins anew", h.all())
    said = recall(h, 13, "--of", "m1", "--issue", "exposed.rdp", "--yes")
    story.ok((said["gone"], said["corrections"], said["stopped"]) == (2, 0, 2), "what had not gone yet is no correction: it does not go", said)


def json_audit(h):
    return [r for r in rows(h.path, "audit") if r[3] == "recall"]


def whole(base):
    h = Home(story, "whole", base)
    said = recall(h, 12, "--feed", "shadowserver", "--type", "scan_rdp", "--since", "2026-03-09", "--yes")
    story.ok((said["batches"], said["sightings"], said["gone"]) == (2, 6, 0), "batches of some days are taken back whole", said)
    story.ok([b["state"] for b in batches(h) if b["day"] >= "2026-03-09"] == ["recalled"] * 2, "and say so", batches(h))
    before = len([r for r in rows(base.path, "heard") if r[4]])
    story.ok(len([r for r in rows(h.path, "heard") if r[4]]) == before - 2, "what they lacked proves nothing either")
    ran = h.report(11, "198.18.1.7", "198.18.1.8", "198.18.2.9")
    story.ok(ran.status == 0 and "which is recalled: nothing was changed" in ran.err, "the same bytes again are not said to be done", ran)
    ran = h.run(12, "recall", "1", "--type", "scan_telnet", "--yes")
    story.ok(ran.is_sentence(64, "not what the filter says"), "all that is said must hold", ran)
    for words, says in ((["--since", "2026-03-01"], "numbers of batches"), (["--seen", "198.18.1.7/24"], "198.18.1.0/24"),
                        (["--feed", "shadowserver", "--day", "2026-03-01", "--until", "2026-03-02"], "not both"),
                        (["--issue", "exposed.rdp", "--since", "monday"], "monday")):
        ran = h.run(12, "recall", *words, "--yes")
        story.ok(ran.status in (64, 65) and says in ran.err, f"recall {' '.join(words)}: a sentence", ran)


def witness(h, day, source, ip="203.0.113.5"):
    """A record that has m1's name in it, from reverse DNS or from a certificate."""
    path = f"{story.tmp}/2026-03-{day - 1:02d}-scan_rdp-{source}.csv"
    with open(path, "w", encoding="ascii") as out:
        out.write(f"{HEAD}\n2026-03-{day - 1:02d} 12:00:00,{ip},tcp,3389,vpn.m1.example,rdp,64510,{source},AA\n")
    h.must(day, "feed", "run", "shadowserver", path)
    return next(f for f in h.all() if f["seen"].startswith("vpn.m1.example"))


def candidate():
    h = Home(story, "candidate")
    first = witness(h, 2, "ptr")
    second = witness(h, 3, "certificate")
    story.ok((first["state"], second["state"]) == ("candidate", "open"), "a better match makes a candidate a finding", first, second)
    later = Home(story, "later", h)
    recall(h, 4, "--seen", "m1.example", "--since", "2026-03-02", "--yes", "--reason", "not their certificate")
    f = next(f for f in h.all() if f["seen"].startswith("vpn.m1.example"))
    story.ok((f["state"], f["strength"], f["sightings"]) == ("candidate", "weak", 1), "taken back, it is a candidate again", f)
    last = json.loads(h.must(4, "finding", "explain", f["id"], "--json").out)["history"]
    story.ok([(c["act"], c["state"], c["undone"]) for c in last] == [("seen", "open", True), ("recall", "candidate", False)], "its history says why", last)
    h.must(4, "finding", "promote", f["id"])
    story.ok(witness(h, 5, "certificate")["state"] == "open", "and an officer may make it a finding")
    witness(later, 4, "certificate")
    recall(later, 5, "--seen", "m1.example", "--since", "2026-03-02", "--until", "2026-03-02", "--yes")
    f = next(f for f in later.all() if f["seen"].startswith("vpn.m1.example"))
    story.ok(f["state"] == "open", "but not where something came after that stands in for it", f)


def main():
    base = month()
    by_sighting(base)
    told(base)
    whole(base)
    candidate()
    story.ok(is_sound(base.path) and must("-C", base.path, "audit", "verify").status == 0, "the store is sound, and its audit whole")


main()
story.end()
