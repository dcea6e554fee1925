"""What sts.sh plays: domains with a signed zone, and a server of HTTPS for their policies."""
import json
import os
import shutil
import subprocess
import sys

import own_network

skip = own_network.is_skipped()
from play import TREE, Ran, Story, must  # noqa: E402: it reads the arguments

story = Story("sts")
if skip:
    story.skip("a policy is fetched by HTTPS", "no namespaces, no Knot, or not root")
    story.end()
    sys.exit()
HOSTS = ["mta-sts.good.example", "mta-sts.none.example", "mta-sts.garbage.example"]
own_network.begin(story.tmp, HOSTS + ["mta-sts.gone.example"])
ZONE = """$ORIGIN example.
$TTL 60
@ SOA ns hostmaster 1 3600 600 86400 60
@ NS ns
ns A 127.0.0.1
mx A 127.0.0.1
""" + "".join(f"{d} MX 10 mx\n_mta-sts.{d} TXT \"v=STSv1; id=1;\"\n" for d in ("good", "none", "garbage", "gone"))
os.makedirs(f"{story.tmp}/zones")
with open(f"{story.tmp}/zones/example.zone", "w", encoding="ascii") as out:
    out.write(ZONE)
knot = subprocess.Popen([f"{TREE}/tests/fake/dns.sh", f"{story.tmp}/zones", "sh", "-c", 'echo "$WAKER_TEST_DNS $WAKER_TEST_DNS_ANCHORS"; exec cat'],
                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
resolver, _, anchors = knot.stdout.readline().strip().partition(" ")
PATH = "/.well-known/mta-sts.txt"
POLICY = b"version: STSv1\r\nmode: enforce\r\nmx: mx.example\r\nmax_age: 604800\r\n"
files = {PATH: POLICY}
asked = own_network.publish(story.tmp, HOSTS, files)

home = f"{story.tmp}/h"
must("init", home, "--example")
with open(f"{home}/waker.conf", "w", encoding="ascii") as out:
    out.write(f"[home]\nexample = yes\n[mail]\nsend = direct\nfrom = cert@z.example\nresolver = {resolver}\nauthorities = {story.tmp}/tls.pem\n")
os.chmod(f"{home}/waker.conf", 0o600)
shutil.copy(anchors, f"{home}/mail.anchors")


def enforced(domain):
    """By what, as `mail test` says before it reaches the server; there is none."""
    ran = Ran("-C", home, "mail", "test", "--dry-run", "--yes", "--json", f"a@{domain}", WAKER_MAIL_PORT="1")
    rows = [json.loads(line) for line in ran.out.splitlines() if line.startswith("{")]
    return next((r["says"] for r in rows if r["step"] == "route"), str(rows) + ran.err)


said = enforced("good.example")
story.ok("MTA-STS" in said and ("mta-sts.good.example", PATH) in asked, "a policy is fetched from the host of its name, and holds", said, asked)
kept = f"{home}/run/mta-sts/good.example"
story.ok(os.path.exists(kept) and "mode: enforce" in open(kept, encoding="ascii").read(), "and is kept")
before = len(asked)
said = enforced("good.example")
story.ok("MTA-STS" in said and len(asked) == before, "as long as its id is the same it is not asked for again", said, asked)
files.pop(PATH)
story.ok("MTA-STS" not in enforced("none.example") and ("mta-sts.none.example", PATH) in asked, "a domain that publishes none enforces nothing by it")
files[PATH] = b"<html>not found</html>"
story.ok("MTA-STS" not in enforced("garbage.example") and not os.path.exists(f"{home}/run/mta-sts/garbage.example"), "nor does one whose file is no policy")
story.ok("MTA-STS" not in enforced("gone.example"), "nor one whose certificate is for another name")
story.ok("MTA-STS" in enforced("good.example"), "and what was kept holds on")
knot.stdin.close()
knot.wait()
story.end()
