"""What cve.sh plays: an Exchange server of m1, and the vulnerabilities that reports name of it."""
import json

from play import Story, is_sound, must
from two_members import Home

story = Story("cve")
OLD, NEW, THIRD = "CVE-2021-26855", "CVE-2022-41040", "CVE-2023-21529"


def report(h, day, *cves, ips=("198.18.1.7",), **how):
    return h.report(day, *ips, kind="scan_exchange", tag=";".join(["exchange", *(c.lower() for c in cves)]), port=443, **how)


def notices(h, day=28):
    """The notices of .7 that have gone, or are to go."""
    lines = h.must(day, "notice", "plan", "--all", "--json").out.splitlines()
    return [n for n in map(json.loads, lines) if n["seen"].startswith("198.18.1.7") and n["due"]]


def told(h, day=28):
    return [n["urgency"] for n in notices(h, day)]


def history(h):
    return json.loads(h.must(28, "finding", "explain", h.id(), "--json").out)["history"]


def acts(h):
    return [(c["act"], c["state"], c["reason"]) for c in history(h) if not c["undone"]]


def named(h):
    return json.loads(h.must(28, "finding", "show", h.id(), "--json").out)["vulnerabilities"]


def since(h):
    return {v["cve"]: v["since"] for v in json.loads(h.must(28, "finding", "explain", h.id(), "--json").out)["vulnerabilities"]}


def again(base):
    h = Home(story, "again", base)
    story.ok(told(h, 2) == ["at-once"], "what is vulnerable is told when it opens", notices(h, 2))
    report(h, 3, OLD)
    story.ok(told(h, 3) == ["at-once"] and acts(h) == [], "the same vulnerability the next day is not told again", acts(h))
    report(h, 4, OLD, NEW)
    story.ok(told(h, 4) == ["at-once", "at-once"], "a new one is told again, as urgently as the first", notices(h, 4))
    story.ok(acts(h) == [("more", "open", f"now also {NEW}")], "and the history says which", acts(h))
    story.ok(named(h) == [OLD, NEW] and since(h) == {OLD: "2026-03-01", NEW: "2026-03-03"},
             "the finding shows all, each with its first day", named(h), since(h))
    text = h.must(28, "finding", "explain", h.id()).out
    story.ok(f"{OLD}, named since 2026-03-01" in text and f"now also {NEW}" in text, "also in words", text)
    report(h, 5, NEW, OLD)
    report(h, 6, OLD)
    report(h, 7, NEW)
    story.ok(len(told(h)) == 2 and len(acts(h)) == 1, "neither order nor a gap makes it new", acts(h))
    lines = h.must(28, "notice", "plan", "--all", "--json").out.splitlines()
    story.ok([n["member"] for n in map(json.loads, lines)].count("m2") == 1, "nobody else with the same server hears of it", lines)
    return h


def not_again(base):
    h = Home(story, "not", base)
    report(h, 12, OLD, NEW, of=2, name="late")
    story.ok(len(told(h)) == 1 and acts(h) == [], "old news names nothing new", acts(h))
    report(h, 12, OLD, NEW)
    story.ok(len(told(h)) == 2, "but what old news named is new where it is named today", notices(h))
    report(h, 12, OLD, NEW)
    story.ok(len(told(h)) == 2, "once")
    h = Home(story, "other", base)
    h.report(3, "198.18.1.7", kind="scan_rdp", tag=f"rdp;{NEW.lower()}")
    story.ok(len(acts(h)) == 0, "an exposed service has no vulnerabilities to be told of", acts(h))


def answered(base):
    for verb, words, becomes in (("acknowledge", [], True), ("accept", ["--until", "2026-04-01"], True), ("dispute", ["--as", "not-ours"], False)):
        h = Home(story, verb, base)
        h.must(3, "finding", verb, h.id(), *words, "--reason", "they know")
        report(h, 4, OLD)
        was = h.state()
        report(h, 5, OLD, NEW)
        story.ok((h.state() == "open") == becomes and was != "open", f"after {verb} a new one {'opens it again' if becomes else 'waits for the desk'}",
                 was, h.state())
        story.ok(len(told(h)) == 1 + becomes, f"{'and is told' if becomes else 'and is not told'}", notices(h))


def reissued(base):
    h = Home(story, "reissue", base)
    report(h, 3, OLD, NEW)
    report(h, 3, OLD, NEW, print_="BB")
    story.ok(len(told(h, 3)) == 2 and len([a for a in acts(h) if a[0] == "more"]) == 1, "the report issued anew with the same is not news", acts(h))
    report(h, 3, OLD, print_="CC")
    story.ok(named(h) == [OLD], "issued anew without it, it is gone", named(h))
    report(h, 4, OLD, NEW)
    story.ok(len([a for a in acts(h) if a[0] == "more"]) == 1 and len(told(h)) == 3, "and new when it comes back", notices(h))


