"""What key_year.sh plays: from the key of 2026 to that of 2028, and one that is lost."""
import glob
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from datetime import datetime, timedelta, timezone

from play import WAKER, Ran
from service_home import Node, until
from tell_home import begin, box, deliver_by_mail, notices, part

story = begin("key_year")
os.environ["TMPDIR"] = TMP = f"{story.tmp}/t"  # where commands keep keys while they work
os.mkdir(TMP)
n = Node(story, "h")
ADDRESS, SITE = "cert@z.example", f"{story.tmp}/site"
HEX = re.compile(r"[0-9A-F]{40}")


def gpg(home, at, *words, data=None, check=True):
    """Plain GnuPG, at a moment."""
    return subprocess.run(["gpg", "--homedir", f"{story.tmp}/{home}", "--batch", "--yes", "--pinentry-mode", "loopback", "--passphrase", "",
                           "--faked-system-time", f"{at:%Y%m%dT%H%M%S}", *words], input=data, capture_output=True, check=check, timeout=60)


def ring(name):
    os.mkdir(f"{story.tmp}/{name}", 0o700)
    return name


def fingerprint(home, at, who=""):
    listed = gpg(home, at, "--with-colons", "--list-keys", *([who] if who else [])).stdout.decode()
    return next(line.split(":")[9] for line in listed.splitlines() if line.startswith("fpr"))


def day(year, month, of_month, hour=10):
    return datetime(year, month, of_month, hour, tzinfo=timezone.utc)


def moment(at):
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def at(when, *words, **more):
    return Ran("-C", n.path, *words, WAKER_NOW=moment(when), WAKER_WARNINGLISTS=n.env["WAKER_WARNINGLISTS"], WAKER_FEEDS=n.env["WAKER_FEEDS"], USER="a.officer", **more)


def must(when, *words):
    got = at(when, *words)
    if got.status != 0:
        print(f"Bail out! waker {' '.join(words)}: {got}")
        sys.exit(1)
    return got


def lines(ran):
    return [json.loads(line) for line in ran.out.splitlines() if line.startswith("{")]


def team(when):
    """{fingerprint: row} of the team's keys."""
    return {k["fingerprint"]: k for k in lines(must(when, "key", "team", "--json"))}


def states(when, year):
    return {s["step"]: s["state"] for s in lines(must(when, "key", "year", str(year), "status", "--json"))}


def secrets():
    """Of the secret keys in the file of the home, as GnuPG reads it: their fingerprints, each as often as it is there."""
    with open(f"{n.path}/credentials/openpgp.key", "rb") as f:
        blocks = f.read().split(b"-----END PGP PRIVATE KEY BLOCK-----\n")[:-1]
    return [fingerprint_of(b + b"-----END PGP PRIVATE KEY BLOCK-----\n") for b in blocks]


def fingerprint_of(armored):
    shown = gpg("show", day(2028, 1, 1), "--with-colons", "--show-keys", data=armored).stdout.decode()
    return next(line.split(":")[9] for line in shown.splitlines() if line.startswith("fpr"))


def certified(home, when, by):
    """Which keys of a ring have a signature of this one that holds."""
    found, key = set(), ""
    for row in (line.split(":") for line in gpg(home, when, "--with-colons", "--check-sigs").stdout.decode().splitlines()):
        if row[0] == "pub":
            key = None
        elif row[0] == "fpr" and key is None:
            key = row[9]
        elif row[0] == "sig" and row[1] == "!" and row[4] == by[-16:] and key and key != by:
            found.add(key)
    return found


def validity(home, when, key):
    return next(line.split(":")[1] for line in gpg(home, when, "--with-colons", "--list-keys", key).stdout.decode().splitlines() if line.startswith("pub"))


def trust(home, when, key):
    """Its owner made sure of it, and takes its word for others."""
    gpg(home, when, "--quick-lsign-key", key)
    gpg(home, when, "--import-ownertrust", data=f"{key}:5:\n".encode())


