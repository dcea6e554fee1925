"""What hear.sh plays: members answer the mails that they got, or their servers do, through a real Postfix and the mailbox of a real Dovecot."""
import json
import os
import re
import smtplib
import subprocess
import time
from datetime import datetime, timedelta, timezone
from email.message import EmailMessage

from play import WAKER, feed_file
from service_home import Node, until
from tell_home import begin, box, deliver_by_mail, notices, part, records
from web_site import certify, free_port, https

story = begin("hear")
ISSUES = {"rdp": "exposed.rdp", "docker": "exposed.docker", "exchange": "vuln.exchange", "webshell": "compromised.webshell"}
ROSTER = "record,member,names,kind,language,role,mail,order,value,phone,phone2\n" + "".join(
    f"member,m{i},Member {i},hospital,{'nl' if i == 1 else 'en'},,,,,,\nasset,m{i},,prefix,,,,,198.18.{i}.0/24,,\n" for i in range(1, 8)) + """\
contact,m1,,,nl,security,soc@m1.example,1,,,
contact,m1,,,nl,security,ciso@m1.example,2,,,
contact,m2,,,en,security,soc@m2.example,1,,,
contact,m3,,,en,security,soc@m3.example,1,,,
contact,m3,,,en,technical,second@m3.example,2,,,
contact,m4,,,en,security,soc@m4.example,1,,,
contact,m5,,,en,board,,1,,+31 33 555 0001,+31 6 555 0002
"""
TRUSTED = "mail.test.example"
PORTAL = "https://cert.z.example"
PORT = free_port()


def node():
    n = Node(story, "home")
    with open(f"{story.tmp}/hear.csv", "w", encoding="ascii") as out:
        out.write(ROSTER)
    n.must("member", "import", f"{story.tmp}/hear.csv", "--yes")
    deliver_by_mail(n.path, portal=PORTAL, trusted=TRUSTED, inbox=f"imap://127.0.0.1:{os.environ['WAKER_TEST_MAIL_IMAP']}/INBOX",
                    listen=f"127.0.0.1:{PORT}", certificate=f"{story.tmp}/site.pem", key=f"{story.tmp}/site.key")
    certify(f"{story.tmp}/site", "first")
    with open(f"{n.path}/credentials/imap", "w", encoding="ascii", opener=lambda p, f: os.open(p, f, 0o600)) as out:
        out.write(f"user = cert@z.example\npassword = {os.environ['WAKER_TEST_MAIL_PASSWORD']}\n")
    with open(f"{n.path}/feeds/lab.feed", "w", encoding="ascii") as out:
        out.write(feed_file("lab", "stream", ISSUES))
    os.makedirs(f"{n.path}/inbox/lab")
    return n


def mail(sender, subject, text, to_what=None, proven=True, **fields):
    """A mail to the team, as our mail server would give it on."""
    m = EmailMessage()
    if proven:
        m["Authentication-Results"] = f"{TRUSTED}; dmarc=pass header.from={sender.rsplit('@', 1)[1]}"
    m["From"], m["To"], m["Subject"] = sender, "cert@z.example", subject
    m["Message-ID"] = f"<{os.urandom(8).hex()}@{sender.rsplit('@', 1)[1]}>"
    if to_what is not None:
        m["In-Reply-To"] = to_what["Message-ID"]
    for name, value in fields.items():
        m[name.replace("_", "-")] = value
    m.set_content(text)
    return m


def send(m, envelope=None):
    with smtplib.SMTP("127.0.0.1", int(os.environ["WAKER_TEST_MAIL_SMTP"])) as s:
        s.sendmail(envelope if envelope is not None else m["From"], ["cert@z.example"], m.as_bytes())


def came(n):
    return [json.loads(line) for line in n.must("mail", "list", "--json").out.splitlines()]


def heard(n, m):
    """The row of this mail, when it was read."""
    return until(lambda: next((x for x in came(n) if x["message_id"] == m["Message-ID"] and x["state"] != "waiting"), None), 40)


