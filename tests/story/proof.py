"""What proof.sh plays: mails made here, signed by GnuPG and openssl, and DKIM signatures made by hand (RFC 6376), each asked about."""
import atexit
import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys

from play import TREE, Story
from service_home import Node

story = Story("proof")
TRUSTED = "mx.z.example"
PASS = f"Authentication-Results: {TRUSTED}; dmarc=pass header.from="


# -- what others make: keys and signatures

def run(*words, data=None):
    return subprocess.run(words, input=data, capture_output=True, check=True, timeout=60).stdout


def rsa(name, bits=2048):
    """A key for DKIM: its record."""
    run("openssl", "genrsa", "-out", f"{story.tmp}/{name}.pem", str(bits))
    return "v=DKIM1; k=rsa; p=" + base64.b64encode(run("openssl", "rsa", "-in", f"{story.tmp}/{name}.pem", "-pubout", "-outform", "DER")).decode()


def relaxed(name, value):
    return name.lower() + b":" + re.sub(rb"[ \t]+", b" ", re.sub(rb"\r\n", b"", value)).strip()


def dkim(mail, domain, key="s1", selector="s1", length=None):
    """The mail with a signature above it: relaxed/simple, over From, To and Subject."""
    head, text = mail.split(b"\r\n\r\n", 1)
    text = text.rstrip(b"\r\n") + b"\r\n"
    fields = dict(f.split(b":", 1) for f in re.split(rb"\r\n(?![ \t])", head))
    covered = text if length is None else text[:length]
    tags = (f" v=1; a=rsa-sha256; c=relaxed/simple; d={domain}; s={selector};{'' if length is None else f' l={length};'}\r\n h=from:to:subject; "
            f"bh={base64.b64encode(hashlib.sha256(covered).digest()).decode()};\r\n b=").encode()
    signed = b"".join(relaxed(n, fields[n]) + b"\r\n" for n in (b"From", b"To", b"Subject")) + relaxed(b"DKIM-Signature", tags)
    b = base64.b64encode(run("openssl", "dgst", "-sha256", "-sign", f"{story.tmp}/{key}.pem", data=signed))
    return b"DKIM-Signature:" + tags + b + b"\r\n" + mail


def gpg(*words, data=None):
    return run("gpg", "--homedir", f"{story.tmp}/pgp", "--batch", "--yes", "--pinentry-mode", "loopback", "--passphrase", "", "--trust-model", "always", *words, data=data)


def pgp_key(user, ends="1y"):
    gpg("--quick-gen-key", user, "default", "default", ends)
    said = gpg("--with-colons", "--list-keys", user.split("<")[1].strip(">")).decode()
    with open(f"{story.tmp}/{user.split('<')[1].split('@')[0]}.asc", "wb") as out:
        out.write(gpg("--armor", "--export", user))
    return re.search(r"^fpr:+(\w+):", said, re.M)[1]


def smime_key(address):
    path = f"{story.tmp}/smime"
    run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "300", "-subj", f"/CN=Soc/emailAddress={address}", "-keyout", f"{path}.key", "-out", f"{path}.pem",
        "-addext", f"subjectAltName=email:{address}", "-addext", "keyUsage=digitalSignature,keyEncipherment")


# -- mails

def plain(sender="soc@m1.example", subject="Re: N-1", text="FIXED\r\n", **fields):
    return "".join(f"{n.replace('_', '-')}: {v}\r\n" for n, v in {"From": sender, "To": "cert@z.example", "Subject": subject, "Date": "Mon, 2 Mar 2026 12:00:00 +0000",
                                                                 **fields}.items()).encode() + b"\r\n" + text.encode()


ENTITY = 'Content-Type: text/plain; charset=utf-8; protected-headers="v1"\r\nFrom: soc@m1.example\r\nSubject: N-1 is fixed\r\n\r\nFIXED \r\n-- \r\nSoc\r\n'.encode()