def sealed_to(key, when, text):
    """A mail to the team, encrypted by who has the key alone."""
    body = f"Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n".encode()
    armored = gpg("partner", when, "--trust-model", "always", "--armor", "--encrypt", "-r", key, data=body).stdout.decode().replace("\n", "\r\n")
    path = f"{story.tmp}/sealed.eml"
    with open(path, "w", encoding="ascii", newline="") as out:
        out.write(f"From: soc@k1.example\r\nTo: {ADDRESS}\r\nSubject: ...\r\nMessage-ID: <{key[:8]}@k1.example>\r\nMIME-Version: 1.0\r\n"
                  'Content-Type: multipart/encrypted; boundary=s; protocol="application/pgp-encrypted"\r\n\r\n'
                  f"--s\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n\r\n--s\r\nContent-Type: application/octet-stream\r\n\r\n{armored}\r\n--s--\r\n")
    return path


def opens(path, when):
    got = at(when, "mail", "verify", "--offline", path, "--json")
    return "opened with our key" in got.out + at(when, "mail", "verify", "--offline", path).out


def age():
    """What killed commands left was left long ago."""
    for folder in glob.glob(f"{TMP}/waker-*"):
        try:
            os.utime(folder, (1, 1))
        except OSError:
            pass


def killed(when, seconds, *words):
    """The command is killed after so long; True: it was at work."""
    child = subprocess.Popen([WAKER, "-C", n.path, *words], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                             env={**os.environ, "WAKER_NOW": moment(when), "USER": "a.officer"})
    try:
        child.wait(seconds)
        return False
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
        age()
        return True


def cmdline(path):
    try:
        with open(path, "rb") as f:
            return f.read().decode(errors="replace")
    except OSError:
        return ""


def agents():
    """The command lines of GnuPG's agents."""
    return [c for c in map(cmdline, glob.glob("/proc/[0-9]*/cmdline")) if "gpg-agent" in c]


def signed_by(address, which, when):
    """By which key a mail of a mailbox is signed, as its reader's GnuPG says, and what else that said."""
    local, domain = address.split("@")
    paths = sorted(glob.glob(f"{os.environ['WAKER_TEST_MAIL_ROOT']}/{domain}/{local}/new/*"), key=os.path.getmtime)
    with open(paths[which], "rb") as f:
        raw = f.read()
    boundary = re.search(rb'boundary="(=_s[0-9a-f]+)"', raw)[1]
    parts = raw.replace(b"\r\n", b"\n").split(b"\n--" + boundary)
    for name, content in (("signed", parts[1][1:].replace(b"\n", b"\r\n")), ("asc", parts[2].split(b"\n\n", 1)[1])):
        with open(f"{story.tmp}/{name}", "wb") as out:
            out.write(content)
    said = gpg("partner", when, "--status-fd", "1", "--verify", f"{story.tmp}/asc", f"{story.tmp}/signed", check=False).stdout.decode()
    return next((line.split()[11] for line in said.splitlines() if " VALIDSIG " in line), said)


# -- what there is in 2026: a team with a key, an officer with a master key on another machine, a partner, two contacts

deliver_by_mail(n.path)
with open(f"{story.tmp}/roster.csv", "w", encoding="ascii") as out:
    out.write("record,member,names,kind,language,role,mail,order\nmember,m1,First,hospital,,,,\nmember,m2,Second,hospital,,,,\ncontact,m1,,,nl,security,soc@k1.example,1\n"
              "contact,m2,,,en,security,soc@k2.example,1\ncontact,m2,,,en,technical,net@k2.example,2\nmember,m3,Third,hospital,,,,\ncontact,m3,,,en,security,later@k3.example,1\n")
START = day(2026, 3, 2)
must(START, "member", "import", f"{story.tmp}/roster.csv", "--yes")
OLD = lines(must(START, "key", "init", "--json"))[0]["fingerprint"]
for home in ("master", "partner", "show", "contact"):
    ring(home)
gpg("master", day(2017, 6, 1), "--quick-gen-key", "Z-CERT Master Certification Key <master@z.example>", "ed25519", "cert", "never")
MASTER = fingerprint("master", START)
with open(f"{story.tmp}/master.asc", "wb") as out:
    out.write(gpg("master", START, "--armor", "--export").stdout)
gpg("contact", START, "--quick-gen-key", "Soc <soc@k1.example>", "default", "default", "never")
with open(f"{story.tmp}/contact.asc", "wb") as out:
    out.write(gpg("contact", START, "--armor", "--export").stdout)