def states(n, member):
    return {x["seen"].split(" ")[0]: x["state"] for x in map(json.loads, n.must("finding", "list", "--of", member, "--all", "--json").out.splitlines())}


def ids(n, member):
    return {x["seen"].split(" ")[0]: x["id"] for x in map(json.loads, n.must("finding", "list", "--of", member, "--all", "--json").out.splitlines())}


n = node()
now = datetime.now(timezone.utc)
recently = (now - timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M:%SZ")
n.must("notice", "mode", "on")
n.start()
n.done()
n.drop("lab", "one.csv", records((recently, "198.18.1.7", 3389, "rdp"), (recently, "198.18.1.8", 2375, "docker"), (recently, "198.18.2.7", 443, "exchange"),
                                 (recently, "198.18.3.7", 443, "exchange"), (recently, "198.18.4.7", 443, "exchange"),
                                 (recently, "198.18.5.7", 443, "webshell")))
until(lambda: box("soc@m2.example") and box("soc@m3.example") and box("soc@m4.example"), 40)
story.ok(box("soc@m2.example") and box("soc@m3.example"), "two members are told of what cannot wait", notices(n))
critical = box("soc@m2.example")[0]
text = part(critical, "text/plain")
link, code = re.search(rf"{PORTAL}/a/([a-z2-7]{{26}})\b", text), re.search(r"Code\s+for\s+that\s+page:\s+([A-Z0-9]{4})\.", text)
story.ok(link and code, "its mail has a link of its own, and the letters that some answers ask for", text)
other = re.search(rf"{PORTAL}/a/([a-z2-7]{{26}})\b", part(box("soc@m3.example")[0], "text/plain"))
story.ok(other and other[1] != link[1], "which is another in each mail")

# -- an answer by mail
found = ids(n, "m2")
reply = mail("soc@m2.example", f"Re: {critical['Subject']}", "Working on it until 2 days from now\n", critical)
reply.set_content(f"Working on it until {(now + timedelta(days=2)).strftime('%Y-%m-%d')}\n\nOn Monday Z-CERT wrote:\n> FIXED\n")
send(reply)
row = heard(n, reply)
story.ok(row and row["state"] == "done" and row["kind"] == "answer" and row["proof"] == "domain" and row["member"] == "m2", "a plain answer is understood", row, n.says()[-3:])
story.ok(states(n, "m2")["198.18.2.7"] == "acknowledged", "and acknowledges the finding", states(n, "m2"))
receipt = until(lambda: next((m for m in box("soc@m2.example") if "Answer received" in m["Subject"]), None), 30)
story.ok(receipt and found["198.18.2.7"] in part(receipt, "text/plain") and "working" in part(receipt, "text/plain"), "with a receipt that names it", box("soc@m2.example"))
story.ok(receipt and "198.18.2.7" not in part(receipt, "text/plain") and critical["Message-ID"] in (receipt["References"] or ""), "by its number alone, in the same thread")

fixed = mail("soc@m2.example", f"Re: {critical['Subject']}", f"FIXED {found['198.18.2.7']}\n", critical)
send(fixed)
row = heard(n, fixed)
said = json.loads(n.must("answer", "list", "--of", "m2", "--json").out.splitlines()[0])
story.ok(said["answer"] == "fixed" and said["state"] == "weak" and states(n, "m2")["198.18.2.7"] == "acknowledged", "\"fixed\" by plain mail counts as seen, and no more", said)

# -- what proves nothing, what is not plain, who is nobody
for what, m in {
        "an answer that nothing proves": mail("soc@m3.example", "Re:", "FIXED\n", box("soc@m3.example")[0], proven=False),
        "an answer of a stranger": mail("x@evil.example", "Re:", "FIXED\n", box("soc@m3.example")[0]),
        "an answer that names another's finding": mail("soc@m3.example", "Re:", f"FIXED {found['198.18.2.7']}\n", box("soc@m3.example")[0]),
        "a report of somebody": mail("finder@research.example", "A hole in your members' portal", "Hello,\nI found …\n")}.items():
    send(m)
    row = heard(n, m)
    story.ok(row and row["state"] == "officer" and states(n, "m3")["198.18.3.7"] == "told", f"{what} is a person's to read, and does nothing", row, states(n, "m3"))
own = mail("soc@m4.example", "Re:", "Not fixed yet, is it?\n", box("soc@m4.example")[0])
send(own)
row = heard(n, own)
story.ok(row and row["state"] == "officer" and states(n, "m4")["198.18.4.7"] == "acknowledged", "their own words say that they have read it, and a person reads them", row, states(n, "m4"))
story.ok("need a person" in n.run("status").out, "and the status says so", n.run("status").out)

# -- an answer by link
page = f"/a/{re.search(rf'{PORTAL}/a/([a-z2-7]+)', part(box('soc@m3.example')[0], 'text/plain'))[1]}?l=en"
f = ids(n, "m3")["198.18.3.7"]
got = https(PORT, page)
story.ok(got.status == 200 and f in got.text and "198.18.3.7" in got.text and found["198.18.2.7"] not in got.text, "the link of a mail opens what that mail said", got)
got = https(PORT, page, "POST", {f"a.{f}": "fixed"})
early = "machine" in got.text and states(n, "m3")["198.18.3.7"] == "told"
time.sleep(11)
got = https(PORT, page, "POST", {f"a.{f}": "fixed"})
story.ok(early and states(n, "m3")["198.18.3.7"] == "claimed", "too soon it is asked again, and then it is a claim", got, states(n, "m3"))
story.ok(until(lambda: any("Answer received" in m["Subject"] for m in box("soc@m3.example")), 30), "with a receipt by mail", box("soc@m3.example"))
receipt = next(m for m in box("soc@m3.example") if "Answer received" in m["Subject"])
back = f"/a/{re.search(rf'{PORTAL}/a/([a-z2-7]+)', part(receipt, 'text/plain'))[1]}?l=en"
got = https(PORT, back)
story.ok(got.status == 200 and f in got.text and "198.18.3.7" not in got.text, "whose own link has numbers alone", got)
got = https(PORT, back, "POST", {"undo": f})
story.ok(states(n, "m3")["198.18.3.7"] == "told", "and takes it back", got, states(n, "m3"))

verified = n.run("audit", "verify")
story.ok(verified.status == 0 and "behind" not in verified.out + verified.err, "what members answered is in the audit, to its end", verified)

# -- machines
for what, kind, m in (("a machine's reply", "auto-reply", mail("soc@m3.example", "Automatic reply: away", "FIXED\n", box("soc@m3.example")[0], Auto_Submitted="auto-replied")),
                      ("a list", "list", mail("l@l.example", "News", "x\n", List_Id="<l.example>"))):
    send(m)
    row = heard(n, m)
    story.ok(row and row["kind"] == kind and row["state"] == "done", f"{what} is known as one", row)
    story.ok(states(n, "m3")["198.18.3.7"] == "told", "and is no answer")
before = len(box("soc@m3.example"))
back = box("soc@m3.example")[0]
send(back, envelope="x@m3.example")
row = until(lambda: next((x for x in came(n) if x["kind"] == "loop"), None), 30)
story.ok(row and row["state"] == "officer" and len(box("soc@m3.example")) == before, "our own mail that comes back goes nowhere else", came(n)[:2])

# -- a bounce
bounce = f"""From: MAILER-DAEMON@mx.m3.example
To: cert@z.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
Message-ID: <b1@mx.m3.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

<soc@m3.example>: user unknown

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.m3.example

Final-Recipient: rfc822; soc@m3.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <soc@m3.example>: User unknown

--b
Content-Type: text/rfc822-headers

Message-ID: {back['Message-ID']}
Subject: {back['Subject']}

--b--
"""
got = len(box("second@m3.example"))
piped = subprocess.run([WAKER, "-C", n.path, "mail", "receive"], input=bounce.encode(), capture_output=True, env=n.env, check=False, timeout=60)
story.ok(piped.returncode == 0 and not piped.stdout, "a mail server's pipe gives a mail, too", piped)
row = until(lambda: next((x for x in came(n) if x["message_id"] == "<b1@mx.m3.example>" and x["state"] != "waiting"), None), 30)
story.ok(row and row["kind"] == "bounce" and row["state"] == "done" and "5.1.1" in row["says"], "a bounce says which of ours did not arrive", row)
story.ok(until(lambda: len(box("second@m3.example")) > got, 30), "the next contact has it at once", notices(n))
trouble = [json.loads(line) for line in n.must("mail", "bounces", "--json").out.splitlines()]
story.ok([(t["address"], t["member"], t["code"]) for t in trouble] == [("soc@m3.example", "m3", "5.1.1")], "mail goes round that address", trouble)
again = subprocess.run([WAKER, "-C", n.path, "mail", "receive"], input=bounce.encode(), capture_output=True, env=n.env, check=False, timeout=60)
story.ok(again.returncode == 0 and sum(x["message_id"] == "<b1@mx.m3.example>" for x in came(n)) == 1, "the same bytes again are the same mail", again)
n.must("mail", "trust", "soc@m3.example", "--reason", "mended")
story.ok(not n.must("mail", "bounces", "--json").out, "until an officer says that it takes mail again")

# -- an officer heard one, and it is taken back
f = ids(n, "m3")["198.18.3.7"]
n.must("answer", "give", f, "--as", "fixed", "--reason", "by telephone")
story.ok(states(n, "m3")["198.18.3.7"] == "claimed", "what an officer heard is an answer like another", states(n, "m3"))
story.ok(until(lambda: any("Answer received" in m["Subject"] for m in box("soc@m3.example")), 30), "with a receipt to who answers for the member", box("soc@m3.example"))
n.must("answer", "undo", f)
story.ok(states(n, "m3")["198.18.3.7"] == "told", "and can be taken back", states(n, "m3"))

# -- whom no mail reaches is called, and one list has all that needs a person
def desk(*words):
    return {x["item"]: x for x in map(json.loads, n.must("desk", "list", "--json", *words).out.splitlines())}


due = [json.loads(line) for line in n.must("calls", "list", "--json").out.splitlines()]
call = next((x for x in due if x["member"] == "m5"), None)
story.ok(call and call["severity"] == "critical", "a member without a mail address is to be called", due, notices(n))
sheet = [json.loads(line) for line in n.must("calls", "show", call["notice"], "--json").out.splitlines()]
story.ok([(x["phone"], x["next"]) for x in sheet if "phone" in x] == [("+31 33 555 0001", True), ("+31 6 555 0002", False)], "by numbers in order", sheet)
story.ok(call["notice"] in n.run("calls", "show", call["notice"]).err and "Z-CERT" in n.run("calls", "show", call["notice"]).err, "with what to say", n.run("calls", "show", call["notice"]))
n.must("calls", "wrong", call["notice"], "--reason", "a flower shop")
sheet = [json.loads(line) for line in n.must("calls", "show", call["notice"], "--json").out.splitlines()]
story.ok([x["next"] for x in sheet if "phone" in x] == [False, True], "a wrong number leads to the next", sheet)
items = desk()
story.ok({f"call:{call['notice']}", f"mail:{next(x['mail'] for x in came(n) if x['kind'] == 'report')}"} <= set(items), "the desk has the call and the mails", items)
n.must("desk", "take", f"call:{call['notice']}", "--by", "j.doe")
story.ok(n.run("desk", "take", f"call:{call['notice']}", "--by", "a.other").status == 75 and desk()[f"call:{call['notice']}"]["owner"] == "j.doe", "what one has, another does not take by accident")
tomorrow = (now + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
n.must("desk", "snooze", f"call:{call['notice']}", "--until", tomorrow, "--by", "j.doe")
story.ok(f"call:{call['notice']}" not in desk() and f"call:{call['notice']}" in desk("--resting"), "what rests comes back", desk("--resting"))
story.ok(items[f"call:{call['notice']}"]["says"] == "compromised.webshell 198.18.5.7" and call["why"].startswith("no contact of the member"), "with what it is about, and why nobody mailed it", items, call)
n.must("calls", "nobody", call["notice"])
ran = n.run("calls", "spoke", call["notice"])
story.ok(ran.status == 75 and "tried again at" in ran.err and "--phone NUMBER" in ran.err and "tried again at" in n.run("calls", "show", call["notice"]).err,
         "when all were tried it says when the next is, and what to say of who calls back", ran)
n.must("calls", "spoke", call["notice"], "--phone", "+31 6 555 0002", "--reason", "J. Doe, advice read back")
story.ok(states(n, "m5")["198.18.5.7"] == "told" and not any(x["member"] == "m5" for x in map(json.loads, n.must("calls", "list", "--json").out.splitlines())), "who was spoken to is told", states(n, "m5"))

# -- who signs with a key that an officer verified may say all, and what is sealed to us is opened
n.must("key", "init")
theirs = f"{story.tmp}/gnupg"
os.mkdir(theirs, 0o700)


def gpg(*words, feed=b""):
    return subprocess.run(["gpg", "--homedir", theirs, "--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase", "", "--trust-model", "always", *words],
                          input=feed, capture_output=True, check=True, timeout=60).stdout


def signed(text):
    """A reply of soc@m2.example, signed as RFC 3156 has it."""
    entity = f"Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n".encode()
    signature = gpg("--local-user", "soc@m2.example", "--armor", "--detach-sign", feed=entity)
    return ('Content-Type: multipart/signed; micalg=pgp-sha512;\r\n\tprotocol="application/pgp-signature"; boundary="sig"\r\n\r\n--sig\r\n').encode() + \
        entity + b"\r\n--sig\r\nContent-Type: application/pgp-signature\r\n\r\n" + signature.replace(b"\n", b"\r\n") + b"\r\n--sig--\r\n"


def sealed(entity):
    armored = gpg("--local-user", "soc@m2.example", "--armor", "--sign", "--encrypt", "--recipient", "cert@z.example", feed=entity)
    return ('Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary="enc"\r\n\r\n--enc\r\n'
            "Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n\r\n--enc\r\nContent-Type: application/octet-stream\r\n\r\n").encode() + \
        armored.replace(b"\n", b"\r\n") + b"\r\n--enc--\r\n"


def give(number, body, proven=True):
    head = (f"Authentication-Results: {TRUSTED}; dmarc={'pass' if proven else 'fail'} header.from=m2.example\r\nFrom: soc@m2.example\r\n"
            f"To: cert@z.example\r\nSubject: Re\r\nMessage-ID: <{number}@m2.example>\r\nIn-Reply-To: {critical['Message-ID']}\r\nMIME-Version: 1.0\r\n").encode()
    subprocess.run([WAKER, "-C", n.path, "mail", "receive"], input=head + body, check=True, env=n.env, timeout=60)
    return until(lambda: next((x for x in came(n) if x["message_id"] == f"<{number}@m2.example>" and x["state"] != "waiting"), None), 40)


gpg("--quick-gen-key", "SOC <soc@m2.example>", "default", "default", "1y")
gpg("--import", feed=n.must("key", "export").out.encode())
with open(f"{story.tmp}/m2.asc", "wb") as out:
    out.write(gpg("--armor", "--export", "soc@m2.example"))
n.must("key", "import", f"{story.tmp}/m2.asc")
of = found["198.18.2.7"]
row = give("unverified", signed(f"FIXED {of}"))
story.ok(row and row["proof"] == "domain" and states(n, "m2")["198.18.2.7"] == "acknowledged", "a key that nobody verified proves nothing", row)
n.must("key", "verify", "1", "--method", "call-back", "--evidence", "read out")
row = give("forged", signed(f"FIXED {of}").replace(b"FIXED", b"fixed"))
story.ok(row and row["proof"] == "domain" and states(n, "m2")["198.18.2.7"] == "acknowledged", "nor does a signature over other words", row)
row = give("signed", signed(f"FIXED {of}"))
story.ok(row and row["proof"] == "signed" and states(n, "m2")["198.18.2.7"] == "claimed", "a verified key's, from its domain, may say that it is fixed", row, states(n, "m2"))
said = json.loads(n.must("answer", "list", "--of", "m2", "--json").out.splitlines()[0])
story.ok((said["answer"], said["by"], said["state"]) == ("fixed", "signed", "taken"), "which is taken as said", said)
once = signed(f"SEEN {of}")
row = give("anywhere", once, proven=False)
story.ok(row and row["proof"] == "signed" and row["state"] == "done", "whatever way it came", row)
row = give("replayed", once, proven=False)
story.ok(row and row["proof"] == "nothing" and row["state"] == "officer" and "once more" in row["says"], "but once: who sends it again says nothing", row)
row = give("sealed", sealed(f"Content-Type: text/plain\r\n\r\nNOT OURS {of}\r\n".encode()))
story.ok(row and row["proof"] == "signed" and states(n, "m2")["198.18.2.7"] == "disputed", "what is sealed to the team is opened, and its signature counts", row, states(n, "m2"))
row = give("inline", b"Content-Type: text/plain\r\n\r\n" + gpg("--local-user", "soc@m2.example", "--armor", "--sign", "--encrypt", "--recipient", "cert@z.example", feed=b"we look into it\n").replace(b"\n", b"\r\n"))
story.ok(row and row["proof"] == "signed" and "own words" in row["says"], "also as the whole text", row)
broken = sealed(b"Content-Type: text/plain\r\n\r\nFIXED\r\n")
row = give("damaged", broken[:-120] + broken[-60:])
story.ok(row and row["state"] == "officer" and "cannot be opened" in row["says"], "what cannot be opened is a person's", row)
subprocess.run(["gpgconf", "--homedir", theirs, "--kill", "gpg-agent"], check=False, timeout=20)

# -- only what an officer confirmed counts against a feed
n.must("answer", "give", f, "--as", "false-alarm", "--reason", "a honeypot")
rate = [json.loads(line) for line in n.must("feed", "accuracy", "lab", "--json").out.splitlines()]
story.ok([(x["disputed"], x["false_alarms"], x["rate"]) for x in rate if x["issue"] == "vuln.exchange"] == [(2, 0, 0)], "a dispute says nothing of a feed", rate)
n.must("finding", "confirm", f, "--reason", "seen ourselves")
rate = [json.loads(line) for line in n.must("feed", "accuracy", "lab", "--json").out.splitlines()]
story.ok([(x["told"], x["false_alarms"], x["rate"]) for x in rate if x["issue"] == "vuln.exchange"] == [(3, 1, 333)], "before an officer confirms it", rate)

# -- nothing is lost
first = came(n)[-1]
raw = n.must("mail", "raw", str(first["mail"])).out
story.ok(first["message_id"] in raw, "every mail is there as it came", raw[:200])
n.must("mail", "done", str(first["mail"]), "--reason", "read")
story.ok(n.run("check", "--store").status == 0, "and the archive and the store agree", n.run("check", "--store").out)
n.stop()

# -- nor kept too long
places = {x["where"] for x in map(json.loads, n.must("person", "@m2.example", "--json").out.splitlines())}
story.ok({"answers", "mail"} <= places, "a person's mails and answers are found", places)
n.must("person", "finder@research.example", "--erase", "--reason", "asked to", "--yes")
story.ok(not any("finder" in x["from"] for x in came(n)), "and erased", came(n))
n.now = (now + timedelta(days=401)).strftime("%Y-%m-%dT%H:%M:%SZ")
ran = n.run("retention", "apply", "--yes")
gone = n.run("mail", "raw", str(first["mail"]))
story.ok(ran.status == 0 and gone.is_sentence(66, "their time was over") and not any(x["subject"] for x in came(n)), "after their term mails are gone, and what became of them stays", ran, gone)
story.ok(n.run("check", "--store").status == 0, "and no file of theirs is left", n.run("check", "--store").out)
story.end()