def signed(entity=ENTITY, by="soc@m1.example", sender="soc@m1.example", **fields):
    signature = gpg("--armor", "--detach-sign", "-u", by, data=entity).decode().replace("\n", "\r\n")
    return wrapped(entity, signature, sender, **fields)


def wrapped(entity, signature, sender="soc@m1.example", **fields):
    text = f"--fee\r\n{entity.decode()}\r\n--fee\r\nContent-Type: application/pgp-signature\r\n\r\n{signature}\r\n--fee--\r\n"
    return plain(sender, text=text, **{"Content_Type": 'multipart/signed; boundary=fee; micalg=pgp-sha512; protocol="application/pgp-signature"', **fields})


class Asked:
    def __init__(self, mail, *words):
        path = f"{story.tmp}/mail.eml"
        with open(path, "wb") as out:
            out.write(mail)
        self.ran = n.run("mail", "verify", "--json", path, *words)
        rows = [json.loads(line) for line in self.ran.out.splitlines()] or [{}]
        self.is_, self.rows = rows[0], rows[1:]
        self.proof, self.by, self.says = self.is_.get("proof"), self.is_.get("domain_by"), "\n".join(self.is_.get("says", ()))
        self.verdicts = [(r["verdict"], r["counts"]) for r in self.rows if "verdict" in r]
        self.dkim = [r["result"] for r in self.rows if "dkim" in r]

    def __str__(self):
        return f"{self.ran}\n{self.says}\n{self.rows}"


os.mkdir(f"{story.tmp}/pgp", 0o700)
os.mkdir(f"{story.tmp}/t")
os.environ["TMPDIR"] = f"{story.tmp}/t"  # where GnuPG works for one mail
atexit.register(lambda: subprocess.run(["gpgconf", "--homedir", f"{story.tmp}/pgp", "--kill", "all"], check=False, capture_output=True))
os.mkdir(f"{story.tmp}/zones")
records = {"s1._domainkey.m1": rsa("s1"), "s2._domainkey.m1": rsa("s2"), "old._domainkey.m1": rsa("old", 768), "s1._domainkey.evil": rsa("evil")}
with open(f"{story.tmp}/zones/example.zone", "w", encoding="ascii") as zone:
    zone.write("$ORIGIN example.\n$TTL 60\n@ SOA ns hostmaster 1 3600 600 86400 60\n@ NS ns\nns A 127.0.0.1\n" +
               "".join(f"{name} TXT {' '.join(chr(34) + text[i:i + 200] + chr(34) for i in range(0, len(text), 200))}\n" for name, text in records.items()))