must(START, "key", "import", f"{story.tmp}/contact.asc")
must(START, "key", "verify", fingerprint("contact", START), "--method", "call-back", "--evidence", "read out")
gpg("partner", START, "--quick-gen-key", "Partner <cert@p.example>", "default", "default", "never")
gpg("partner", START, "--import", data=must(START, "key", "export").out.encode())
trust("partner", START, OLD)
to_old = sealed_to(OLD, START, "to the key of 2026")

# -- plan, and the wrong order

DEC = day(2026, 12, 1)
got = at(DEC, "key", "year", "2027", "plan", "--json")
story.ok(got.status == 0 and [(s["step"], s["state"]) for s in lines(got)] == [("make", "next")] + [(s, "waits") for s in ("sign-request", "sign-import", "publish", "notify", "signs")] and
         lines(got)[0]["former"] == OLD and [s["due"][:10] for s in lines(got)][0] == "2026-11-30", "a plan says each step, by when, and what certifies the next key", got)
for words, first in ((("sign-request", "x"), "make"), (("sign-import", "x"), "make"), (("publish", "x"), "make"), (("notify",), "make")):
    got = at(DEC, "key", "year", "2027", *words)
    story.ok(got.is_sentence(75, f'"{first}" comes first', "waker key year 2027 make") and not os.path.exists("x"), f"{words[0]} is refused before its turn, in one sentence that says what comes first", got)
got = at(day(2026, 10, 1), "key", "year", "2027", "make")
story.ok(got.is_sentence(75, "too early", "November 2026"), "and a year that is far away", got)
got = at(day(2026, 12, 1), "key", "year", "2026", "make")
story.ok(got.is_sentence(75, "of 2026 are left", "2027 make"), "and one that is nearly over", got)

# -- make, killed at many moments

hits = sum(killed(DEC, 0.01 + 0.03 * i, "key", "year", "2027", "make") for i in range(int(os.environ.get("ROUNDS", "24"))))
got = must(DEC, "key", "year", "2027", "make", "--json")
NEW = lines(got)[0]["key"]
story.ok(hits > 3 and sorted(secrets()) == sorted([OLD, NEW]) and set(team(DEC)) == {OLD, NEW}, f"a key is made, though it was killed {hits} times: one, in the file of secret keys once", secrets(), team(DEC))


def swept():
    """A command that works with keys ends and removes what those before it left, if that was long ago."""
    age()
    at(DEC, "key", "import", f"{story.tmp}/contact.asc")
    return not glob.glob(f"{TMP}/waker-*") and not [c for c in agents() if f"{TMP}/" in c]


story.ok(until(swept, 30), "and nothing of those commands is left where they worked", os.listdir(TMP), agents())
kept = glob.glob(f"{n.path}/credentials/openpgp-revocation-*.asc")
story.ok([os.path.basename(p) for p in kept] == [f"openpgp-revocation-{NEW}.asc"] and os.stat(kept[0]).st_mode & 0o777 == 0o600, "what revokes it lies beside, for its owner alone", kept)
story.ok(team(DEC)[NEW]["expires"] == "2027-12-31T12:00:00Z" and team(DEC)[NEW]["algorithm"] == team(DEC)[OLD]["algorithm"] and not team(DEC)[NEW]["since"], "it ends with its year, is of the sort of key init, and signs nothing yet", team(DEC))
story.ok(lines(must(DEC, "key", "export", "--json"))[0]["fingerprint"] == OLD and must(DEC, "key", "year", "2027", "make").status == 0 and len(team(DEC)) == 2, "the one before goes on; made again, there is no other")
got = at(DEC, "key", "init", "--replace")
story.ok(got.is_sentence(75, "waits to take over"), "meanwhile key init makes none", got)

# -- certified by the master key, on its machine

request = f"{story.tmp}/request"
got = at(DEC, "key", "year", "2027", "sign-request", request)
story.ok(got.is_sentence(75, "master key is not known", "waker key master FILE"), "the master key is to be known first", got)
got = at(DEC, "key", "master", f"{story.tmp}/master.asc", "--fingerprint", MASTER[-8:])
story.ok(got.is_sentence(64, "all 40 digits"), "by its whole fingerprint, and not by eight digits", got)
got = at(DEC, "key", "master", f"{story.tmp}/contact.asc", "--fingerprint", MASTER)
story.ok(got.is_sentence(65, "another key than the one you named"), "another key is not it", got)
with open(f"{story.tmp}/master-secret.asc", "wb") as out:
    out.write(gpg("master", START, "--armor", "--export-secret-keys").stdout)
