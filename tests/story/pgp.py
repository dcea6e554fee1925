"""What pgp.sh plays: keys of contacts, from the file in which one comes to a notice that its owner opens."""
import base64
import email
import email.message
import email.policy
import glob
import json
import os
import re
import signal
import subprocess
import time
from datetime import datetime, timedelta, timezone

from play import feed_file
from service_home import Node, until
from tell_home import begin, box, deliver_by_mail, everything, notices, part, records, shown

story = begin("pgp")
ISSUES = {"docker": "exposed.docker", "webshell": "compromised.webshell"}
# One address is the contact of several: a member hears at once an hour apart, and the issue of over a tenth of all is held.
ADDRESSES = {1: "k1", 10: "k4", 11: "k4", 2: "k2", 3: "k2", 4: "k2", 5: "k2", 6: "k2", 7: "k3", 8: "k1", 9: "k1"}
ROSTER = "record,member,names,kind,language,role,name,mail,wishes,order,value\n" + "".join(
    f"member,m{i},Hospital {i},hospital,en,,,,,,\nasset,m{i},,prefix,,,,,,,198.18.{i}.0/24\n" +
    (f"contact,m{i},,,en,security,,ciso@{ADDRESSES[i]}.example,,1,\n" if i in ADDRESSES else "") for i in range(1, 121))


def gpg(home, *words, **how):
    return subprocess.run(["gpg", "--homedir", home, "--batch", "--yes", "--pinentry-mode", "loopback", "--passphrase", "", "--trust-model", "always", *words],
                          capture_output=True, check=how.pop("check", True), timeout=120, **how)


class Owner:
    """Who has a key, and reads mail with it."""

    def __init__(self, name, user, ends="1y"):
        self.home = f"{story.tmp}/{name}"
        os.mkdir(self.home, 0o700)
        gpg(self.home, "--quick-gen-key", user, "default", "default", ends)
        self.file = f"{self.home}/key.asc"
        self.write()

    def write(self):
        with open(self.file, "wb") as out:
            out.write(gpg(self.home, "--armor", "--export").stdout)

    def fingerprint(self):
        said = gpg(self.home, "--with-colons", "--list-keys").stdout.decode()
        return re.search(r"^fpr:+(\w+):", said, re.M)[1]

    def knows(self, armored):
        gpg(self.home, "--import", input=armored.encode())

    def opens(self, raw):
        """(what is in a mail that is sealed, what GnuPG says of its signature), or None."""
        mail = email.message_from_bytes(raw, policy=email.policy.default)
        sealed = next(p.get_content() for p in mail.walk() if p.get_content_type() == "application/octet-stream")
        got = gpg(self.home, "--decrypt", input=sealed if isinstance(sealed, bytes) else sealed.encode(), check=False)
        return (email.message_from_bytes(got.stdout, policy=email.policy.default), got.stderr.decode()) if got.returncode == 0 else None

    def verifies(self, raw):
        """Does the signature of a mail that is signed hold, of its bytes as they lie in the mailbox?"""
        boundary = re.search(rb'boundary="(=_s[0-9a-f]+)"', raw)[1]
        parts = raw.replace(b"\r\n", b"\n").split(b"\n--" + boundary)
        signed = parts[1][1:].replace(b"\n", b"\r\n")
        for name, content in (("signed", signed), ("asc", parts[2].split(b"\n\n", 1)[1])):
            with open(f"{self.home}/{name}", "wb") as out:
                out.write(content)
        return gpg(self.home, "--verify", f"{self.home}/asc", f"{self.home}/signed", check=False).stderr.decode()


def raws(address):
    local, domain = address.split("@")
    mails = []
    for path in sorted(glob.glob(f"{os.environ['WAKER_TEST_MAIL_ROOT']}/{domain}/{local}/new/*"), key=os.path.getmtime):
        with open(path, "rb") as mail:
            mails.append(mail.read())
    return mails


