"""What check.sh plays: a home that lacks nothing, and then each fault made for real."""
import json
import os
import re
import shutil
import sqlite3
import subprocess
import time
from datetime import datetime, timedelta

from play import EXAMPLES, WAKER, Ran, Story, copy, feed_file, must

story = Story("check")
base = f"{story.tmp}/base"
feeds = f"{story.tmp}/feeds"
WORDS = ["configuration", "permissions", "key", "disk", "store", "clock", "roles", "feeds", "credentials", "certificates", "dns", "mail", "openpgp", "advice", "retention", "duty"]


def rows(home, *options, **env):
    """(the run, its rows); each has the four members, and a remedy where it is not ok."""
    ran = Ran("-C", home, "check", "--json", *options, **env)
    found = [json.loads(line) for line in ran.out.splitlines()]
    shaped = all(list(r) == ["what", "state", "says", "remedy"] and r["says"] and r["state"] in ("ok", "warning", "wrong") and
                 bool(r["remedy"]) == (r["state"] != "ok") for r in found)
    complete = list(dict.fromkeys(r["what"] for r in found)) == WORDS
    status = 7 if any(r["state"] != "ok" for r in found) else 0
    return ran, found if shaped and complete and ran.status == status else []


def of_machine():
    """What this machine lacks, which is no fault of the home's."""
    room = os.statvfs(story.tmp)
    lacks = set()
    if room.f_bavail < room.f_blocks / 9 or room.f_bavail * room.f_frsize < 1 << 31 or room.f_favail < room.f_files / 9:
        lacks.add("disk")
    if not os.path.isdir("/etc/ssl/certs") or not os.listdir("/etc/ssl/certs"):
        lacks.add("certificates")
    return lacks


def faults(found):
    return [(r["what"], r["state"]) for r in found if r["state"] != "ok" and r["what"] not in of_machine()]


def has(sentence, home, what, state, says, remedy, *options, beside=(), **env):
    """This fault is named, and none but it (and those of the checks in `beside`)."""
    ran, found = rows(home, *(options or ("--offline",)), **env)
    there = [r for r in found if r["what"] == what and r["state"] == state and says in r["says"] and remedy in r["remedy"]]
    others = [f for f in faults(found) if f[0] != what and f[0] not in beside]
    story.ok(ran.status == 7 and there and not others, sentence, ran, f"wanted {what} {state}: {says} -> {remedy}", *others)


def lacks_nothing(sentence, home, *options, **env):
    ran, found = rows(home, *(options or ("--offline",)), **env)
    story.ok(found and not faults(found), sentence, ran)


def write(path, text, mode=0o600):
    with open(path, "w", encoding="utf-8") as out:
        out.write(text)
    os.chmod(path, mode)


def reached(home):
    """As if each officer had taken a page."""
    with sqlite3.connect(f"{home}/waker.db") as store:
        store.execute("UPDATE officer_channel SET tested = 1")


# -- a home that lacks nothing
must("init", "--example", base)
has("a fresh home still has the officers' key in it, and nothing else is wrong", base, "key", "warning", "archive.key still lies in the home",
    "move it off this machine")
shutil.move(f"{base}/archive.key", f"{story.tmp}/archive.key")
lacks_nothing("without it a fresh home lacks nothing", base)
ran = Ran("-C", base, "check", "--offline")
story.ok(ran.out.splitlines()[0] == "#what\tstate\tsays\tremedy" and len(ran.out.splitlines()) == 1 + len(WORDS), "behind a pipe there are stable columns", ran)
story.ok(Ran("-C", f"{story.tmp}/none", "check").is_sentence(66, "is no home"), "what is no home is told so")

# -- permissions
home = copy(base, f"{story.tmp}/home")
write(f"{home}/credentials/other", "token = x\n", 0o644)
has("a secret that others may read", home, "permissions", "wrong", "credentials/other has mode 0644", f"chmod 600 {home}/credentials/other")
os.chmod(f"{home}/credentials/other", 0o600)
lacks_nothing("is one no more when its remedy was typed", home)
os.chmod(home, 0o755)
os.chmod(f"{home}/waker.conf", 0o640)
has("a home that others may enter", home, "permissions", "wrong", f"{home} has mode 0755", f"chmod 700 {home}")
has("and beside it a configuration that they may read", home, "permissions", "wrong", "waker.conf has mode 0640", "chmod 600")
os.chmod(f"{home}/waker.conf", 0o600)
os.chmod(home, 0o700)
os.rmdir(f"{home}/inbox")
has("a folder that is not there", home, "permissions", "wrong", "inbox is not there", f"mkdir -m 700 {home}/inbox")
os.mkdir(f"{home}/inbox", 0o500)
if os.geteuid() == 0:
    os.chmod(f"{home}/inbox", 0o700)
    os.chown(f"{home}/waker.conf", 1, 1)
    has("a file of somebody else's", home, "permissions", "wrong", "belongs to user 1, and this is user 0", "run waker as its owner")
    os.chown(f"{home}/waker.conf", 0, 0)
