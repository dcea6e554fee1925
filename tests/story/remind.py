"""What remind.sh plays: the days after two critical findings, with a service that is started at each moment on which something is due."""
import os

from play import feed_file
from service_home import Node, until
from tell_home import begin, box, deliver_by_mail, everything, notices, part, records, shown

story = begin("remind")
n = Node(story, "home")
with open(f"{story.tmp}/remind.csv", "w", encoding="ascii") as out:
    out.write("record,member,names,kind,language,role,mail,order\ncontact,m1,,,nl,security,soc@m1.example,1\ncontact,m1,,,en,technical,next@m1.example,2\n"
              "contact,m2,,,en,security,soc@m2.example,1\n")
n.must("member", "import", f"{story.tmp}/remind.csv", "--yes")
deliver_by_mail(n.path)
with open(f"{n.path}/feeds/lab.feed", "w", encoding="ascii") as out:
    out.write(feed_file("lab", "stream", {"exchange": "vuln.exchange"}))
n.must("notice", "mode", "on")


def at(moment, true):
    """The service lives at this moment until it is so."""
    n.start(moment)
    good = until(true)
    n.done()
    n.stop()
    return good


def feed(moment, *rows):
    n.now = moment
    with open(f"{story.tmp}/{moment}.csv", "w", encoding="ascii") as out:
        out.write(records(*rows))
    ran = n.run("feed", "run", "lab", f"{story.tmp}/{moment}.csv")
    assert ran.status == 0, ran


def boxes():
    return [len(box(a)) for a in ("soc@m1.example", "next@m1.example", "soc@m2.example")]


feed("2026-03-02T12:00:00Z", ("2026-03-02T11:30:00Z", "198.18.1.7", 443, "exchange"))
story.ok(at("2026-03-02T12:00:10Z", lambda: boxes() == [1, 0, 0]), "a critical finding is told", boxes(), n.jobs("--all"))
first = box("soc@m1.example")[0]
story.ok(at("2026-03-03T11:59:00Z", lambda: n.status()["running"]) and boxes() == [1, 0, 0], "within a day nobody is asked again", boxes())
story.ok(at("2026-03-03T12:15:00Z", lambda: boxes() == [2, 0, 0]), "after a day without an answer its contact is asked again", boxes(), notices(n))
again = box("soc@m1.example")[1]
story.ok("Herinnering 1: nog geen antwoord" in again["Subject"] and "HERINNERING 1 – 1 waarschuwing heeft nog geen antwoord, 1 dag open" in part(again, "text/plain"),
         "in words of a reminder", again["Subject"], part(again, "text/plain")[:300])
story.ok(again["In-Reply-To"] == first["Message-ID"] and first["Message-ID"] in again["References"], "in the thread of the first", again.items())
story.ok(at("2026-03-04T12:30:00Z", lambda: boxes() == [3, 1, 0]), "after another the next contact is asked too", boxes())
told_next = box("next@m1.example")[0]
story.ok("Reminder 2" in told_next["Subject"] and "first one did not answer" in part(told_next, "text/html"), "and hears why", told_next["Subject"])
story.ok(at("2026-03-05T12:45:00Z", lambda: "nobody answers N-" in n.run("status").out) and boxes() == [3, 1, 0], "then an officer calls", boxes(), n.run("status").out)
call = notices(n)[0]
story.ok(call["state"] == "failed" and [(d["channel"], d["why"]) for d in shown(n, call["id"])[2]] == [("phone", "silent")], "who sees why", shown(n, call["id"]))
n.now = "2026-03-05T12:50:00Z"
finding = shown(n, call["id"])[1][0]["finding"]
assert n.run("notice", "told", call["id"], "--reason", "spoke to their officer").status == 0
story.ok("nobody answers" not in n.run("status").out, "and says that he did", n.run("status").out)

assert n.run("finding", "close", finding, "--reason", "they took it off the net").status == 0
story.ok(at("2026-03-05T13:30:00Z", lambda: n.status()["running"]) and boxes() == [3, 1, 0], "that it is over waits for the next digest", boxes())
story.ok(at("2026-03-06T08:01:00Z", lambda: boxes() == [4, 1, 0]), "and is said with it", boxes(), notices(n)[:2])
closed = box("soc@m1.example")[3]
story.ok("Gesloten" in closed["Subject"] and "U hoeft niets te doen" in part(closed, "text/plain") and "beantwoord deze mail" not in part(closed, "text/plain"),
         "with nothing that is to be done", part(closed, "text/plain")[:400])
story.ok(at("2026-03-09T08:01:00Z", lambda: n.status()["running"]) and boxes() == [4, 1, 0], "once", boxes())

feed("2026-03-09T10:00:00Z", ("2026-03-09T09:30:00Z", "198.18.2.7", 443, "exchange"))
story.ok(at("2026-03-09T10:00:10Z", lambda: boxes() == [4, 1, 1]), "another member is told of another", boxes())
n.now = "2026-03-09T10:30:00Z"
ran = n.run("recall", "--of", "m2", "--yes", "--reason", "the publisher was wrong")
assert ran.status == 0, ran
story.ok(at("2026-03-09T10:31:00Z", lambda: boxes() == [4, 1, 2]), "what was wrong is said at once", boxes(), notices(n)[:2])
wrong = box("soc@m2.example")[1]
story.ok("Correction: our warning was wrong" in wrong["Subject"] and "we are sorry" in part(wrong, "text/html"), "as a correction", wrong["Subject"])
story.ok(at("2026-03-10T10:31:00Z", lambda: n.status()["running"]) and boxes() == [4, 1, 2], "once, and nobody is reminded of it", boxes())
story.ok(not any("198.18.1" in everything(m) for m in box("soc@m2.example")), "and no mail has another's")
story.end()