def agents_of(home):
    """The numbers of the agents that keep the secret keys of a home of GnuPG."""
    found = []
    for at in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{at}/cmdline", "rb") as f:
                words = f.read().split(b"\0")
        except OSError:
            continue
        if words[0].endswith(b"gpg-agent") and home.encode() in words:
            found.append(int(at))
    return found


def ago(**how):
    return (datetime.now(timezone.utc) - timedelta(**how)).strftime("%Y-%m-%dT%H:%M:%SZ")


def keys(*words):
    return [json.loads(line) for line in n.must("key", "list", "--json", *words).out.splitlines()]


n = Node(story, "h")
with open(f"{story.tmp}/roster.csv", "w", encoding="utf-8") as out:
    out.write(ROSTER)
n.must("member", "import", f"{story.tmp}/roster.csv", "--yes")
deliver_by_mail(n.path)
with open(f"{n.path}/feeds/lab.feed", "w", encoding="utf-8") as out:
    out.write(feed_file("lab", "stream", ISSUES))
os.makedirs(f"{n.path}/inbox/lab")

# -- the team's own
team = json.loads(n.must("key", "init", "--json").out)
secret = f"{n.path}/credentials/openpgp.key"
story.ok(re.fullmatch(r"[0-9A-F]{40}", team["fingerprint"]) and os.stat(secret).st_mode & 0o777 == 0o600, "the team's key is made, and its secret half is for its owner alone", team)
story.ok("the team has a key" in n.run("key", "init").err, "and is not made again by mistake")
armored = n.must("key", "export").out
story.ok(armored.startswith("-----BEGIN PGP PUBLIC KEY BLOCK-----") and "PRIVATE" not in armored, "its public half can be given")

# -- a key comes
one, two, other = (Owner(x, f"{x} <ciso@k1.example>") for x in ("one", "two", "other"))
for owner in (one, two, other):
    owner.knows(armored)
n.must("key", "import", one.file)
n.must("key", "import", two.file, "--for", "CISO@k1.example")
story.ok([(k["address"], k["state"], k["usable"]) for k in keys()] == [("ciso@k1.example", "offered", False)] * 2, "a contact's key comes, and waits for a check", keys())
story.ok(all(w in n.run("key", "verify", "1", "--method", "call-back").err for w in ("--evidence",)), "which needs evidence")
n.must("key", "verify", one.fingerprint(), "--method", "call-back", "--evidence", "read out on the number of the roster", "--by", "j.doe")
n.must("key", "verify", "2", "--method", "in-person", "--evidence", "at their desk")
story.ok(all(k["usable"] for k in keys()), "then it is used", keys())
ledger = [json.loads(line) for line in n.must("key", "show", "1", "--json").out.splitlines()][1]
story.ok(ledger["method"] == "call-back" and ledger["by"] == "j.doe" and ledger["evidence"] == "read out on the number of the roster", "the ledger keeps how and by whom", ledger)

n.must("notice", "mode", "on")
n.start()
story.ok(n.up(), "the service runs", n.says()[-3:])

# -- sealed
n.drop("lab", "one.csv", records((ago(hours=1), "198.18.1.9", 443, "webshell")))
story.ok(until(lambda: len(raws("ciso@k1.example")) == 1), "what is most sensitive is told at once by mail", n.jobs("--all")[:4], n.says()[-4:])
raw = raws("ciso@k1.example")[0]
number = notices(n, "--of", "m1")[0]["id"]
story.ok(b"198.18.1.9" not in raw and b"webshell" not in raw.lower() and b"multipart/encrypted" in raw, "and nobody on its way can read it")
for owner in (one, two):
    got = owner.opens(raw)
    story.ok(got is not None and "198.18.1.9" in part(got[0], "text/plain") and f'Good signature from "Z-CERT <cert@z.example>"' in got[1],
             f"the key {owner.home[-3:]} opens it, and the team's signature holds", got and got[1])
    story.ok(got and got[0]["Subject"] == email.message_from_bytes(raw, policy=email.policy.default)["Subject"] and got[0]["To"] == "ciso@k1.example" and
             "hp=" in got[0]["Content-Type"] or got and 'hp="cipher"' in str(got[0].get("Content-Type")), "with its subject and addressee within", got and got[0].items())