else:
    has("a folder that cannot be written to", home, "permissions", "wrong", "inbox: no file can be made in it", "chmod u+rwx")
    os.chmod(f"{home}/inbox", 0o700)

# -- the key
os.remove(f"{home}/archive.pub")
has("a lost public key", home, "key", "wrong", "archive.pub is not there", "put it back from a backup")
shutil.copy(f"{story.tmp}/archive.key", home)
has("while its secret half is there, is made of it", home, "key", "wrong", "archive.pub is not there", f"`waker init {home}`")
must("init", home)
os.remove(f"{home}/archive.key")
lacks_nothing("as the remedy says", home)
with open(f"{home}/archive.pub", encoding="utf-8") as a, open(f"{base}/archive.pub", encoding="utf-8") as b:
    story.ok(a.read() == b.read(), "and is the same")
write(f"{home}/archive.pub", "public = nothing\n")
has("a public key that is none", home, "key", "wrong", "archive.pub", "from a backup")

# -- the store
home = copy(base, f"{story.tmp}/home")
store = sqlite3.connect(f"{home}/waker.db")
with store:
    newest = store.execute("SELECT max(version) FROM schema_version").fetchone()[0]
    store.execute("INSERT INTO schema_version VALUES (?, 'of_later', 0)", (newest + 1,))
has("a store of a newer waker", home, "store", "wrong", f"it has schema {newest + 1}, and this program knows {newest}", "install a newer waker")
with store:
    store.execute("DELETE FROM schema_version WHERE version >= ?", (newest,))
has("a store of an older one", home, "store", "warning", f"it has schema {newest - 1}", "`waker store migrate`")
store.close()
os.remove(f"{home}/waker.db")
has("a store that is not there", home, "store", "wrong", "waker.db is not there", "backup")
write(f"{home}/waker.db", "this is no store" * 1000)
has("a file that is no store", home, "store", "wrong", "waker.db", "backup")
write(f"{home}/waker.db", "")
has("an empty one", home, "store", "wrong", "", "backup")
home = copy(base, f"{story.tmp}/home")
with sqlite3.connect(f"{home}/waker.db") as store:
    page = store.execute("PRAGMA page_size").fetchone()[0]
    root = store.execute("SELECT rootpage FROM sqlite_master WHERE name = 'audit'").fetchone()[0]
    store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
store.close()
with open(f"{home}/waker.db", "r+b") as out:
    out.seek((root - 1) * page + 1)
    out.write(b"\xff" * 64)
has("a store with a page that is damaged", home, "store", "wrong", "", "backup")

# -- the clock
home = copy(base, f"{story.tmp}/home")
must("-C", home, "feed", "disable", "cisa-kev", WAKER_NOW="2026-03-09T12:00:00Z")
has("a clock behind the newest row of the store", home, "clock", "wrong", "says 2026-03-02T12:00:00Z, and the newest row of the store is of 2026-03-09",
    "set the clock")
lacks_nothing("but not by some seconds, which two nodes may differ", home, WAKER_NOW="2026-03-09T11:59:30Z")
has("a clock from before this program", home, "clock", "wrong", "says 1970-01-01", "set the clock", WAKER_NOW="1970-01-01T00:00:09Z")
real = f"{story.tmp}/real"
env = {k: v for k, v in os.environ.items() if k != "WAKER_NOW"}
subprocess.run([WAKER, "init", real], env=env, check=True, capture_output=True)
got = subprocess.run([WAKER, "-C", real, "check", "--offline", "--json"], env=env, check=False, capture_output=True, text=True).stdout
clock = [r for r in map(json.loads, got.splitlines()) if r["what"] == "clock"]
story.ok(len(clock) == 1 and (clock[0]["state"], "synchronised" in clock[0]["says"], "NTP client" in clock[0]["remedy"]) in
         (("ok", True, False), ("warning", False, True)), "of a real home's clock it is said whether the kernel holds it", got)

