"""What flood.sh plays: thirty members of 64 addresses each, a service whose mail goes to real mailboxes, and a list that somebody made of all that there is."""
import json
import os
import signal
import time

from play import feed_file
from service_home import Node, until
from tell_home import begin, box, deliver_by_mail, everything, notices, records

story = begin("flood")
MEMBERS, HOSTS = range(1, 31), range(64)
os.environ["WAKER_NOW"] = "2026-03-02T08:00:00Z"  # since then all is known
n = Node(story, "home")
with open(f"{story.tmp}/flood.csv", "w", encoding="ascii") as out:
    out.write("record,member,names,kind,language,role,mail,order,value\n")
    for m in MEMBERS:
        out.write(f"member,m{m},Hospital {m},hospital,en,,,,\ncontact,m{m},,,en,security,soc@m{m}.example,1,\nasset,m{m},,prefix,,,,,198.18.{m}.0/26\n")
n.must("member", "import", f"{story.tmp}/flood.csv", "--yes")
deliver_by_mail(n.path, rate="600")
for feed in "false", "true":
    with open(f"{n.path}/feeds/{feed}.feed", "w", encoding="ascii") as out:
        out.write(feed_file(feed, "stream", {"exchange": "vuln.exchange", "docker": "exposed.docker", "rdp": "exposed.rdp"}))
    os.makedirs(f"{n.path}/inbox/{feed}")
n.must("notice", "mode", "on")


def boxes():
    return {m: len(box(f"soc@m{m}.example")) for m in MEMBERS if box(f"soc@m{m}.example")}


def everybody(moment, what="exchange"):
    return records(*((moment, f"198.18.{m}.{host}", 443, what) for m in MEMBERS for host in HOSTS))


def breakers():
    """After another look of the clock at what is wrong."""
    os.kill(n.roles()["clock"], signal.SIGHUP)
    time.sleep(0.2)
    return [c for c in map(json.loads, n.run("condition", "list", "--all", "--json").out.splitlines()) if c["kind"] == "breaker"]


# -- the flood
n.start("2026-03-02T12:00:00Z")
story.ok(n.up(), "the service runs with the roles that write and send", n.says()[-3:])
n.drop("false", "one.csv", everybody("2026-03-02T11:30:00Z"))
story.ok(until(lambda: len(n.run("finding", "list", "--json").out.splitlines()) == len(MEMBERS) * len(HOSTS)) and n.done(),
         f"a false list of {len(MEMBERS) * len(HOSTS)} addresses of {len(MEMBERS)} members is read", n.jobs("--all")[:3])
story.ok(until(lambda: len(breakers()) == 1) and "1 issue would tell too many at once, and waits" in n.run("status").out, "and calls the officer", n.run("status").out)
n.drop("false", "two.csv", everybody("2026-03-02T11:45:00Z") + "2026-03-02T11:46:00Z,198.18.1.1,,,444,tcp,exchange\n")
story.ok(until(lambda: len(n.run("batch", "list", "--json").out.splitlines()) == 2) and n.done(), "it comes again", n.jobs("--all")[:3])
held = [p["state"] for p in map(json.loads, n.run("notice", "plan", "--json").out.splitlines())]
story.ok(set(held) == {"held"} and len(held) >= len(MEMBERS) * len(HOSTS), "all of it is held", len(held), set(held))
story.ok(len(breakers()) == 1, "and the officer is called once", breakers())
story.ok(boxes() == {} and notices(n) == [], "nobody has a mail", boxes())

# -- what is true meanwhile
n.drop("true", "one.csv", records(("2026-03-02T11:50:00Z", "198.18.7.7", 2375, "docker")))
story.ok(until(lambda: boxes() == {7: 1}), "what is true of one is told meanwhile", boxes(), notices(n))

# -- what the officer does
n.now = None
n.must("notice", "discard", "vuln.exchange", "--reason", "it lists all that there is")
story.ok(until(lambda: not [c for c in breakers() if not c.get("cleared")]), "he lets it go, and it is over", breakers())
n.stop()
n.start("2026-03-12T08:00:10Z")
story.ok(n.up() and n.done() and set(boxes()) == {7} and not any("vuln.exchange" in everything(m) for m in box("soc@m7.example")),
         "nobody ever hears of it, with the next digests either", boxes())

# -- a digest for all, and what cannot wait for it
n.stop()
os.environ["WAKER_NOW"] = "2026-03-12T12:00:00Z"
with open(f"{story.tmp}/rdp.csv", "w", encoding="ascii") as out:
    out.write(everybody("2026-03-12T11:30:00Z", "rdp"))
n.now = "2026-03-12T12:00:00Z"
ran = n.run("feed", "run", "true", f"{story.tmp}/rdp.csv")
assert ran.status == 0, ran
n.must("notice", "stop", "--reason", "to see what goes first")
n.start("2026-03-13T08:00:10Z")
story.ok(until(lambda: len([m for m in notices(n) if m["kind"] == "digest"]) == len(MEMBERS)), "a digest is made for each", notices(n))
n.drop("true", "three.csv", records(("2026-03-13T07:30:00Z", "198.18.9.9", 2375, "docker")))
story.ok(until(lambda: [m["kind"] for m in notices(n, "--of", "m9")] == ["critical", "digest"]), "and then something that cannot wait", notices(n, "--of", "m9"))
assert n.run("notice", "resume").status == 0
story.ok(until(lambda: set(boxes()) == set(MEMBERS) and boxes()[9] == 2), "all of it arrives when sending goes on", boxes())
n.stop()
sent = sorted((j for j in n.jobs("--all") if j["kind"].startswith("send") and j["ended"] and j["ended"] >= "2026-03-13"), key=lambda j: j["ended"])
story.ok(sent[0]["kind"] == "send-first", "what cannot wait goes before the digests that were made before it", [(j["kind"], j["ended"]) for j in sent[:5]])
story.end()