story.ok(other.opens(raw) is None, "another key of the same name does not")
got = one.opens(raw)[0]
spelled = re.sub(r"(....)(?=.)", r"\1 ", team["fingerprint"])
story.ok(spelled in part(got, "text/plain") or team["fingerprint"] in part(got, "text/plain"), "the team's fingerprint stands in it", part(got, "text/plain")[-600:])
story.ok(until(lambda: shown(n, number)[0]["state"] == "told") and shown(n, number)[2][0]["form"] == "pgp", "and it counts as told", shown(n, number))

# -- signed
n.drop("lab", "two.csv", records((ago(hours=1), "198.18.2.9", 2375, "docker")))
story.ok(until(lambda: len(raws("ciso@k2.example")) == 1), "who has no key is told what may go plain", n.jobs("--all")[:4], notices(n))
said = one.verifies(raws("ciso@k2.example")[0])
story.ok('Good signature from "Z-CERT' in said, "signed, so that it holds as it lies in the mailbox", said)

# -- one that nobody has checked, and one of a stranger
second = Owner("second", "k2 <ciso@k2.example>")
second.knows(armored)
n.must("key", "import", second.file)
n.drop("lab", "three.csv", records((ago(minutes=30), "198.18.3.9", 443, "webshell")))
story.ok(until(lambda: len(raws("ciso@k2.example")) == 2), "to a key that nobody has checked nothing is sealed", n.jobs("--all")[:4])
words = everything(box("ciso@k2.example")[1])
story.ok("We cannot mail you safely" in words and "198.18" not in words and "webshell" not in words, "the mail says only that there is something", words)
story.ok("waits for a check" in n.run("status").out, "and the officer is asked to check it", n.run("status").out)
third = [k for k in keys() if k["address"] == "ciso@k2.example"][0]["key"]
n.must("key", "verify", str(third), "--method", "whois", "--evidence", "RDAP of 198.18.2.0/24")
n.drop("lab", "four.csv", records((ago(minutes=20), "198.18.4.9", 443, "webshell")))
story.ok(until(lambda: len(raws("ciso@k2.example")) == 3) and "198.18.4.9" in part(second.opens(raws("ciso@k2.example")[2])[0], "text/plain"),
         "once it is checked, it is", n.jobs("--all")[:4])
stranger = Owner("stranger", "k2 <ciso@k2.example>")
n.must("key", "import", stranger.file)
n.drop("lab", "five.csv", records((ago(minutes=15), "198.18.5.9", 443, "webshell")))
story.ok(until(lambda: len(raws("ciso@k2.example")) == 4) and stranger.opens(raws("ciso@k2.example")[3]) is None and
         "198.18.5.9" in part(second.opens(raws("ciso@k2.example")[3])[0], "text/plain"), "a fresh key takes the place of none")

# -- revoked by its owner, refused, over
with open(f"{second.home}/openpgp-revocs.d/{second.fingerprint()}.rev", encoding="ascii") as rev:
    gpg(second.home, "--import", input=rev.read().replace(":-----BEGIN", "-----BEGIN").encode())
