"""What statement.sh plays: three members, of whom one was told of something in the week, at the moments that count."""
import json
import os

from play import feed_file
from service_home import Node, until
from tell_home import begin, box, deliver_by_mail, notices, part, records

story = begin("statement")
ROSTER = "record,member,names,kind,language,role,mail,order,value\n" + "".join(
    f"member,m{i},Member {i},hospital,{'nl' if i == 2 else 'en'},,,,\nasset,m{i},,prefix,,,,,198.18.{i}.0/24\n"
    f"contact,m{i},,,{'nl' if i == 2 else 'en'},security,soc@m{i}.example,1,\n" for i in (1, 2))
os.environ["WAKER_NOW"] = "2026-03-02T10:00:00Z"  # a Monday
n = Node(story, "home")
with open(f"{story.tmp}/statement.csv", "w", encoding="ascii") as out:
    out.write(ROSTER)
n.must("member", "import", f"{story.tmp}/statement.csv", "--yes")
deliver_by_mail(n.path, statement="yes")
with open(f"{n.path}/feeds/lab.feed", "w", encoding="ascii") as out:
    out.write(feed_file("lab", "stream", {"exchange": "vuln.exchange"}))
n.must("notice", "mode", "on")
n.now = "2026-03-04T10:00:00Z"
with open(f"{story.tmp}/one.csv", "w", encoding="ascii") as out:
    out.write(records(("2026-03-04T09:00:00Z", "198.18.1.7", 443, "exchange")))
ran = n.run("feed", "run", "lab", f"{story.tmp}/one.csv")
assert ran.status == 0, ran


def at(moment, true=lambda: True):
    n.start(moment)
    good = until(true, 30)
    n.done()
    n.stop()
    return good


def statements(member):
    return [m for m in box(f"soc@{member}.example") if "tatement" in m["Subject"] or "Weekoverzicht" in m["Subject"]]


at("2026-03-04T10:00:10Z", lambda: box("soc@m1.example"))
told = notices(n)[0]["id"]
at("2026-03-08T20:00:00Z")
story.ok(not statements("m1") and not statements("m2"), "the week is not over")
at("2026-03-09T07:30:00Z")
story.ok(not statements("m1"), "and on Monday it waits for the hour of digests", [m["Subject"] for m in box("soc@m1.example")])
good = at("2026-03-09T08:05:00Z", lambda: statements("m1") and statements("m2"))
story.ok(good and "Statement 10: 2 messages" in statements("m1")[0]["Subject"], "on Monday a member hears of its week", [m["Subject"] for m in box("soc@m1.example")])
text = part(statements("m1")[0], "text/plain")
story.ok(told in text and "critical warning" in text and "198.18" not in text, "which messages went to it, by their numbers alone", text)
story.ok("Feeds that we read: 1;" in text.replace("\n", " ") and "Open now: 1" in text.replace("\n", " "), "what was read, and what is open", text)
dutch = part(statements("m2")[0], "text/plain").replace("\n", " ")
story.ok("Weekoverzicht 10: 0 berichten" in statements("m2")[0]["Subject"] and "stuurden wij u niets" in dutch and "U was gedekt" in dutch and told not in dutch,
         "and who was told nothing hears that it was covered", dutch)
at("2026-03-09T12:00:00Z")
at("2026-03-13T12:00:00Z")
story.ok(len(statements("m1")) == 1 and len(statements("m2")) == 1, "each week once", [x["kind"] for x in notices(n)])
at("2026-03-16T08:30:00Z", lambda: len(statements("m1")) == 2)
story.ok("Statement 11" in statements("m1")[1]["Subject"], "and the next week's comes", [m["Subject"] for m in box("soc@m1.example")])
story.ok(all("reached nobody" not in x for x in [n.run("status").out]), "nobody is to be called for it")
shown = [json.loads(line) for line in n.must("notice", "list", "--json").out.splitlines()]
story.ok({x["state"] for x in shown if x["kind"] == "statement"} == {"told"}, "they are messages like others", shown)
story.end()