def recalled(base):
    h = Home(story, "recall", base)
    h.must(2, "finding", "acknowledge", h.id())
    report(h, 3, OLD, NEW)
    later = Home(story, "recall-later", h)
    soon = Home(story, "recall-soon", h)
    said = json.loads(h.must(4, "recall", "2", "--yes", "--reason", "not so", "--json").out)
    story.ok(h.state() == "acknowledged" and named(h) == [OLD],
             "taken back, the finding is as it was before", h.state(), named(h))
    story.ok((said["gone"], said["corrections"]) == (0, 1) and [n["corrected"] for n in notices(h)] == [None, said["recall"]],
             "and who was told is corrected, of that notice alone", said, notices(h))
    report(h, 5, OLD, NEW)
    story.ok(h.state() == "open" and len(told(h)) == 3, "named anew it is news", notices(h))
    report(later, 4, OLD, NEW)
    said = json.loads(later.must(5, "recall", "2", "--yes", "--json").out)
    story.ok(later.state() == "open" and said["corrections"] == 0 and len(named(later)) == 2, "not where a later report names it too", said)
    report(soon, 4, OLD, NEW, THIRD)
    json.loads(soon.must(5, "recall", "3", "--yes", "--json").out)
    story.ok(named(soon) == [OLD, NEW] and soon.state() == "open" and
             [c["reason"] for c in history(soon) if c["undone"]] == [f"now also {THIRD}"], "only its own are taken back", history(soon))
    json.loads(soon.must(6, "recall", "2", "--yes", "--json").out)
    story.ok(soon.state() == "acknowledged", "and then those before", history(soon))


def anew(base):
    h = Home(story, "anew", base)
    h.must(3, "recall", "1", "--yes")
    report(h, 4, NEW)
    story.ok(h.state() == "open" and named(h) == [NEW] and [a[0] for a in acts(h)][-1] == "seen",
             "after all was taken back it begins anew, without what was named before", acts(h))


def kev(h, day, listed):
    """CISA's list of a day: {CVE: the day on which it was added}."""
    path = f"{story.tmp}/kev-{day}.json"
    with open(path, "w", encoding="ascii") as out:
        json.dump({"vulnerabilities": [{"cveID": cve, "dateAdded": f"2026-{added}", "vulnerabilityName": "x"} for cve, added in listed.items()]}, out)
    return json.loads(h.must(day, "feed", "run", "cisa-kev", path, "--json").out)


def exploited(base):
    h = Home(story, "kev", base)
    report(h, 3, OLD, NEW)
    before = Home(story, "kev-before", h)
    said = kev(h, 4, {NEW: "01-15", THIRD: "03-03"})
    story.ok((said["records"], said["told_again"]) == (2, 0) and len(told(h)) == 2, "what was on the list for long is no news, nor what nobody has", said)
    report(h, 5, OLD, NEW)
    said = kev(h, 5, {NEW: "01-15", THIRD: "03-03", OLD: "03-04"})
    story.ok(said["told_again"] == 1 and told(h)[2:] == ["at-once"], "what comes to the list is told again where it is", said, notices(h))
    story.ok(acts(h)[-1] == ("more", "open", f"{OLD}: attackers use it, says cisa-kev"), "and the history says why", acts(h))
    used = {v["cve"]: v["exploited"] for v in json.loads(h.must(28, "finding", "explain", h.id(), "--json").out)["vulnerabilities"]}
    story.ok(used == {OLD: "2026-03-04T00:00:00Z", NEW: "2026-01-15T00:00:00Z"}, "the finding shows since when each is used", used)
    said = kev(h, 6, {NEW: "01-15", THIRD: "03-03", OLD: "03-04", "CVE-2026-1": "03-05"})
    story.ok(said["told_again"] == 0 and len(told(h)) == 3, "the next day's list tells nothing twice", said)
    ran = h.run(6, "finding", "accept", h.id(), "--until", "2026-04-01")
    story.ok(ran.is_sentence(77, OLD, "at most 14 days"), "what attackers use is accepted for days only", ran)
    h.must(6, "finding", "accept", h.id(), "--until", "2026-03-19")
    story.ok(h.state() == "accepted", "for so many it is")
    ran = h.run(7, "finding", "undo", h.id())
    story.ok(ran.status == 0 and h.state() == "open", "and that can be undone", ran)
    ran = h.run(7, "finding", "undo", h.id())
    story.ok(ran.is_sentence(75, "attackers use it"), "but not what a list said", ran)
    said = json.loads(h.must(8, "recall", "5", "--yes", "--json").out)
    story.ok((said["findings"], said["corrections"]) == (1, 1) and acts(h)[-1][0] == "recall", "a list that was wrong is taken back with what it told", said, acts(h))
    kev(before, 4, {NEW: "03-03"})
    json.loads(before.must(5, "recall", "2", "--yes", "--json").out)
    story.ok(named(before) == [OLD] and all(c["undone"] for c in history(before) if c["act"] == "more"),
             "and where nothing has it any more, nor is it told that it is used", history(before))


def main():
    base = Home(story, "base")
    report(base, 2, OLD, ips=("198.18.1.7", "198.18.2.9"))
    h = again(base)
    not_again(base)
    answered(base)
    reissued(base)
    recalled(base)
    anew(base)
    exploited(base)
    story.ok(is_sound(h.path) and must("-C", h.path, "audit", "verify").status == 0, "the store is sound, and its audit whole")


main()
story.end()
