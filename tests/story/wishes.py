"""What wishes.sh plays: three members of whom two asked for something and one has suppliers, at the moments that count."""
import json
import os

from play import feed_file
from service_home import Node, until
from tell_home import begin, box, deliver_by_mail, everything, notices, records, shown

story = begin("wishes")
ISSUES = {"rdp": "exposed.rdp", "exchange": "vuln.exchange", "ftp": "exposed.ftp"}
ROSTER = """record,member,names,kind,language,role,mail,wishes,order,value
member,m1,First,hospital,en,,,,,
member,m2,Second,hospital,en,,,,,
member,m3,Third,hospital,en,,,,,
member,m4,Fourth,hospital,en,,,,,
asset,m4,,prefix,,,,,,198.18.4.0/24
asset,m1,,prefix,,,,,,198.18.1.0/24
asset,m2,,prefix,,,,,,198.18.2.0/24
asset,m3,,prefix,,,,,,198.18.3.0/24
contact,m1,,,en,security,soc@m1.example,hours 14:00-16:00; days mon-fri; least high; zone CET,1,
contact,m2,,,en,security,soc@m2.example,digest weekly thu; kinds digest,1,
contact,m2,,,en,technical,also@m2.example,also,2,
contact,m3,,,en,security,soc@m3.example,ask for Jan,1,
contact,m3,,,en,supplier,rdp@s.example,mandate issue:exposed.* asset:198.18.3.0/28 until:2026-12-31,2,
contact,m3,,,en,supplier,old@s.example,mandate all until:2026-03-01,3,
contact,m3,,,en,supplier,none@s.example,,4,
contact,m4,,,en,security,unknown@m4.example,,1,
contact,m4,,,en,supplier,all@s.example,mandate all until:2026-12-31,2,
"""
os.environ["WAKER_NOW"] = "2026-03-02T10:00:00Z"  # since then all is known
n = Node(story, "home")
with open(f"{story.tmp}/wishes.csv", "w", encoding="ascii") as out:
    out.write(ROSTER)
n.must("member", "import", f"{story.tmp}/wishes.csv", "--yes")
said = n.run("contact", "show", "m1", "soc@m1.example")
story.ok("its wish is followed: hours 14:00-16:00" in said.err + said.out and "its wish is followed: least high" in said.err + said.out, "what a contact asked for is said of it", said)
said = n.run("contact", "change", "m1", "soc@m1.example", "--wishes", "hours 14-26")
story.ok(said.status == 0 and "is not followed: it is written" in said.err, "and so is a wish that nobody can follow", said)
n.must("contact", "change", "m1", "soc@m1.example", "--wishes", "hours 14:00-16:00; days mon-fri; least high; zone CET")
deliver_by_mail(n.path)
with open(f"{n.path}/feeds/lab.feed", "w", encoding="ascii") as out:
    out.write(feed_file("lab", "stream", ISSUES))
n.must("notice", "mode", "on")
ALL = ("soc@m1.example", "soc@m2.example", "also@m2.example", "soc@m3.example", "rdp@s.example", "old@s.example", "none@s.example")


def boxes():
    return [len(box(a)) for a in ALL]


def at(moment, true):
    """The service lives at this moment until it is so."""
    n.start(moment)
    good = until(true, 30)
    n.done()
    n.stop()
    return good


def feed(moment, *rows):
    n.now = moment
    with open(f"{story.tmp}/{moment}.csv", "w", encoding="ascii") as out:
        out.write(records(*rows))
    ran = n.run("feed", "run", "lab", f"{story.tmp}/{moment}.csv")
    assert ran.status == 0, ran


def planned(member):
    return [(p["due"], p["timing"]) for p in map(json.loads, n.run("notice", "plan", "--of", member, "--json").out.splitlines())]


def preview(*words):
    return {p["to"]: p for p in map(json.loads, n.run("notice", "preview", *words, "--json").out.splitlines())}


# -- what is critical waits for no hour
feed("2026-03-02T18:00:00Z", ("2026-03-02T17:30:00Z", "198.18.1.7", 443, "exchange"), ("2026-03-02T17:30:00Z", "198.18.2.7", 443, "exchange"))
story.ok(at("2026-03-02T18:00:10Z", lambda: boxes() == [1, 1, 1, 0, 0, 0, 0]), "what is critical comes at once, whatever was asked", boxes(), notices(n))
for f in map(json.loads, n.run("finding", "list", "--json").out.splitlines()):
    assert n.run("finding", "close", f["id"], "--reason", "done").status == 0

# -- when
feed("2026-03-02T19:00:00Z", *((("2026-03-02T18:30:00Z", f"198.18.{m}.{host}", port, what)) for m in (1, 2, 3, 4) for host, port, what in
                               ((9, 3389, "rdp"), (10, 21, "ftp"), (99, 3389, "rdp"))))
