"""What smtp.sh plays: a real Postfix with Dovecot behind it, a real Knot that signs, and servers that misbehave."""
import base64
import imaplib
import json
import os
import shutil
import socket
import subprocess
import time

from play import TREE, WAKER, Ran, Story, must

story = Story("smtp")
REAL = os.environ.get("WAKER_TEST_MAIL_SMTP")
FAKES = []
home = f"{story.tmp}/home"
must("init", "--example", home)


def write(path, text, mode=0o600):
    with open(path, "w", encoding="utf-8") as out:
        out.write(text)
    os.chmod(path, mode)


def certificate(name, *hosts):
    """An own certificate for these names; its key's pin."""
    cert, key = f"{story.tmp}/{name}.cert", f"{story.tmp}/{name}.key"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out", cert,
                    "-subj", f"/CN={hosts[0]}", "-addext", "subjectAltName=" + ",".join(f"DNS:{h}" for h in hosts), "-days", "90"],
                   check=True, capture_output=True)
    public = subprocess.run(["openssl", "x509", "-in", cert, "-pubkey", "-noout"], check=True, capture_output=True).stdout
    der = subprocess.run(["openssl", "pkey", "-pubin", "-outform", "DER"], input=public, check=True, capture_output=True).stdout
    digest = subprocess.run(["openssl", "dgst", "-sha256", "-binary"], input=der, check=True, capture_output=True).stdout
    return cert, key, "sha256//" + base64.b64encode(digest).decode()


