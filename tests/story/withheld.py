"""What withheld.sh plays: three homes, in each of which a mail would have said, or to whom, what it must not."""
import os
import subprocess

from play import feed_file
from service_home import Node, until
from tell_home import begin, box, deliver_by_mail, everything, notices, records, shown

story = begin("withheld")
NOW = "2026-03-02T12:00:00Z"


def home(name, issue, *feeds, **more):
    n = Node(story, name)
    n.now = NOW
    with open(f"{story.tmp}/{name}.csv", "w", encoding="ascii") as out:
        out.write(f"record,member,names,kind,role,mail,value\nmember,{name},Hospital,hospital,,,\ncontact,{name},,,security,soc@{name}.example,\n"
                  f"asset,{name},,prefix,,,198.18.9.0/24\n")
    assert n.run("member", "import", f"{story.tmp}/{name}.csv", "--yes").status == 0
    deliver_by_mail(n.path, **more)
    for feed, tlp in feeds:
        with open(f"{n.path}/feeds/{feed}.feed", "w", encoding="ascii") as out:
            out.write(feed_file(feed, "stream", {"what": issue}).replace("tlp = AMBER", f"tlp = {tlp}"))
    n.must("notice", "mode", "on")
    return n


def run(n, feed, ip):
    with open(f"{story.tmp}/{feed}.csv", "w", encoding="ascii") as out:
        out.write(records(("2026-03-02T11:30:00Z", ip, 443, "what")))
    n.now = NOW
    ran = n.run("feed", "run", feed, f"{story.tmp}/{feed}.csv")
    assert ran.status == 0, ran


# -- beside what it may pass on
n = home("h1", "exposed.rdp", ("lab", "AMBER"), ("red", "RED"))
run(n, "lab", "198.18.9.7")
run(n, "red", "198.18.9.8")
n.start("2026-03-10T08:00:05Z")  # when the baseline of both feeds ends
story.ok(until(lambda: len(box("soc@h1.example")) == 1), "a digest leaves", n.jobs("--all")[:5], notices(n))
words = everything(box("soc@h1.example")[0])
story.ok("198.18.9.7" in words and "198.18.9.8" not in words, "with what may be passed on, and without what is TLP:RED", words[:800])
story.ok(until(lambda: len(notices(n)) == 2 and {m["state"] for m in notices(n)} == {"told", "failed"}), "that is a notice of its own", notices(n))
left = next((m["id"] for m in notices(n) if m["state"] == "failed"), "")
_, findings, deliveries = shown(n, left)
story.ok([(f["seen"], f["state"]) for f in findings] == [("198.18.9.8 tcp/443", "open")] and [d["why"] for d in deliveries] == ["withheld"],
         "of which nobody is told before an officer calls", findings, deliveries)
story.ok(until(lambda: left in n.run("status").out), "who is asked to", n.run("status").out)
n.stop()

# -- a feed file that cannot be read
n = home("h2", "vuln.exchange", ("lab", "AMBER"))
run(n, "lab", "198.18.9.7")
with open(f"{n.path}/feeds/lab.feed", "a", encoding="ascii") as out:
    out.write("[colunms\n")
n.start("2026-03-02T12:00:10Z")
story.ok(until(lambda: any(m["state"] == "failed" for m in notices(n))), "what a feed saw whose file cannot be read any more is an officer's", notices(n), n.jobs("--all")[:3])
story.ok(box("soc@h2.example") == [] and [d["why"] for d in shown(n, notices(n)[0]["id"])[2] if d["state"] == "officer"] == ["withheld"],
         "and no mail says it", shown(n, notices(n)[0]["id"]))
n.stop()

# -- a key that is refused while its mail waits
n = home("h3", "compromised.webshell", ("lab", "AMBER"), relay="smtp://127.0.0.1:1")
os.mkdir(f"{story.tmp}/g", 0o700)
gpg = ["gpg", "--homedir", f"{story.tmp}/g", "--batch", "--passphrase", ""]
subprocess.run([*gpg, "--quick-gen-key", "soc@h3.example", "default", "default", "never"], check=True, capture_output=True)
with open(f"{story.tmp}/key.asc", "wb") as out:
    out.write(subprocess.run([*gpg, "--armor", "--export"], check=True, capture_output=True).stdout)
n.must("key", "init")
n.must("key", "import", f"{story.tmp}/key.asc")
n.must("key", "verify", "1", "--method", "first", "--evidence", "a directory")
run(n, "lab", "198.18.9.7")
n.start("2026-03-02T12:00:10Z")
first = notices(n)[0]["id"]
story.ok(until(lambda: [d["form"] for d in shown(n, first)[2]] == ["pgp"] and any(j["kind"].startswith("send") and j["tries"] > 0 for j in n.jobs())),
         "a mail waits, sealed to a contact's key", shown(n, first), n.jobs())
assert n.run("key", "refuse", "1", "--reason", "it is not theirs, they say by telephone").status == 0
story.ok(until(lambda: [d["form"] for d in shown(n, first)[2]][:1] == ["neutral"]), "when the key is refused it is written anew", shown(n, first))
n.stop()
deliver_by_mail(n.path)
n.start("2026-03-02T12:05:10Z")
story.ok(until(lambda: len(box("soc@h3.example")) == 1) and "198.18" not in everything(box("soc@h3.example")[0]), "and what leaves says nothing", n.jobs("--all")[:4])
n.stop()
story.end()