second.write()
story.ok("revoked by its owner" in n.must("key", "import", second.file).err, "a key that its owner revoked is taken out of use")
refused = n.run("key", "verify", str(third), "--method", "first", "--evidence", "x")
story.ok(refused.status != 0 and "revoked" in refused.err, "and cannot be checked any more", refused.err)
n.drop("lab", "six.csv", records((ago(minutes=10), "198.18.6.9", 443, "webshell")))
story.ok(until(lambda: len(raws("ciso@k2.example")) == 5) and "We cannot mail you safely" in everything(box("ciso@k2.example")[4]), "so that mail says again that it cannot be sent")
short = Owner("short", "k3 <ciso@k3.example>", ends="seconds=12")
n.must("key", "import", short.file)
n.must("key", "verify", [k for k in keys() if k["address"] == "ciso@k3.example"][0]["fingerprint"], "--method", "mail-back", "--evidence", "answered")
story.ok("expires" in n.run("status").out and "ciso@k3.example" in n.run("status").out, "a key that ends soon is the officer's to ask for anew", n.run("status").out)
time.sleep(12)
n.drop("lab", "seven.csv", records((ago(minutes=9), "198.18.7.9", 443, "webshell")))
story.ok(until(lambda: len(raws("ciso@k3.example")) == 1) and "198.18" not in everything(box("ciso@k3.example")[0]), "one that has expired is not used", n.jobs("--all")[:4])
late = n.run("key", "verify", short.fingerprint(), "--method", "first", "--evidence", "x")
story.ok(late.status != 0 and "expired" in late.err, "nor checked", late.err)

# -- a key in a mail
mailed = Owner("mailed", "k3 <ciso@k3.example>")
letter = email.message.EmailMessage()
letter["From"], letter["To"], letter["Date"], letter["Subject"] = "ciso@k3.example", "cert@z.example", "Mon, 02 Mar 2026 10:00:00 +0000", "our new key"
letter.set_content("Here it is.")
with open(mailed.file, "rb") as key:
    letter.add_attachment(key.read(), maintype="application", subtype="pgp-keys", filename="key.asc")
field = Owner("field", "k3 <ciso@k3.example>")
binary = base64.b64encode(gpg(field.home, "--export").stdout).decode()
with open(f"{story.tmp}/key.eml", "wb") as out:
    out.write(b"Autocrypt: addr=ciso@k3.example; prefer-encrypt=mutual; keydata=" + "".join(f"\n {x}" for x in re.findall(".{1,70}", binary)).encode() + b"\n")
    out.write(letter.as_bytes())
n.must("key", "import", f"{story.tmp}/key.eml")
came = {k["fingerprint"]: k for k in keys("--address", "ciso@k3.example")}
story.ok(all((came[o.fingerprint()]["from"], came[o.fingerprint()]["usable"]) == ("mail", False) for o in (mailed, field)), "a key comes attached to a mail, or in its head (Autocrypt)", came)
letter.clear_content()
letter.set_content("I forgot it.")
with open(f"{story.tmp}/none.eml", "wb") as out:
    out.write(letter.as_bytes())
said = n.run("key", "import", f"{story.tmp}/none.eml")
story.ok(said.is_sentence(65, "the mail has no key"), "a mail without one is said", said)

# -- foreign files
flood = f"{story.tmp}/flood.asc"
with open(flood, "wb") as out:
    out.write(b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n" + b"A" * 30_000_000)
started = time.monotonic()
said = n.run("key", "import", flood)
story.ok(said.status != 0 and "export-minimal" in said.err and time.monotonic() - started < 5, "a key with a hundred thousand signatures is refused by its size, at once", said.err)
with open(f"{one.home}/secret.asc", "wb") as out:
    out.write(gpg(one.home, "--armor", "--export-secret-keys").stdout)
said = n.run("key", "import", f"{one.home}/secret.asc")
story.ok(said.status != 0 and "secret key" in said.err, "a secret one is not kept", said.err)
said = n.run("key", "import", f"{story.tmp}/roster.csv")
story.ok(said.status != 0 and "no OpenPGP key" in said.err, "what is none is said", said.err)

# -- who has S/MIME alone
ca = f"{story.tmp}/ca"
os.mkdir(ca)


def openssl(*words, **how):
    return subprocess.run(["openssl", *words], cwd=ca, capture_output=True, check=True, timeout=60, **how).stdout


openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Test CA", "-days", "30")
openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "leaf.key", "-out", "leaf.csr", "-subj", "/CN=K four")
with open(f"{ca}/ext", "w", encoding="ascii") as out:
    out.write("subjectAltName=email:ciso@k4.example\nkeyUsage=critical,digitalSignature,keyEncipherment\nextendedKeyUsage=emailProtection\n")