class Fake:
    """tests/fake/smtp.py in a folder of its own."""

    def __init__(self, name, *tls):
        self.folder = f"{story.tmp}/{name}"
        os.makedirs(self.folder)
        self.process = subprocess.Popen(["python3", f"{TREE}/tests/fake/smtp.py", self.folder, *tls], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.port = int(self.process.stdout.readline())
        FAKES.append(self)

    def mood(self, text=""):
        write(f"{self.folder}/mood", text)

    def taken(self):
        return len(os.listdir(f"{self.folder}/mail"))

    def log(self):
        try:
            with open(f"{self.folder}/log", encoding="utf-8") as log:
                return log.read()
        except OSError:
            return ""

    def stop(self):
        self.process.stdin.close()
        self.process.wait()


def settings(**lines):
    text = "".join(f"{key} = {value}\n" for key, value in {"from": "cert@team.example", "helo": "waker.team.example", **lines}.items())
    write(f"{home}/waker.conf", f"[home]\nexample = yes\n[mail]\n{text}")


def mailed(to, *options, **env):
    ran = Ran("-C", home, "mail", "test", "--yes", "--json", *options, to, **env)
    return ran, [json.loads(line) for line in ran.out.splitlines() if line.startswith("{")]


def steps(sentence, to, status, want, *options, also=True, **env):
    """`waker mail test` ends so, and has a step that says each of these (step, part of what it says or its remedy)."""
    ran, found = mailed(to, *options, **env)
    missing = [w for w in want if not any(s["step"] == w[0] and w[1] in s["says"] + " -> " + s["remedy"] for s in found)]
    story.ok(ran.status == status and not missing and also, sentence, ran, *found, "missing", *missing)
    return found


# -- servers that misbehave, by a relay on this machine
fake = Fake("fake")
settings(send="off")
steps("while mail is off none leaves, and it says which setting", "a@member.example", 7, [("settings", "send = off")])
settings(send="relay")
steps("a relay that is not named is told as that", "a@member.example", 7, [("settings", "relay = smtp://HOST:PORT")])
settings(send="relay", relay=f"smtp://127.0.0.1:{fake.port}")
fake.mood()
steps("a mail is taken, and the server's own words are shown", "a@member.example", 0, [("answer", "250 2.0.0 taken as 1")])
story.ok(fake.taken() == 1 and "EHLO waker.team.example" in fake.log(), "by a server that was told our name", fake.log())
steps("a dry run goes as far as the server", "a@member.example", 0, [("connect", "ready for mail")], "--dry-run")
story.ok(fake.taken() == 1 and fake.log().count("MAIL") == 1, "and sends nothing", fake.log())
ROWS = [
    ("a mailbox that is full for now (452) is tried again", "rcpt 452 4.2.2 Mailbox full", "452 4.2.2 Mailbox full", "it can be tried again", 0),
    ("a mailbox that is full for good (552) is told", "rcpt 552 5.2.2 Mailbox full", "552 5.2.2 Mailbox full", "another try changes nothing", 0),
    ("a mail that is too big for it is told before it is sent", "size 100", "takes mails of 100 bytes", "another try changes nothing", 0),
    ("a server that hangs up after DATA may have the mail, and this is said", "hangup end", "at end: it hung up", "it may be there twice", 1),
    ("so may one that answers with garbage", "garbage end", "no answer of a mail server", "it may be there twice", 1),
    ("or with a line without end", "endless end", "has no end", "it may be there twice", 1),
    ("so may one that hangs up in the middle of what was on its way whole", "cut", "at end: it hung up", "it may be there twice", 0),
    ("one that refuses what it has read has not, for now", "end 451 4.3.0 disk full", "451 4.3.0 disk full", "does not have the mail", 0),
    ("nor for good", "end 554 5.7.1 spam", "554 5.7.1 spam", "does not have the mail", 0),
    ("a sender that it does not want is told", "mail 550 5.7.1 not you", "the sender: 550", "another try changes nothing", 0),
]
for sentence, mood, says, remedy, takes in ROWS:
    before = fake.taken()
    fake.mood(mood)
    found = steps(sentence, "a@member.example", 7, [("answer", says), ("answer", remedy)])
    if fake.taken() - before != takes:
        story.ok(False, f"{mood}: what it kept", fake.taken() - before)
fake.mood("once rcpt 450 4.2.0 greylisted")
steps("greylisting is a refusal for now", "grey@member.example", 7, [("answer", "450 4.2.0 greylisted")])
steps("and the next try is taken", "grey@member.example", 0, [("answer", "has it")])
fake.mood()
before = fake.taken()
for bad in "a@b.example\r\nRCPT TO:<c@d.example>", "jos\u00e9@member.example", "a b@member.example", "a@", "<a@b.example>":
    steps(f"an address that could break a line or needs an extension is refused: {bad!r}", bad, 7, [("address", "no address that can be mailed")])
story.ok(fake.taken() == before, "and no server hears of it")

# -- certificates and keys
cert, key, pin = certificate("first", "localhost", "mx.member.example")
cert2, key2, pin2 = certificate("second", "localhost", "mx.member.example")
secure = Fake("secure", cert, key)
settings(send="relay", relay=f"smtp://localhost:{secure.port}")
write(f"{home}/mail.pins", f"# our relay\nlocalhost {pin}\n")
found = steps("a pinned key is enough, whoever signed the certificate", "a@member.example", 0, [("route", "enforced by mail.pins"), ("tls", pin)])
write(f"{home}/mail.pins", f"localhost {pin2}\n")
steps("a certificate that changed stops all mail there, in one clear sentence", "a@member.example", 7,
      [("tls", "shows another key than it must (mail.pins wants it): nothing was sent")])
write(f"{home}/mail.pins", f"localhost {pin2}\nlocalhost {pin}\n")
steps("the next key may stand beside the present one", "a@member.example", 0, [("answer", "over TLS")])
write(f"{home}/mail.pins", "localhost sha256//short\n")
steps("a pin that is wrong is told with its line, and nothing is sent", "a@member.example", 7, [("settings", "mail.pins, line 1")])
os.remove(f"{home}/mail.pins")
write(f"{home}/credentials/mail", "user = waker\npassword = hunter2\n")
write(f"{secure.folder}/users", "waker hunter2\n")
secure.mood("auth")
settings(send="relay", relay=f"smtp://localhost:{secure.port}", authorities=cert)
steps("a password goes to a relay whose certificate holds", "a@member.example", 0, [("answer", "over TLS")])
write(f"{home}/credentials/mail", "user = waker\npassword = wrong\n")
found = steps("a wrong one is told, without it", "a@member.example", 7, [("auth", "credentials/mail: 535")])
story.ok("wrong" not in json.dumps(found).replace('"wrong"', "").replace("wrong user or password", ""), "and stands in no sentence", found)
settings(send="relay", relay=f"smtp://localhost:{secure.port}")
steps("without the authority it goes nowhere", "a@member.example", 7, [("tls", "its certificate does not hold")])
secure.mood("auth,strip")
steps("nor where STARTTLS was taken out on the way", "a@member.example", 7, [("tls", "offers no TLS, and must (it is our relay): nothing was sent")])
story.ok("plain AUTH" not in secure.log() and "plain MAIL" not in secure.log(), "neither password nor mail went in clear", secure.log())
os.remove(f"{home}/credentials/mail")

# -- a real Postfix, and Dovecot behind it
if REAL:
    root, imap = os.environ["WAKER_TEST_MAIL_ROOT"], int(os.environ["WAKER_TEST_MAIL_IMAP"])
    settings(send="relay", relay=f"smtps://localhost:{os.environ['WAKER_TEST_MAIL_SMTPS']}", authorities=os.environ["WAKER_TEST_MAIL_CA"], relay_enforces="yes")
    write(f"{home}/credentials/mail", f"user = {os.environ['WAKER_TEST_MAIL_USER']}\npassword = {os.environ['WAKER_TEST_MAIL_PASSWORD']}\n")
    steps("a real Postfix takes a mail, over TLS at once and with a password", "security@member.example", 0,
          [("enforced", "(relay)"), ("tls", os.environ["WAKER_TEST_MAIL_PIN"]), ("answer", "queued as")], "--enforced")
    settings(send="relay", relay=f"smtp://127.0.0.1:{os.environ['WAKER_TEST_MAIL_SUBMISSION']}", authorities=os.environ["WAKER_TEST_MAIL_CA"])
    steps("likewise by STARTTLS", "security@member.example", 0, [("answer", "queued as")])
    steps("whose mailbox is full is told with its own words", "full@member.example", 7, [("answer", "452 4.2.2"), ("answer", "tried again")])
    steps("who is not there as well", "unknown@member.example", 7, [("answer", "550 5.1.1"), ("answer", "changes nothing")])
    box = imaplib.IMAP4("127.0.0.1", imap)
    box.login("security@member.example", os.environ["WAKER_TEST_MAIL_PASSWORD"])
    end, count = time.time() + 20, 0
    while count < 2 and time.time() < end:
        count = int(box.select()[1][0] or 0)
        time.sleep(0.1)
    text = box.fetch("1", "(RFC822)")[1][0][1].decode() if count else ""
    story.ok(count == 2 and "Subject: Test of mail by Waker" in text and "Auto-Submitted: auto-generated" in text and
             "From: <cert@team.example>" in text and "with ESMTPSA" in text, "both lie in a real mailbox, whole", count, text)
    box.logout()
    os.remove(f"{home}/credentials/mail")
else:
    story.skip("a real Postfix takes a mail, and it lies in a real mailbox", "no Postfix and Dovecot here, or not root")

# -- straight to a domain's servers, as a signed zone says
hexed = base64.b64decode(pin[8:]).hex()
port = secure.port
secure.mood()
ZONE = f"""$ORIGIN example.
$TTL 60
@ SOA ns.example. hostmaster 1 3600 600 86400 60
@ NS ns
ns A 127.0.0.1
member MX 10 mx.member
mx.member A 127.0.0.1
_{port}._tcp.mx.member TLSA 3 1 1 {hexed}
changed MX 10 mx.changed
mx.changed A 127.0.0.1
_{port}._tcp.mx.changed TLSA 3 1 1 {"0" * 64}
authority MX 10 mx.authority
mx.authority A 127.0.0.1
_{port}._tcp.mx.authority TLSA 2 1 1 {hexed}
open MX 10 mx.open
mx.open A 127.0.0.1
two MX 20 mx.member
two MX 10 dead
dead A 127.0.0.2
null MX 0 .
lost MX 10 nowhere
direct A 127.0.0.1
sts MX 10 mx.member.sts
mx.member.sts A 127.0.0.1
_mta-sts.sts TXT "v=STSv1; id=1;"
team MX 10 mx.member
team TXT "v=spf1 mx -all"
bare MX 10 mx.member
loop CNAME loop2
loop2 CNAME loop
alias CNAME member
plain NS ns.plain
ns.plain A 127.0.0.1
"""
PLAIN = f"""$ORIGIN plain.example.
$TTL 60
@ SOA ns hostmaster 1 3600 600 86400 60
@ NS ns
@ MX 10 mx
ns A 127.0.0.1
mx A 127.0.0.1
_{port}._tcp.mx TLSA 3 1 1 {"0" * 64}
"""
os.makedirs(f"{story.tmp}/zones")
write(f"{story.tmp}/zones/example.zone", ZONE, 0o644)
write(f"{story.tmp}/zones/plain.example.zone", PLAIN, 0o644)
names = subprocess.Popen([f"{TREE}/tests/fake/dns.sh", f"{story.tmp}/zones", "sh", "-c", 'echo "${WAKER_TEST_DNS-} ${WAKER_TEST_DNS_ANCHORS-}"; exec cat'],
                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
resolver, _, anchors = names.stdout.readline().strip().partition(" ")


def zones():
    env = {"WAKER_MAIL_PORT": str(port)}
    shutil.copy(anchors, f"{home}/mail.anchors")
    settings(send="direct", resolver=resolver)
    secure.mood()
    before = secure.taken()
    steps("a server whose key its signed zone says gets mail, by DANE", "a@member.example", 0,
          [("route", "mx.member.example"), ("enforced", "(dane)"), ("answer", "over TLS")], "--enforced", **env)
    steps("also where the domain is another's name", "a@alias.example", 0, [("enforced", "(dane)")], **env)
    steps("one that shows another key than the zone says gets none", "a@changed.example", 7,
          [("tls", "shows another key than it must (DANE of its zone wants it): nothing was sent")], **env)
    secure.mood("strip")
    steps("nor one whose STARTTLS was taken out on the way", "a@member.example", 7, [("tls", "offers no TLS, and must (DANE")], **env)
    steps("where nothing enforces TLS it goes without, and that is said", "a@open.example", 0,
          [("enforced", "nothing enforces TLS"), ("tls", "not encrypted"), ("answer", "has it")], **env)
    secure.mood()
    steps("what must go enforced does not go there", "a@open.example", 7, [("route", "must not go without")], "--enforced", **env)
    steps("records that cannot be used enforce nothing", "a@authority.example", 0, [("route", "none of its TLSA records can be used"), ("enforced", "nothing enforces")], **env)
    steps("nor do those of a zone without signatures", "a@plain.example", 0, [("enforced", "nothing enforces TLS")], **env)
    write(f"{home}/mail.pins", f"plain.example {pin}\n")
    steps("but a pin of its domain does", "a@plain.example", 0, [("enforced", "(pin)")], "--enforced", **env)
    os.remove(f"{home}/mail.pins")
    found = mailed("a@two.example", **env)
    story.ok(found[0].status == 3 and any("dead.example" in s["says"] and s["state"] == "wrong" for s in found[1]) and
             any(s["step"] == "answer" and "mx.member.example has it" in s["says"] for s in found[1]),
             "the next server is tried where the first is not there", found[0], *found[1])
    steps("a domain that takes no mail says so (RFC 7505)", "a@null.example", 7, [("route", "takes no mail (RFC 7505)")], **env)
    steps("a domain that is not there is told as that", "a@nobody.example", 7, [("route", "there is no such domain")], **env)
    steps("so is a server without an address", "a@lost.example", 7, [("route", "nowhere.example has no address")], **env)
    steps("and names that lead round in a circle", "a@loop.example", 7, [("route", "loop.example")], **env)
    steps("a domain without MX is its own server", "a@direct.example", 0, [("route", "1. direct.example"), ("answer", "has it")], **env)
    with open(anchors, encoding="utf-8") as file:
        good = file.read().split()
    flipped = good[-1][:20] + ("A" if good[-1][20] != "A" else "B") + good[-1][21:]
    write(f"{home}/mail.anchors", " ".join(good[:-1] + [flipped]) + "\n")
    steps("where the signatures of a zone do not hold nothing is sent", "a@member.example", 7, [("route", "signatures of DNSSEC do not hold")], **env)
    shutil.copy(anchors, f"{home}/mail.anchors")
    hole = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    hole.bind(("127.0.0.1", 0))
    settings(send="direct", resolver=f"127.0.0.1@{hole.getsockname()[1]}")
    began = time.time()
    steps("a resolver that never answers is given up after ten seconds", "a@member.example", 7, [("route", "member.example")],
          also=time.time() - began < 15, **env)
    hole.close()
    settings(send="direct", resolver=resolver)
    policies(env)
    story.ok(secure.taken() > before and "plain RCPT TO:<a@member" not in secure.log(), "no mail that was to go encrypted went in clear")
    checks(env)
    real_home(env)


def policies(env):
    """MTA-STS, by the policy that was kept: a test has no server of HTTPS at port 443."""
    until = 4102444800000000
    os.makedirs(f"{home}/run/mta-sts", exist_ok=True)

    def policy(mode, mx):
        write(f"{home}/run/mta-sts/sts.example", f"{until} 1\nversion: STSv1\nmode: {mode}\nmx: {mx}\nmax_age: 604800\n")
    policy("enforce", "*.sts.example")
    steps("a policy's pattern that does not fit the server leaves it out", "a@sts.example", 7, [("route", "is not named by the domain's MTA-STS policy")], **env)
    policy("enforce", "mx.member.sts.example")
    settings(send="direct", resolver=resolver, authorities=cert)
    steps("one whose certificate is for another name gets no mail", "a@sts.example", 7, [("route", "enforced by MTA-STS"), ("tls", "its certificate does not hold")], **env)
    policy("testing", "mx.other.example")
    steps("a policy that is only being tested holds nothing up", "a@sts.example", 0, [("enforced", "nothing enforces")], **env)
    policy("enforce", "mx.member.sts.example")
    proper, proper_key, _ = certificate("sts", "mx.member.sts.example")
    server = Fake("sts", proper, proper_key)
    settings(send="direct", resolver=resolver, authorities=proper)
    steps("one whose certificate holds gets it, by MTA-STS", "a@sts.example", 0, [("enforced", "(mta-sts)"), ("answer", "over TLS")], "--enforced",
          WAKER_MAIL_PORT=str(server.port))
    settings(send="direct", resolver=resolver)


def checks(env):
    def mail(**more):
        ran = Ran("-C", home, "check", "--json", **{**env, **more})
        return ran, [r for r in map(json.loads, ran.out.splitlines()) if r["what"] == "mail"]
    ran, found = mail()
    story.ok(len(found) == 1 and found[0]["state"] == "ok" and "team.example has 1 server for mail, and SPF" in found[0]["says"],
             "`waker check` looks at the domain from which mail comes", ran)
    settings(send="direct", resolver=resolver, **{"from": "cert@bare.example"})
    ran, found = mail()
    story.ok(ran.status == 7 and [r["state"] for r in found] == ["warning"] and "no SPF" in found[0]["says"], "and names what it lacks", ran)
    settings(send="relay", relay=f"smtp://127.0.0.1:{port}")
    ran, found = mail()
    story.ok(len(found) == 1 and found[0]["state"] == "ok" and "ends in" in found[0]["says"], "or at the relay, and until when its certificate holds", ran)
    settings(send="relay", relay="smtp://127.0.0.1:1")
    ran, found = mail()
    story.ok(ran.status == 7 and [r["state"] for r in found] == ["wrong"] and "no connection" in found[0]["says"], "which may not be there", ran)


def real_home(env):
    """Not an example: nothing is sent into networks that are nobody's."""
    settings(send="direct", resolver=resolver)
    with open(f"{home}/waker.conf", encoding="utf-8") as file:
        write(f"{home}/waker.conf", file.read().replace("example = yes", "example = no"))
    before = secure.taken()
    env = {name: value for name, value in os.environ.items() if name != "WAKER_NOW"}
    done = subprocess.run([WAKER, "-C", home, "mail", "test", "--yes", "a@member.example"], env={**env, "WAKER_MAIL_PORT": str(port)},
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60)
    story.ok(done.returncode == 7 and "no mail is sent there" in done.stdout and secure.taken() == before,
             "a domain whose server lies in a private network is refused", done.stdout, done.stderr)


if resolver:
    zones()
else:
    story.skip("mail goes straight to a domain's servers, as its signed zone says", "no Knot here")
names.stdin.close()
names.wait()
for f in FAKES:
    f.stop()
story.end()
