"""What tell_kill.sh plays: rounds of an officer's alert to forty members, with parts of the service killed while it leaves."""
import collections
import email
import glob
import json
import os
import random
import subprocess
import time

from service_home import Node, until
from tell_home import begin, deliver_by_mail, notices

story = begin("tell_kill")
KILLS, SEED, MEMBERS = int(os.environ.get("KILLS", "10")), int(os.environ.get("SEED", "1")), 40
chance = random.Random(SEED)

n = Node(story, "home")
with open(f"{story.tmp}/many.csv", "w", encoding="ascii") as out:
    out.write("record,member,names,kind,role,mail,value\n")
    for i in range(MEMBERS):
        out.write(f"member,k{i},Member {i},hospital,,,\ncontact,k{i},,,security,soc@k{i}.example,\n")
n.must("member", "import", f"{story.tmp}/many.csv", "--yes")
deliver_by_mail(n.path, rate="10000")
# A quarter of them have a key, so that parts die while GnuPG works too: one key that names them all.
KEYED = range(0, MEMBERS, 4)
keyring = f"{story.tmp}/keys"
os.mkdir(keyring, 0o700)
GPG = ["gpg", "--homedir", keyring, "--batch", "--passphrase", "", "--pinentry-mode", "loopback"]
subprocess.run([*GPG, "--quick-gen-key", "soc@k0.example", "default", "default", "1y"], check=True, capture_output=True)
for i in KEYED[1:]:
    subprocess.run([*GPG, "--quick-add-uid", "soc@k0.example", f"soc@k{i}.example"], check=True, capture_output=True)
with open(f"{story.tmp}/key.asc", "wb") as out:
    out.write(subprocess.run([*GPG, "--armor", "--export"], check=True, capture_output=True).stdout)
n.must("key", "init")
n.must("key", "import", f"{story.tmp}/key.asc")
for i in range(len(KEYED)):
    n.must("key", "verify", str(i + 1), "--method", "call-back", "--evidence", "read out")
n.must("notice", "mode", "on")
with open(f"{story.tmp}/text.md", "w", encoding="ascii") as out:
    out.write("A word to all.\n")
n.start()
n.up()


killed, alerts = collections.Counter(), 0
while sum(killed.values()) < KILLS:
    n.must("alert", "new", "all", "--title", f"Round {alerts}", "--text", f"{story.tmp}/text.md", "--tlp", "GREEN", "--yes")
    alerts += 1
    n.must("notice", "send", *[m["id"] for m in notices(n, "--alert", str(alerts))])
    for _ in range(chance.randint(1, 4)):
        time.sleep(chance.random() * 0.4)
        role = chance.choice(["keys", "mail", "mail", "mail", None])
        if n.kill(role):
            killed[role or "all"] += 1
        if role is None:
            n.start()
    n.up()
story.ok(n.done(120), f"{sum(killed.values())} kills ({dict(killed)}), seed {SEED}: in the end nothing waits", n.status(), n.jobs()[:3], n.says()[-3:])

told = notices(n)
want = {m["id"] for m in told if m["kind"] == "alert"}
PATHS = f"{os.environ['WAKER_TEST_MAIL_ROOT']}/*/soc/new/*"
until(lambda: len(glob.glob(PATHS)) >= len(want))  # what Postfix has taken it delivers in its own time
kinds = collections.Counter()
mails = collections.defaultdict(list)  # by recipient and alert
for path in glob.glob(PATHS):
    with open(path, "rb") as mail:
        m = email.message_from_binary_file(mail)
    mails[(m["To"], m["X-Waker-Ref"])].append(m["Message-ID"])
    kinds[m.get_content_type()] += 1
story.ok(len(want) == alerts * MEMBERS and all(m["state"] == "told" for m in told), "each member is told of each", collections.Counter(m["state"] for m in told))
story.ok({ref for _, ref in mails} == want and len(mails) == len(want), "each has its mail, and no other's", len(mails), len(want))
story.ok(kinds["multipart/encrypted"] >= alerts * len(KEYED) and set(kinds) == {"multipart/encrypted", "multipart/signed"},
         "each as its member's key has it: sealed, else signed", kinds)
doubles = sum(len(ids) - 1 for ids in mails.values())
doubts = 0
for m in told:
    for line in n.must("notice", "show", m["id"], "--json").out.splitlines():
        doubts += json.loads(line).get("doubts", 0)
story.ok(doubles <= doubts, f"{doubles} came twice, of {doubts} of which the service says that it does not know", doubles, doubts)
story.ok(all(len(set(ids)) == 1 for ids in mails.values()), "under the same Message-ID")
story.ok(doubts <= sum(killed.values()), "no more are in doubt than were killed", doubts, killed)
n.stop()
story.end()