openssl("x509", "-req", "-in", "leaf.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-out", "leaf.pem", "-days", "90", "-extfile", "ext")
said = n.run("key", "import", f"{ca}/leaf.pem")
story.ok(said.status != 0 and "above it" in said.err, "a certificate without those above it is of no use, and is said", said.err)
with open(f"{ca}/chain.pem", "wb") as out:
    for name in ("leaf.pem", "ca.pem"):
        with open(f"{ca}/{name}", "rb") as pem:
            out.write(pem.read())
n.must("key", "import", f"{ca}/chain.pem")
certificate = [k for k in keys() if k["address"] == "ciso@k4.example"][0]
story.ok(certificate["kind"] == "smime" and not certificate["usable"], "with them it waits for a check", certificate)
n.must("key", "verify", str(certificate["key"]), "--method", "call-back", "--evidence", "read out")
n.drop("lab", "smime.csv", records((ago(minutes=6), "198.18.10.9", 443, "webshell")))
story.ok(until(lambda: len(raws("ciso@k4.example")) == 1), "then it is mailed to", n.jobs("--all")[:4])
raw = raws("ciso@k4.example")[0]
opened = openssl("cms", "-decrypt", "-inform", "SMIME", "-inkey", "leaf.key", "-recip", "leaf.pem", input=raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
story.ok(b"198.18.10.9" not in raw and "198.18.10.9" in part(email.message_from_bytes(opened, policy=email.policy.default), "text/plain"),
         "sealed, and its owner opens it", raw[:1500])
story.ok(shown(n, notices(n, "--of", "m10")[0]["id"])[2][0]["form"] == "smime", "and that is written down")

# -- GnuPG hangs
agents = agents_of(f"{n.path}/gnupg")
story.ok(len(agents) == 1, "one agent keeps the secret key", agents)
os.kill(agents[0], signal.SIGSTOP)
n.drop("lab", "eight.csv", records((ago(minutes=5), "198.18.8.9", 443, "webshell")))
story.ok(until(lambda: any("did not answer within" in str(m.get("error")) for m in n.says()), 40), "a GnuPG that hangs is said, and held up nothing for ever", n.says()[-3:])
os.kill(agents[0], signal.SIGCONT)
story.ok(until(lambda: len(raws("ciso@k1.example")) == 2, 60) and one.opens(raws("ciso@k1.example")[1]) is not None, "and when it works again the notice leaves", n.jobs("--all")[:4])

# -- the file of the secret key is lost on this node
n.stop()
story.ok(until(lambda: agents_of(f"{n.path}/gnupg") == []), "the agent ends with the service")
subprocess.run(["rm", "-r", f"{n.path}/gnupg"], check=True)
os.rename(secret, f"{story.tmp}/openpgp.key")
n.start()
n.up()
n.drop("lab", "nine.csv", records((ago(minutes=4), "198.18.9.9", 443, "webshell")))
story.ok(until(lambda: "secret key is not on this node" in n.run("status").out + n.run("job", "list", "--all").out + str(n.says())), "a node without the team's key says so", n.says()[-3:])
story.ok(len(raws("ciso@k1.example")) == 2, "and sends nothing unsigned")
os.rename(f"{story.tmp}/openpgp.key", secret)
for job in n.jobs():
    n.run("job", "retry", str(job["job"]))
story.ok(until(lambda: len(raws("ciso@k1.example")) == 3, 60) and one.opens(raws("ciso@k1.example")[2]) is not None, "with it, it goes on", n.jobs("--all")[:4])
n.stop()
story.end()