os.chmod(f"{story.tmp}/zones/example.zone", 0o644)
os.chmod(story.tmp, 0o755)
knot = subprocess.Popen([f"{TREE}/tests/fake/dns.sh", f"{story.tmp}/zones", "sh", "-c", 'echo "${WAKER_TEST_DNS-} ${WAKER_TEST_DNS_ANCHORS-}"; exec cat'],
                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
atexit.register(lambda: (knot.stdin.close(), knot.wait()))
resolver, _, anchors = knot.stdout.readline().strip().partition(" ")

n = Node(story, "home")
with open(f"{story.tmp}/roster.csv", "w", encoding="ascii") as roster:
    roster.write("record,member,names,kind,role,name,mail\ncontact,m1,,,security,Soc,soc@m1.example\ncontact,m2,,,security,Ciso,ciso@m2.example\n")
n.must("member", "import", f"{story.tmp}/roster.csv", "--yes")


def conf(**said):
    with open(f"{n.path}/waker.conf", encoding="utf-8") as was:
        text = was.read()
    for key, value in said.items():
        text, times = re.subn(rf"^{key} = .*$", f"{key} = {value}", text, flags=re.M)
        assert times == 1, key
    with open(f"{n.path}/waker.conf", "w", encoding="utf-8") as now:
        now.write(text)


conf(**{"resolver": resolver or "127.0.0.1@1", "from": "cert@z.example"})
if anchors:
    shutil.copy(anchors, f"{n.path}/mail.anchors")

# -- the domain, by our server
mail = PASS.encode() + b"m1.example\r\n" + plain()
got = Asked(mail)
story.ok(got.proof == "nothing" and got.ran.status == 7 and "[mail] trusted is not set" in got.says, "no server's word is believed before one is set", got)
conf(trusted=TRUSTED)
got = Asked(mail)
story.ok((got.proof, got.by, got.ran.status, got.is_["member"]) == ("domain", "server", 0, "m1") and "an address of a contact of First (m1)" in got.says, "then our server's is, and its contact is named", got)
for what, m in {"a mail without a word of our server": plain(),
                "another server's word": mail.replace(TRUSTED.encode(), b"mx.evil.example"),
                "a word on another domain": mail.replace(b"from=m1.example", b"from=evil.example"),
                "a word below our server's own": PASS.replace("pass", "none").encode() + b"m1.example\r\nReceived: from x by mx.z.example\r\n" + mail,
                "a result within an address that the sender chose": f'Authentication-Results: {TRUSTED}; spf=pass smtp.mailfrom="a\\"; dmarc=pass header.from=m1.example"@evil.example\r\n'.encode() + plain(),
                "an address of a contact as the name of another": PASS.encode() + b"evil.example\r\n" + plain('"soc@m1.example" <x@evil.example>'),
                "what says two senders": PASS.encode() + b"m1.example\r\n" + plain("soc@m1.example, x@evil.example"),
                "what has two From": PASS.encode() + b"m1.example\r\nFrom: x@evil.example\r\n" + plain(),
                "what has two subjects": PASS.encode() + b"m1.example\r\nSubject: other\r\n" + plain(),
                "an empty mail": b"", "no mail": b"\0\xff\n\n\0"}.items():
    got = Asked(m)
    story.ok(got.proof == "nothing" and got.ran.status == 7 and got.says.endswith("In sum: anybody may have written it."), f"{what} proves nothing", got)

# -- by DKIM
if resolver:
    good = dkim(plain(), "m1.example")
    got = Asked(good)
    story.ok((got.proof, got.by, got.dkim) == ("domain", "dkim", ["pass"]) and "2048 bits, key s1, by DNSSEC" in got.says, "a DKIM signature of its domain proves it", got)
    story.ok(Asked(good.replace(b"\r\n", b"\n")).proof == "domain" and Asked(b"From x@m1.example Mon Mar  2 12:00:00 2026\n" + good.replace(b"\r\n", b"\n")).proof == "domain", "also as a local pipe gives it on")
    story.ok(Asked(dkim(plain("soc@office.m1.example"), "m1.example")).by == "dkim", "of the same organisation")
    story.ok(Asked(good, "--offline").proof == "nothing", "nobody is asked where that is not wanted")
    for what, m, result in (("of another domain", dkim(plain(), "evil.example", "evil"), "pass"), ("of another's key", dkim(plain(), "m1.example", "evil"), "fail"),
                            ("over another text", good.replace(b"FIXED", b"FALSE"), "fail"), ("over another subject", good.replace(b"Subject: Re", b"Subject: re"), "fail"),
                            ("over a part of the text", dkim(plain(text="FIXED\r\nnot\r\n"), "m1.example", length=7), "policy"),
                            ("by a short key", dkim(plain(), "m1.example", "old", "old"), "policy"),
                            ("by a key that is not there", dkim(plain(), "m1.example", selector="none"), "permerror"),
                            ("by a name that is none", dkim(plain(), "m1.example", selector="a..b"), "permerror")):
        got = Asked(m)
        story.ok(got.proof == "nothing" and got.dkim == [result], f"a DKIM signature {what} proves nothing", got)
    got = Asked(PASS.replace("pass", "fail").encode() + b"m1.example\r\n" + good)
    story.ok((got.proof, got.by) == ("nothing", "denied"), "where our server says that DMARC failed, it did", got)
    many = plain()
    for _ in range(8):
        many = dkim(many, "m1.example", "evil")
    got = Asked(many)
    story.ok(got.proof == "nothing" and len(got.dkim) == 5 and "more DKIM signatures" in got.says, "of many signatures five are looked at", got)
else:
    story.skip("a DKIM signature of its domain proves it", "no Knot here")

# -- a person, by OpenPGP
soc = pgp_key("Soc <soc@m1.example>")
ciso = pgp_key("Ciso <ciso@m2.example>")
mail = signed()
got = Asked(mail)
story.ok(got.proof == "nothing" and got.verdicts == [("unknown-key", False)], "a key that nobody has is unknown", got)
n.must("key", "import", f"{story.tmp}/soc.asc")
n.must("key", "import", f"{story.tmp}/ciso.asc")
got = Asked(mail)
story.ok(got.proof == "nothing" and got.verdicts == [("good", False)] and "nobody has verified it" in got.says, "one that nobody has verified proves nothing, though it holds", got)
for key in ("1", "2"):
    n.must("key", "verify", key, "--method", "call-back", "--evidence", "read to J. Doe")
got = Asked(mail)
story.ok((got.proof, got.is_["key"], got.is_["member"], got.ran.status) == ("signed", soc, "m1", 0), "one that an officer verified proves who wrote it", got)
story.ok("read to J. Doe" in got.says and "says officer on" in got.says and got.is_["subject"] == "N-1 is fixed" and got.is_["subject_signed"], "by the ledger; its subject is the signed one", got)
replay = got.is_["replay"]
again = Asked(mail.replace(b"Date: Mon, 2 Mar", b"Date: Tue, 3 Mar").replace(b"To: cert@", b"To: desk@"))
story.ok(again.proof == "signed" and again.is_["replay"] == replay and re.fullmatch("[0-9a-f]{64}", replay), "the same signature in another mail is told as that", again)
story.ok(Asked(signed(ENTITY + b"x\r\n")).is_["replay"] != replay, "and another text has another")
story.ok(Asked(mail.replace(b"\r\n", b"\n")).is_["replay"] == replay, "whatever its lines end in")
without = signed(b"Content-Type: text/plain\r\n\r\nFIXED\r\n")
got = Asked(without)
story.ok(got.proof == "signed" and not got.is_["subject_signed"] and "Its subject is not signed" in got.says, "a subject that was not signed is said to be so", got)
clear = gpg("--clear-sign", "-u", soc, data=b"FIXED\n- all of it\n").decode().replace("\n", "\r\n")
got = Asked(plain(text=clear))
story.ok(got.proof == "signed" and got.is_["form"] == "pgp-inline", "a clear-signed text does, too", got)
listed = plain(Content_Type="multipart/mixed; boundary=out", text="--out\r\n" + re.search(rb"Content-Type: multipart/signed.*", mail, re.S)[0].decode() +
               "\r\n--out\r\n\r\na footer\r\n--out--\r\n")
for what, m, verdicts in (("with a letter changed", mail.replace(b"FIXED", b"FIXET"), [("bad", False)]),
                          ("with a space of its lines lost", mail.replace(b"FIXED \r\n", b"FIXED\r\n"), [("bad", False)]),
                          ("under another contact's address", mail.replace(b"From: soc@m1.example\r\nTo", b"From: ciso@m2.example\r\nTo"), [("good", False)]),
                          ("of another contact", signed(by=ciso), [("good", False)]),
                          ("under a name that looks like the contact's", mail.replace(b"From: soc@m1.example\r\nTo", b'From: "soc@m1.example" <x@evil.example>\r\nTo'), [("good", False)]),
                          ("whose signed head says another sender", signed(ENTITY.replace(b"From: soc@", b"From: boss@")), [("good", False)]),
                          ("with a list's footer", listed, [("good", False)]),
                          ("with words above a clear-signed block", plain(text="NOT YET\r\n" + clear), [("good", False)]),
                          ("with a third part", mail.replace(b"--fee--", b"--fee\r\n\r\nNOT YET\r\n--fee--"), []),
                          ("over SHA-1", wrapped(ENTITY, gpg("--armor", "--digest-algo", "SHA1", "--detach-sign", "-u", soc, data=ENTITY).decode()), [("weak-digest", False)]),
                          ("that is none", wrapped(ENTITY, "words"), [])):
    got = Asked(m)
    story.ok(got.proof == "nothing" and got.verdicts == verdicts and got.ran.status == 7, f"a signed mail {what} proves nothing", got)

# -- sealed to us
team = json.loads(n.must("key", "init", "--json").out)["fingerprint"]
gpg("--import", data=n.must("key", "export").out.encode())
sealed = 'multipart/encrypted; boundary=s; protocol="application/pgp-encrypted"'


def seal(entity, *words):
    armored = gpg("--armor", "--encrypt", "-r", team, *words, data=entity).decode().replace("\n", "\r\n")
    return plain(subject="...", Content_Type=sealed, text=f"--s\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n\r\n--s\r\nContent-Type: application/octet-stream\r\n\r\n{armored}\r\n--s--\r\n")


got = Asked(seal(ENTITY, "--sign", "-u", soc))
story.ok((got.proof, got.is_["form"], got.is_["subject"]) == ("signed", "pgp-mime-sealed", "N-1 is fixed") and "opened with our key" in got.says, "what is sealed to the team and signed within is opened, and proven", got)
inner = re.search(rb"Content-Type: multipart/signed.*", mail, re.S)[0]
inner = inner.split(b"\r\n", 1)[0] + b"\r\n\r\n" + mail.split(b"\r\n\r\n", 1)[1]
got = Asked(seal(inner))
story.ok((got.proof, got.is_["form"], got.is_["replay"]) == ("signed", "pgp-mime-sealed pgp-mime", replay), "layer by layer; the signed bytes sealed anew are the same again", got)
got = Asked(seal(ENTITY))
story.ok(got.proof == "nothing" and got.verdicts == [], "what is only sealed proves nothing: anybody can", got)
got = Asked(seal(ENTITY).replace(b"\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n\r\n", b"\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nAAAA"))
story.ok(got.proof == "nothing" and "Not all of it could be read" in got.says, "what is sealed and damaged is said to be so", got)

# -- keys that are over
n.must("key", "refuse", "1", "--reason", "left")
got = Asked(mail)
story.ok(got.proof == "nothing" and got.verdicts == [("good", False)] and "an officer refused it" in got.says, "a key that an officer refused proves nothing any more", got)

# -- S/MIME
smime_key("soc@m1.example")
n.must("key", "import", f"{story.tmp}/smime.pem", "--for", "soc@m1.example")
entity = b"Content-Type: text/plain\r\n\r\nFIXED\r\n"


def smime(*words):
    made = run("openssl", "cms", "-sign", "-binary", "-signer", f"{story.tmp}/smime.pem", "-inkey", f"{story.tmp}/smime.key", "-md", "sha256", "-crlfeol", *words, data=entity)
    return b"From: soc@m1.example\r\nTo: cert@z.example\r\nSubject: Re: N-1\r\n" + made.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


got = Asked(smime())
story.ok(got.proof == "nothing" and got.verdicts == [("good", False)], "a certificate that nobody verified proves nothing", got)
n.must("key", "verify", "3", "--method", "first", "--evidence", "directory")
for words, form in (((), "smime"), (("-nodetach",), "smime-opaque")):
    got = Asked(smime(*words))
    story.ok((got.proof, got.is_["form"]) == ("signed", form), f"one that an officer verified does ({form})", got)
got = Asked(smime().replace(b"FIXED", b"FIXET"))
story.ok(got.proof == "nothing" and got.verdicts == [("bad", False)], "but not over another text", got)
story.ok(os.listdir(f"{story.tmp}/t") == [], "no folder with keys is left behind", os.listdir(f"{story.tmp}/t"))
story.end()