got = at(DEC, "key", "master", f"{story.tmp}/master-secret.asc", "--fingerprint", MASTER)
story.ok(got.is_sentence(65, "secret key"), "nor is its secret half wanted", got)
must(DEC, "key", "master", f"{story.tmp}/master.asc", "--fingerprint", MASTER)
got = at(DEC, "key", "master", f"{story.tmp}/contact.asc", "--fingerprint", fingerprint("contact", START))
story.ok(got.is_sentence(75, "another master key is known", MASTER), "nor does another take its place by itself", got)


def certify(year, when, folder, home="master"):
    """What the text of the request says is typed, as it stands there, on the machine of the master key; the path of what comes back."""
    with open(f"{folder}/sign-request-{year}.txt", encoding="ascii") as f:
        typed = [line.strip() for line in f if line.startswith("    gpg ")]
    with open(f"{story.tmp}/typed.sh", "w", encoding="ascii") as out:
        out.write("set -e\ngpg() { command gpg --faked-system-time \"$MOMENT\" --batch --yes \"$@\"; }\n" + "\n".join(typed) + "\n")
    ran = subprocess.run(["sh", f"{story.tmp}/typed.sh"], cwd=folder, env={**os.environ, "GNUPGHOME": f"{story.tmp}/{home}", "MOMENT": f"{when:%Y%m%dT%H%M%S}"},
                         capture_output=True, check=False, timeout=60)
    return ran, f"{folder}/{next(w for line in typed for w in line.split() if w.endswith('-certified.asc'))}"


hits = sum(killed(DEC, 0.005 + 0.01 * i, "key", "year", "2027", "sign-request", request) for i in range(6))
must(DEC, "key", "year", "2027", "sign-request", request)
got = at(DEC, "key", "year", "2027", "sign-import", f"{request}/{NEW}.asc")
story.ok(got.is_sentence(65, MASTER, "has not certified it"), "what comes back without the certification is refused", got)
got = at(DEC, "key", "year", "2027", "sign-import", f"{story.tmp}/contact.asc")
story.ok(got.is_sentence(65, "another key than the one of 2027", NEW), "and another key", got)
ring("stranger")
gpg("stranger", DEC, "--quick-gen-key", "Z-CERT Master Certification Key <master@z.example>", "ed25519", "cert", "never")
shutil.copytree(request, f"{story.tmp}/forged")
with open(f"{story.tmp}/forged/sign-request-2027.txt", encoding="ascii") as f:
    text = f.read().replace(MASTER, fingerprint("stranger", DEC))
with open(f"{story.tmp}/forged/sign-request-2027.txt", "w", encoding="ascii") as f:
    f.write(text)
ran, back = certify(2027, DEC, f"{story.tmp}/forged", "stranger")
got = at(DEC, "key", "year", "2027", "sign-import", back)
story.ok(ran.returncode == 0 and got.is_sentence(65, MASTER, "has not certified it"), "and one that another master key certified, of the same name", got, ran.stderr.decode())
ran, back = certify(2027, DEC, request)
story.ok(ran.returncode == 0 and os.path.exists(back), "the commands of the text certify it as they stand there", ran.stderr.decode())
got = at(DEC, "key", "year", "2027", "publish", SITE)
story.ok(got.is_sentence(75, '"sign-import" comes first'), "and it is not published before that is taken in", got)
hits = sum(killed(DEC, 0.02 + 0.04 * i, "key", "year", "2027", "sign-import", back) for i in range(8))
must(DEC, "key", "year", "2027", "sign-import", back)
story.ok(states(DEC, 2027) == {"make": "done", "sign-request": "done", "sign-import": "done", "publish": "next", "notify": "waits", "signs": "waits"}, f"what came back is taken in, though it was killed {hits} times", states(DEC, 2027))

# -- published: plain GnuPG looks at it