story.ok(planned("m1") == [("2026-03-10T13:00:00Z", "wish")] * 3, "a digest is planned in the hours that were asked for", planned("m1"))
story.ok(planned("m2") == [("2026-03-12T08:00:00Z", "wish")] * 3, "or on the day of the week", planned("m2"))
story.ok({t for _, t in planned("m3")} == {"baseline-feed"}, "and who asked for nothing has it when it goes to all", planned("m3"))
mail = preview("--of", "m1")["soc@m1.example"]
story.ok(mail["wishes"] == ["hours 14:00-16:00", "days mon-fri", "zone CET", "least high"] and mail["left_out"] == 1 and mail["goes"] == "2026-03-10T13:00:00Z",
         "a preview says which wishes were applied, when it goes and how much is left out", mail["wishes"], mail["left_out"], mail["goes"])
mail = preview("--of", "m2")["soc@m2.example"]
story.ok(mail["wishes"] == ["digest weekly thu"] and mail["goes"] == "2026-03-12T08:00:00Z", "a day of the week is when it goes, too", mail["wishes"], mail["goes"])
n.must("contact", "change", "m3", "soc@m3.example", "--wishes", "least critical")
mail, said = preview("--of", "m3")["soc@m3.example"], n.run("notice", "preview", "--of", "m3", "--table")
story.ok(mail["text"] is None and mail["subject"] is None and mail["left_out"] == 3 and mail["wishes"] == ["least critical"] and
         "soc@m3.example gets nothing of it: it wishes not to hear of this" in said.err, "of what is left out whole there is no mail, and why is said", mail, said)
n.must("contact", "change", "m3", "soc@m3.example", "--wishes", "")
mails = preview("--of", "m3")
story.ok(mails["rdp@s.example"]["wishes"] == ["mandate issue:exposed.* asset:198.18.3.0/28 until:2026-12-31"] and mails["soc@m3.example"]["wishes"] == [] and
         sorted(mails) == ["rdp@s.example", "soc@m3.example"], "and by which mandate a supplier is told", mails)

before = boxes()
assert before == [1, 1, 1, 0, 0, 0, 0], before
story.ok(at("2026-03-10T08:00:10Z", lambda: boxes() == [1, 1, 1, 1, 1, 0, 0]), "the digest of all goes to who asked for nothing, and to a supplier with a mandate", boxes())
theirs = everything(box("rdp@s.example")[0])
story.ok("198.18.3.9" in theirs and "198.18.3.10" in theirs and "198.18.3.99" not in theirs, "who hears of what its mandate holds alone", theirs[:3000])
story.ok("supplier, by a mandate" in theirs and "198.18.3.99" in everything(box("soc@m3.example")[0]), "and why, beside the member's own", theirs[-1500:])
fourth = notices(n, "--of", "m4")[0]
story.ok(len(box("all@s.example")) == 1 and fourth["state"] == "failed" and {f["state"] for f in shown(n, fourth["id"])[1]} == {"open"} and
         f"{fourth['id']} (m4, digest) reached nobody" in n.run("status").out,
         "where the member's own cannot be reached, its supplier's mail tells it nothing: an officer calls", fourth, shown(n, fourth["id"]))
story.ok(at("2026-03-10T13:00:10Z", lambda: boxes() == [2, 1, 1, 1, 1, 0, 0]), "in its hours comes the digest of who asked for them", boxes())
first = everything(box("soc@m1.example")[1])
story.ok("3389" in first and "198.18.1.10" not in first, "without what is below what was asked for", first[:2000])
story.ok(at("2026-03-12T08:00:10Z", lambda: boxes() == [2, 2, 2, 1, 1, 0, 0]), "and on the day of the week that of another", boxes())
number = notices(n, "--of", "m1")[0]["id"]
states = {f["seen"]: f["state"] for f in shown(n, number)[1]}
story.ok(states == {"198.18.1.9 tcp/3389": "told", "198.18.1.99 tcp/3389": "told", "198.18.1.10 tcp/21": "open"}, "what was left out is told by nothing", states)

# -- what is over
for f in map(json.loads, n.run("finding", "list", "--json").out.splitlines()):
    n.now = "2026-03-12T10:00:00Z"
    n.run("finding", "close", f["id"], "--reason", "done")
story.ok(at("2026-03-13T08:00:10Z", lambda: boxes() == [2, 2, 3, 2, 2, 0, 0]), "that it is over is not said to who asked not to hear that", boxes())
story.ok([d["state"] for d in shown(n, notices(n, "--of", "m2")[0]["id"])[2]] == ["cancelled", "arrived"], "and why is kept", shown(n, notices(n, "--of", "m2")[0]["id"]))
story.ok(at("2026-03-13T13:00:10Z", lambda: boxes() == [3, 2, 3, 2, 2, 0, 0]), "and to who has hours it is said in them", boxes())
story.ok(not any("198.18.1.10" in everything(m) for m in box("soc@m1.example")), "of what was told alone")
story.end()