# -- the roles
alone = f"{story.tmp}/alone"
os.makedirs(f"{alone}/src/waker")
shutil.copy(WAKER, alone)
for part in "fetch", "post", "clock", "gather", "watch", "metrics", "keys", "mail", "hear", "page", "web":
    shutil.copy(os.path.join(os.path.dirname(WAKER), "src/waker", part), f"{alone}/src/waker")


def roles():
    ran = subprocess.run([f"{alone}/waker", "-C", base, "check", "--offline", "--json"], check=False, capture_output=True, text=True)
    return {r["what"]: r for r in map(json.loads, ran.stdout.splitlines())}


story.ok(roles()["roles"]["state"] == "ok", "the program that fetches is found beside waker", roles())
os.chmod(f"{alone}/src/waker/fetch", 0o644)
found = roles()
if found["roles"]["state"] == "ok":
    story.skip("without it", "one is installed")
else:
    story.ok(found["roles"]["state"] == "wrong" and "install waker anew" in found["roles"]["remedy"] and found["certificates"]["state"] == "warning",
             "what cannot be started is named, and that it could not say where its certificates are", found)
os.remove(f"{alone}/src/waker/fetch")
write(f"{alone}/src/waker/fetch", "#!/bin/sh\nexit 3\n", 0o755)
found = roles()
story.ok(found["roles"]["state"] == "wrong" and "status 3" in found["roles"]["says"], "so is a program that ends at once", found)

# -- keys to sign and seal with
home = copy(base, f"{story.tmp}/home")
must("-C", home, "member", "import", f"{EXAMPLES}/roster.json", "--yes")
ran, found = rows(home, "--offline")
mine = [r["says"] for r in found if r["what"] == "openpgp"]
story.ok(len(mine) == 1 and "the team has no key, and mails nothing; 12 of 12 addresses of contacts have no key" in mine[0], "how many contacts no key reaches is a note", ran)
with open(f"{home}/waker.conf", encoding="utf-8") as conf:
    text = conf.read()
write(f"{home}/waker.conf", text.replace("send = off", "send = direct").replace("from = none", "from = cert@z.example"))
must("-C", home, "officer", "add", "j.doe", "mail:doe@z.example")
reached(home)
has("a team that mails and has no key", home, "openpgp", "warning", "the team has no key: mail is not signed", "`waker key init`", beside=("mail",))
made = {"WAKER_NOW": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())}  # GnuPG's clock is the machine's
team = json.loads(must("-C", home, "key", "init", "--json", **made).out)
end = datetime.fromisoformat(team["expires"][:-1])


