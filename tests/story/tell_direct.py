"""What tell_direct.sh plays: a service behind its walls that asks a real Knot for the way to a real Postfix."""
import atexit
import base64
import os
import shutil
import subprocess
import sys

from play import TREE, feed_file
from service_home import Node, until
from tell_home import begin, box, deliver_by_mail, everything, notices, records, shown

story = begin("tell_direct")
PORT = os.environ["WAKER_TEST_MAIL_SMTP"]
KEY = base64.b64decode(os.environ["WAKER_TEST_MAIL_PIN"].removeprefix("sha256//")).hex()
os.makedirs(f"{story.tmp}/zones")
with open(f"{story.tmp}/zones/example.zone", "w", encoding="ascii") as out:
    out.write(f"""$ORIGIN example.
$TTL 60
@ SOA ns hostmaster 1 3600 600 86400 60
@ NS ns
ns A 127.0.0.1
member MX 10 mx.member
mx.member A 127.0.0.1
_{PORT}._tcp.mx.member TLSA 3 1 1 {KEY}
open MX 10 mx.open
mx.open A 127.0.0.1
""")
os.chmod(f"{story.tmp}/zones/example.zone", 0o644)
knot = subprocess.Popen([f"{TREE}/tests/fake/dns.sh", f"{story.tmp}/zones", "sh", "-c", 'echo "${WAKER_TEST_DNS-} ${WAKER_TEST_DNS_ANCHORS-}"; exec cat'],
                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
atexit.register(lambda: (knot.stdin.close(), knot.wait()))
resolver, _, anchors = knot.stdout.readline().strip().partition(" ")
if not resolver:
    story.skip("mail goes straight to a domain's servers", "no Knot here")
    story.end()
    sys.exit()

n = Node(story, "home")
with open(f"{story.tmp}/direct.csv", "w", encoding="ascii") as out:
    out.write("record,member,names,kind,role,mail\ncontact,m1,,,security,soc@member.example\ncontact,m2,,,security,soc@open.example\n")
n.must("member", "import", f"{story.tmp}/direct.csv", "--yes")
deliver_by_mail(n.path, send="direct", resolver=resolver)
shutil.copy(anchors, f"{n.path}/mail.anchors")
with open(f"{n.path}/feeds/lab.feed", "w", encoding="ascii") as out:
    out.write(feed_file("lab", "stream", {"exchange": "vuln.exchange"}))
n.must("notice", "mode", "on")
for name, ip in (("one", "198.18.1.7"), ("two", "198.18.2.7")):
    with open(f"{story.tmp}/{name}.csv", "w", encoding="ascii") as out:
        out.write(records(("2026-03-02T11:30:00Z", ip, 443, "exchange")))
    n.now = "2026-03-02T12:00:00Z"
    assert n.run("feed", "run", "lab", f"{story.tmp}/{name}.csv").status == 0
n.start("2026-03-02T12:00:10Z", WAKER_MAIL_PORT=PORT)
story.ok(until(lambda: len(box("soc@member.example")) == 1), "a server that its zone holds to TLS gets the details", n.jobs("--all"), n.says()[-4:])
story.ok("198.18.1.7" in everything(box("soc@member.example")[0]), "all of them")
story.ok(until(lambda: len(box("soc@open.example")) == 1), "one that nothing holds to it gets a mail, too", n.jobs("--all"), n.says()[-4:])
story.ok(not any(w in everything(box("soc@open.example")[0]) for w in ("198.18", "xchange", "ritical", "443")), "without any", everything(box("soc@open.example")[0]))
of = {m["member"]: shown(n, m["id"]) for m in notices(n)}
story.ok(of["m1"][0]["state"] == "told" and [(d["form"], d["state"]) for d in of["m1"][2]] == [("tls", "arrived")], "which is told", of["m1"])
story.ok(of["m2"][0]["state"] == "failed" and [(d["form"], d["state"]) for d in of["m2"][2]] == [("neutral", "arrived")] and of["m2"][1][0]["state"] == "open",
         "and which is not, but asked of an officer", of["m2"])
story.ok([s["walls"] for s in n.says() if s["role"] == "mail" and s["says"] == "begins"] == ["files, calls"], "from behind its walls", [s for s in n.says() if s["role"] == "mail"][:1])
n.stop()
story.end()