got = at(DEC, "key", "year", "2027", "publish", SITE, "--dry-run")
story.ok(got.status == 0 and not os.path.exists(SITE) and states(DEC, 2027)["publish"] == "next", "a dry run publishes nothing", got)
hits = sum(killed(DEC, 0.02 + 0.04 * i, "key", "year", "2027", "publish", SITE) for i in range(8))
must(DEC, "key", "year", "2027", "publish", SITE)
SIGNS = datetime.fromisoformat(team(DEC)[NEW]["since"][:-1]).replace(tzinfo=timezone.utc)
story.ok(SIGNS == DEC + timedelta(days=14) and team(DEC)[OLD]["ended"] == team(DEC)[NEW]["since"], f"it is published, though it was killed {hits} times, and signs 14 days later", team(DEC))
named = sorted(os.path.basename(p) for p in glob.glob(f"{SITE}/www/pgp/*.asc"))
story.ok(named == sorted(f"{k}.asc" for k in (OLD, NEW, MASTER)), "key files have their fingerprints' names, all 40 digits", named)
story.ok(all(os.stat(os.path.join(at_, f)).st_mode & 0o444 == 0o444 for at_, _, fs in os.walk(f"{SITE}/www") for f in fs), "and a web server can read them")
with open(f"{SITE}/READ-ME.txt", encoding="ascii") as f:
    text = f.read()
story.ok(f"{NEW}  signs from 2026-12-15" in text and f"--send-keys {OLD}" in text and "openpgpkey.z.example" in text, "a text says what goes where", text)
ring("plain")
gpg("plain", DEC, "--import", f"{story.tmp}/master.asc")
gpg("plain", DEC, "--import", f"{SITE}/keyservers/upload.asc")
story.ok(NEW in certified("plain", DEC, OLD) and NEW in certified("plain", DEC, MASTER), "plain gpg finds it certified by the key of last year and by the master key")
got = gpg("plain", DEC, "--status-fd", "1", "--verify", f"{SITE}/www/pgp/transition-2027.txt", check=False)
signers = {line.split()[11] for line in got.stdout.decode().splitlines() if " VALIDSIG " in line}
with open(f"{SITE}/www/pgp/transition-2027.txt", encoding="ascii") as f:
    text = f.read()
story.ok(signers == {OLD, NEW} and text.count(OLD) == text.count(NEW) == 2 and "Deze sleutel" in text and "This key" in text, "the statement names both, in both languages, and is signed by both", got.stdout.decode(), text)

secret = f"{n.path}/credentials/openpgp.key"
os.rename(secret, f"{story.tmp}/whole.key")
with open(f"{story.tmp}/whole.key", "rb") as f:
    blocks = [b + b"-----END PGP PRIVATE KEY BLOCK-----\n" for b in f.read().split(b"-----END PGP PRIVATE KEY BLOCK-----\n")[:-1]]