def before_its_end(days):
    return {"WAKER_NOW": (end - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")}


lacks_nothing("with one it lacks nothing", home, **made)
has("a key that ends soon", home, "openpgp", "warning", f"the team's key ends on {team['expires'][:10]}", f"`waker key year {end.year + 1} plan`", **before_its_end(29))
lacks_nothing("but not earlier", home, **before_its_end(31))
has("a key that ended", home, "openpgp", "wrong", f"the team's key ended on {team['expires'][:10]}: nothing is signed", f"`waker key year {end.year + 1} plan`", **before_its_end(-1))
secret = f"{home}/credentials/openpgp.key"
os.chmod(secret, 0o644)
has("a secret half that others may read", home, "openpgp", "wrong", "openpgp.key", f"chmod 600 {secret}", beside=("permissions",), **made)
os.chmod(secret, 0o600)
os.rename(secret, f"{story.tmp}/openpgp.key")
has("one that is not on this node", home, "openpgp", "wrong", "openpgp.key is not there: this node cannot sign", "copy it, mode 0600", **made)
other = copy(base, f"{story.tmp}/other")
write(f"{other}/waker.conf", text.replace("from = none", "from = cert@z.example"))
must("-C", other, "key", "init", **made)
shutil.copy(f"{other}/credentials/openpgp.key", secret)
has("one of another key", home, "openpgp", "wrong", f"is not the secret half of the team's key, {team['fingerprint']}", "copy it from the node", **made)
shutil.move(f"{story.tmp}/openpgp.key", secret)
lacks_nothing("and with its own it lacks nothing again", home, **made)
write(f"{story.tmp}/none.sh", "#!/bin/sh\nexit 1\n", 0o755)
gone = ("unshare", "-m", "sh", "-c", f'mount --bind {story.tmp}/none.sh /usr/bin/gpg || exit 99; exec "$@"', "sh")
ran = Ran("-C", home, "check", "--offline", "--json", before=gone, **made) if shutil.which("unshare") else None
if ran is None or ran.status not in (0, 7):
    story.skip("a machine without GnuPG", "no namespaces here")
else:
    mine = [r for r in map(json.loads, ran.out.splitlines()) if r["what"] == "openpgp"]
    story.ok(mine[0]["state"] == "wrong" and "GnuPG cannot be used" in mine[0]["says"] and "install GnuPG" in mine[0]["remedy"], "a machine without GnuPG", ran)

# -- advice
home = copy(base, f"{story.tmp}/home")
os.makedirs(f"{home}/advice", exist_ok=True)
write(f"{home}/advice/exposed.rdp.nl.md", "no front matter\n")
has("a text of advice that cannot be used", home, "advice", "warning", "exposed.rdp.nl.md: line 1: there is no front matter", "waker advice check")
os.remove(f"{home}/advice/exposed.rdp.nl.md")
has("no text of advice at all", home, "advice", "warning", "no text of advice", "install waker anew", WAKER_ADVICE=f"{story.tmp}/none")

# -- feeds, their credentials, certificates and names
os.mkdir(feeds)
TEXT = feed_file("one", "report", {"x": "exposed.rdp"})


def feed(*fetch):
    write(f"{feeds}/one.feed", TEXT.replace("[format]", "\n".join(("[fetch]", *fetch, "[format]"))), 0o644)


home = copy(base, f"{story.tmp}/home")
feed("from = https://localhost/one.csv")
lacks_nothing("a feed that is off wants nothing", home, "--quiet", WAKER_FEEDS=feeds)
must("-C", home, "feed", "enable", "one", WAKER_FEEDS=feeds)
ran, found = rows(home, "--offline", WAKER_FEEDS=feeds)
story.ok(any(r["what"] == "dns" and "--offline" in r["says"] for r in found), "with --offline it is said that no name was asked for", ran)
lacks_nothing("one of a host that is known here lacks nothing", home, "--quiet", WAKER_FEEDS=feeds)
feed("from = https://a.invalid/one.csv")
start = time.monotonic()
ran, found = rows(home, WAKER_FEEDS=feeds)
dns = [r for r in found if r["what"] == "dns"]
story.ok(len(dns) == 1 and dns[0]["state"] == "wrong" and "a.invalid" in dns[0]["says"] and time.monotonic() - start < 10, "a host that nobody knows", ran)
feed("from = https://localhost/one.csv", f"ca = {story.tmp}/ca.pem")
has("a publisher's certificate that is not there", home, "certificates", "wrong", "ca.pem", "feed one", WAKER_FEEDS=feeds)
write(f"{story.tmp}/ca.pem", "")
has("or has nothing in it", home, "certificates", "wrong", "ca.pem has no certificate in it", "feed one", WAKER_FEEDS=feeds)
feed("from = https://localhost/one.csv", "credentials = secret", "auth = header Key")
has("credentials that are not there", home, "credentials", "wrong", "credentials/secret is not there, which feed one wants", "waker-feed(5)", WAKER_FEEDS=feeds)
write(f"{home}/credentials/secret", "user = me\n")
has("or lack what is shown", home, "credentials", "wrong", "lacks token = …", "write token = …", WAKER_FEEDS=feeds)
write(f"{home}/credentials/secret", "token = t0psecret\n", 0o604)
has("or may be read by others", home, "credentials", "wrong", "others may read this secret", f"chmod 600 {home}/credentials/secret", beside=("permissions",),
    WAKER_FEEDS=feeds)
os.chmod(f"{home}/credentials/secret", 0o600)
lacks_nothing("and are well when they are there for this user alone", home, WAKER_FEEDS=feeds)
story.ok("t0psecret" not in Ran("-C", home, "check", "--offline", WAKER_FEEDS=feeds).out, "what is in them is not told")
write(f"{home}/feeds/two.feed", "[feed]\nnaem = two\n")
has("a feed file with a mistake", home, "feeds", "wrong", "two.feed: line 2", "`waker feed disable two`", WAKER_FEEDS=feeds)
must("-C", home, "feed", "disable", "two", WAKER_FEEDS=feeds)
lacks_nothing("is no fault of one that is off", home, WAKER_FEEDS=feeds)
write(f"{home}/feeds/enabled.conf", "one\n")
has("and switches that cannot be read", home, "feeds", "wrong", "enabled.conf", "put enabled.conf right", WAKER_FEEDS=feeds)

# -- what is kept too long
home = copy(base, f"{story.tmp}/home")
must("-C", home, "member", "import", f"{EXAMPLES}/roster.json", "--yes")
must("-C", home, "feed", "run", "shadowserver", f"{EXAMPLES}/2026-03-02-scan_rdp-example.csv")
soon, late = ({"WAKER_NOW": f"2027-04-{day}T12:00:00Z"} for day in ("08", "12"))
got = {r["what"]: r for r in rows(home, "--offline", **soon)[1]}
story.ok(got["retention"]["state"] == "ok", "what is two days over its time may wait for its timer", got)
has("what nobody lets go", home, "retention", "warning", "bytes of batches, as they came, by 6 days", "`waker retention apply`", beside=("clock",), **late)
must("-C", home, "retention", "apply", "--yes", **late)
got = {r["what"]: r for r in rows(home, "--offline", **late)[1]}
story.ok(got["retention"]["state"] == "ok", "is well when its remedy was typed", got)

# -- who is woken
home = copy(base, f"{story.tmp}/home")
conf = open(f"{home}/waker.conf", encoding="utf-8").read()
write(f"{home}/waker.conf", re.sub(r"(?m)^send = .*", "send = direct", conf))
has("mail that leaves while nobody can be woken", home, "duty", "warning", "no officer can be woken", "`waker officer add", beside=("mail", "openpgp"))
write(f"{home}/waker.conf", conf)
must("-C", home, "officer", "add", "j.doe", "mail:doe@z.example")
has("an officer whom no page has reached", home, "duty", "warning", "of 1 of 1 officers it is not known", "`waker officer test")
reached(home)
lacks_nothing("where nobody is put on duty, all are asked", home)
must("-C", home, "duty", "add", "j.doe", "--since", "2026-03-02T00:00Z", "--until", "2026-03-04T00:00Z")
must("-C", home, "duty", "add", "j.doe", "--since", "2026-03-05T00:00Z", "--until", "2026-03-20T00:00Z")
has("a day of the coming week on which nobody is", home, "duty", "warning", "nobody is on duty from 2026-03-04T00:00Z until 2026-03-05T00:00Z", "`waker duty add")
must("-C", home, "duty", "add", "j.doe", "--since", "2026-03-04T00:00Z", "--until", "2026-03-05T00:00Z")
lacks_nothing("is well when somebody is", home)
has("a roster that comes to its end", home, "duty", "warning", "nobody is on duty from 2026-03-20T00:00Z on", "`waker duty add",
    beside=("clock",), WAKER_NOW="2026-03-14T12:00:00Z")

# -- a resolver that never answers
home = copy(base, f"{story.tmp}/home")
write(f"{story.tmp}/resolv.conf", "nameserver 127.0.0.1\n", 0o644)
write(f"{story.tmp}/nsswitch.conf", "hosts: dns\n", 0o644)
SILENT = """import socket, subprocess, sys
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("127.0.0.1", 53))
sys.exit(subprocess.run(sys.argv[1:]).returncode)"""
write(f"{story.tmp}/silent.py", SILENT)
DEAD = f"""ip link set lo up && mount --bind {story.tmp}/resolv.conf /etc/resolv.conf && mount --bind {story.tmp}/nsswitch.conf /etc/nsswitch.conf || exit 99
exec python3 {story.tmp}/silent.py "$@\""""
start = time.monotonic()
ran = Ran("-C", home, "check", "--json", before=("unshare", "-mn", "sh", "-c", DEAD, "sh")) if shutil.which("unshare") else None
took = time.monotonic() - start
if ran is None or ran.status not in (0, 7):
    story.skip("a resolver that never answers", "no namespaces here")
else:
    dns = [r for r in map(json.loads, ran.out.splitlines()) if r["what"] == "dns"]
    story.ok(len(dns) == 1 and dns[0]["state"] == "wrong" and "no answer within 5 s" in dns[0]["says"] and "resolv.conf" in dns[0]["remedy"] and
             4 < took < 15, "a resolver that never answers is one row, after 5 seconds", ran, took)

# -- several at once, and a configuration that cannot be read
write(f"{home}/waker.conf", "[home]\nstroe = waker.db\n")
os.remove(f"{home}/archive.pub")
ran, found = rows(home, "--offline")
got = {r["what"]: r for r in found}
story.ok(found and got["configuration"]["state"] == "wrong" and "line 2" in got["configuration"]["says"] and got["store"]["state"] == "warning" and
         got["key"]["state"] == "wrong", "a waker.conf with a mistake keeps nothing else from being looked at", ran)
story.end()