with open(os.open(secret, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as out:
    out.write(next(b for b in blocks if fingerprint_of(b) == OLD))
lacks = at(DEC, "check", "--json").out
os.rename(f"{story.tmp}/whole.key", secret)
story.ok(f"signs from 2026-12-15 on, {NEW}" in lacks and "signs from" not in at(DEC, "check", "--json").out, "a node that lacks the new secret key says so before its day", [c for c in lacks.splitlines() if "openpgp" in c])

# -- who has last year's key

before = gpg("partner", DEC, "--list-keys", NEW, check=False).returncode
gpg("partner", DEC, "--import", f"{SITE}/www/pgp/{NEW}.asc")
story.ok(before != 0 and validity("partner", DEC, NEW) == "f", "a partner who was sure of last year's key is sure of the new one by its certification alone", validity("partner", DEC, NEW))
ring("nobody")
gpg("nobody", DEC, "--import", f"{SITE}/www/pgp/{NEW}.asc")
story.ok(validity("nobody", DEC, NEW) == "-", "who was not, is not")

# -- found by its address


def located(when):
    """What gpg --locate-keys finds, by each method; None: there are no namespaces here."""
    if os.getuid() != 0 or subprocess.run(["unshare", "-mn", "true"], capture_output=True, check=False).returncode != 0:
        return None
    os.mkdir(f"{story.tmp}/net-{when:%Y%m%d}")
    ran = subprocess.run(["unshare", "-mn", "python3", f"{os.path.dirname(__file__)}/key_year_net.py", SITE, ADDRESS, f"{story.tmp}/net-{when:%Y%m%d}"], capture_output=True, check=False, timeout=300,
                         env={**os.environ, "MOMENT": f"{when:%Y%m%dT%H%M%S}"})
    return json.loads(ran.stdout) if ran.returncode == 0 else {"advanced": ran.stderr.decode(), "direct": ""}


def finds(when, first, all_of, sentence):
    got = located(when)
    for method, host in (("advanced", "openpgpkey.z.example"), ("direct", "z.example")):
        if got is None:
            story.skip(f"{sentence}, by the {method} method", "no namespaces, or not root")
            continue
        found = got[method]
        story.ok(isinstance(found, dict) and found["status"] == 0 and found["first"] == first and set(found["all"]) == set(all_of) and any(a[0] == host and "/hu/" in a[1] for a in found["asked"]),
                 f"{sentence}, by the {method} method", found)
    return got


finds(DEC, NEW, [OLD, NEW], "gpg --locate-keys finds it, and the one before with it")

# -- correspondents

got = at(DEC, "key", "year", "2027", "notify")
story.ok(got.is_sentence(75, "nothing leaves", "notice mode on"), "while nothing is to leave nobody is told", got)
must(DEC, "notice", "mode", "on")
hits = sum(killed(DEC, 0.004 + 0.002 * i, "key", "year", "2027", "notify") for i in range(12))
for _ in range(2):
    must(DEC, "key", "year", "2027", "notify")
n.start(moment(DEC))
good = until(lambda: len(box("soc@k1.example")) == 1) and n.done()
n.stop()
mail = box("soc@k1.example")
story.ok(good and len(mail) == 1 and not box("soc@k2.example") and not box("net@k2.example"), f"who gets encrypted mail is told once, though it was killed {hits} times; others are not", notices(n), n.says()[-3:], open(n.log).read()[-1500:], str(n.child.poll()))
words = " ".join(part(mail[0], "text/plain").split())
story.ok("Vanaf 2026-12-15" in mail[0]["Subject"] and NEW in words and OLD in words and MASTER in words and "From 2026-12-15" in words, "in words that name all keys whole, in both languages", mail[0]["Subject"], words)
attached = {p.get_filename(): p.get_content() for p in mail[0].walk() if p.get_filename()}
key = attached.get(f"{NEW}.asc", b"")
story.ok(fingerprint_of(key if isinstance(key, bytes) else key.encode()) == NEW and "BEGIN PGP SIGNED MESSAGE" in str(attached.get("transition-2027.txt")), "with the new key, and the statement that both signed", list(attached))
story.ok(signed_by("soc@k1.example", 0, DEC) == OLD, "signed by the key that they know", signed_by("soc@k1.example", 0, DEC))
story.ok([x["kind"] for x in notices(n)] == ["team-key"] and lines(must(DEC, "key", "year", "2027", "status", "--json"))[4]["by"] == "a.officer", "it is a notice like others; the status says who did it")

# -- from when it signs


def alert(when, title, sent):
    """An officer's own text, and by which key it was signed."""
    with open(f"{story.tmp}/alert.md", "w", encoding="ascii") as out:
        out.write("Words.\n")
    must(when, "alert", "new", "member:m1", "--title", title, "--text", f"{story.tmp}/alert.md", "--tlp", "CLEAR", "--yes")
    n.start(moment(when + timedelta(minutes=2)))
    arrived = until(lambda: len(box("soc@k1.example")) == sent) and n.done()
    n.stop()
    return arrived


def signer_of_sealed(when):
    """Of the newest mail of a contact, which opens it: by which key it is signed within."""
    mail = box("soc@k1.example")[-1]
    sealed = next((p.get_content() for p in mail.walk() if p.get_content_type() == "application/octet-stream"), None)
    if sealed is None:
        return f"{mail['Subject']} is not encrypted"
    gpg("contact", when, "--import", f"{SITE}/keyservers/upload.asc")
    said = gpg("contact", when, "--status-fd", "2", "--decrypt", data=sealed if isinstance(sealed, bytes) else sealed.encode(), check=False).stderr.decode()
    return next((line.split()[11] for line in said.splitlines() if " VALIDSIG " in line), said)


alert(SIGNS - timedelta(hours=1), "Before", 2)
story.ok(signer_of_sealed(SIGNS) == OLD, "an hour before its time mail is signed by the one before", signer_of_sealed(SIGNS))
alert(SIGNS + timedelta(hours=1), "After", 3)
story.ok(signer_of_sealed(SIGNS + timedelta(hours=2)) == NEW and states(SIGNS, 2027)["signs"] == "done", "from its time on by the new one, and nobody has to do anything", signer_of_sealed(SIGNS + timedelta(hours=2)))
FEB = day(2027, 2, 1)
to_new = sealed_to(NEW, FEB, "to the key of 2027")
story.ok(opens(to_new, FEB) and opens(to_old, FEB), "in the new year mail to either key is opened, though the one before has ended")

# -- a second year

NOV = day(2027, 12, 1)
condition = at(NOV + timedelta(days=5), "check", "--json").out
story.ok("key year 2028 plan" in condition, "a month before the end of a key somebody is asked to begin", [c for c in condition.splitlines() if "openpgp" in c])
must(NOV, "key", "year", "2028", "make")
LATER = next(f for f in team(NOV) if f not in (OLD, NEW))
must(NOV, "key", "year", "2028", "sign-request", f"{story.tmp}/request28")
ran, back = certify(2028, NOV, f"{story.tmp}/request28")
must(NOV, "key", "year", "2028", "sign-import", back)
must(NOV, "key", "year", "2028", "publish", SITE, "--overlap", "7")
must(NOV, "key", "year", "2028", "notify")
gpg("partner", NOV, "--import", f"{SITE}/keyservers/upload.asc")
story.ok(LATER in certified("partner", NOV, NEW), "a year on the third key is certified by the second", certified("partner", NOV, NEW))
ring("second")
gpg("second", NOV, "--quick-gen-key", "Second <cert@q.example>", "default", "default", "never")
gpg("second", NOV, "--import", f"{SITE}/www/pgp/{NEW}.asc")
trust("second", NOV, NEW)
gpg("second", NOV, "--import", f"{SITE}/www/pgp/{LATER}.asc")
story.ok(validity("second", NOV, LATER) == "f", "and who was sure of that is sure of it", validity("second", NOV, LATER))
finds(NOV, LATER, [NEW, LATER], "the directory has the two that last, the new one first")
story.ok(team(NOV)[LATER]["since"] == moment(NOV + timedelta(days=7)), "an overlap of another length is kept", team(NOV)[LATER])
n.start(moment(NOV))
until(lambda: len(box("soc@k1.example")) == 4)
n.done()
n.stop()
story.ok(len(box("soc@k1.example")) == 4 and "2027-12-08" in box("soc@k1.example")[3]["Subject"], "correspondents are told of this year's, too", [m["Subject"] for m in box("soc@k1.example")])

# -- a key that is lost

LOST = day(2028, 1, 10)
got = at(LOST, "key", "revoke", LATER[-16:], "--reason", "stolen", "--publish", SITE, "--yes")
story.ok(got.is_sentence(64, "all 40 digits"), "a key is revoked by its whole fingerprint", got)


def waiting():
    """The bytes of mail that is written and waits, to a server that does not take it now."""
    store = sqlite3.connect(f"file:{n.path}/waker.db?mode=ro", uri=True)
    try:
        return b"".join(b for b, in store.execute("SELECT bytes FROM delivery_bytes JOIN delivery ON delivery.id = delivery WHERE address = 'later@k3.example'"))
    finally:
        store.close()


def tell(who, title):
    must(LOST, "alert", "new", f"member:{who}", "--title", title, "--text", f"{story.tmp}/alert.md", "--tlp", "CLEAR", "--yes")


tell("m3", "Waits")
tell("m1", "Warm")
n.start(moment(LOST + timedelta(minutes=2)))
until(lambda: len(box("soc@k1.example")) == 5 and b"BEGIN PGP SIGNATURE" in waiting())
story.ok(signer_of_sealed(LOST) == LATER and b"BEGIN PGP SIGNATURE" in waiting(), "one mail leaves with its signature, and one waits with it", signer_of_sealed(LOST))
agent = next(int(path.split("/")[2]) for path in glob.glob("/proc/[0-9]*/cmdline") if f"{n.path}/gnupg" in cmdline(path))
os.kill(agent, signal.SIGSTOP)  # it is at work with that key just now
tell("m1", "Caught")
caught = until(lambda: any(j["kind"].startswith("seal") and j["state"] == "running" for j in n.jobs()), 15)
hits = sum(killed(LOST, 0.02 + 0.05 * i, "key", "revoke", LATER, "--reason", "laptop stolen", "--publish", SITE, "--yes") for i in range(6))
got = at(LOST, "key", "revoke", LATER, "--reason", "laptop stolen", "--publish", SITE, "--yes")
os.kill(agent, signal.SIGCONT)
story.ok(got.status == 0 and "Nothing is signed until there is a new key" in got.err and "alert new all" in got.err and "READ-ME" in got.err, f"a lost key is revoked, though that was killed {hits} times, and the officer is told what follows", got)
until(lambda: len(box("soc@k1.example")) == 6 and waiting() and b"BEGIN PGP SIGNATURE" not in waiting())
unsigned = signer_of_sealed(LOST + timedelta(hours=1))
story.ok(caught and len(box("soc@k1.example")) == 6 and "DECRYPTION_OKAY" in unsigned and "SIG" not in unsigned, "nothing leaves with its signature any more: not what was being written then", caught, unsigned, notices(n), n.jobs("--all")[:4], n.says()[-3:])
story.ok(waiting() and b"BEGIN PGP SIGNATURE" not in waiting(), "nor what waited", waiting()[:800])
n.stop()
ring("after")
gpg("after", LOST, "--import", f"{SITE}/www/pgp/{LATER}.asc")
story.ok(validity("after", LOST, LATER) == "r", "its file says so to plain gpg", validity("after", LOST, LATER))
got = gpg("second", LOST, "--import", f"{SITE}/keyservers/upload.asc")
story.ok(validity("second", LOST, LATER) == "r", "and whoever has it learns it from what is uploaded")
got = at(LOST, "key", "export")
story.ok(got.status == 66 and "revoked" in at(LOST, "check", "--json").out, "it is given out no more, and what is amiss says so", got)
must(LOST, "key", "year", "2028", "make")
ANEW = next(f for f in team(LOST) if f not in (OLD, NEW, LATER))
must(LOST, "key", "year", "2028", "sign-request", f"{story.tmp}/request28b")
ran, back = certify(2028, LOST, f"{story.tmp}/request28b")
must(LOST, "key", "year", "2028", "sign-import", back)
must(LOST, "key", "year", "2028", "publish", SITE)
story.ok(team(LOST)[ANEW]["since"] == moment(LOST) and lines(must(LOST, "key", "export", "--json"))[0]["fingerprint"] == ANEW, "the next of the same year is certified by the master key, and signs at once", team(LOST))
got = finds(LOST, ANEW, [ANEW, LATER], "the directory has the new one and the revoked one together")
if got is not None:
    story.ok(all(got[m]["all"].get(LATER) == "r" for m in got), "and says which is revoked", got)
story.ok(sealed_to(LATER, day(2027, 12, 20), "x") and opens(sealed_to(LATER, day(2027, 12, 20), "x"), LOST), "what was encrypted to the lost one is still read here")

# -- what is kept of it

audit = [json.loads(line) for line in must(LOST, "audit", "list", "--json").out.splitlines()]
verbs = [x["verb"] for x in audit]
story.ok(1 <= verbs.count("key revoke") <= 7 and verbs.count("key master") == 1 and verbs.count("key year") >= 10 and at(LOST, "audit", "verify").status == 0, "each act has its row of the audit", sorted(set(verbs)), verbs.count("key revoke"))
backup = f"{story.tmp}/backup"
must(LOST, "backup", backup, "--secrets")
sealed = {os.path.basename(p) for p in glob.glob(f"{backup}/*/credentials/*")}
story.ok({"openpgp.key.sealed", f"openpgp-revocation-{NEW}.asc.sealed"} <= sealed, "a backup has the secret keys, and what revokes them, sealed", sealed)
story.ok("a.officer" in must(LOST, "person", "a.officer").out and must(LOST, "person", "a.officer").out.count("step") >= 5, "who is asked about an officer learns of the steps that they did")
said = must(LOST, "key", "year", "2027", "status").out + must(LOST, "key", "team").out
story.ok(OLD in said and NEW in said, "people see whole fingerprints")
story.end()
