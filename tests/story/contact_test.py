"""What contact_test.sh plays: contacts who are asked whether mail reaches them, through a real Postfix and Dovecot, at the moments that count."""
import json
import os
import re
import smtplib
import subprocess
import time
import urllib.error
import urllib.request
from email.message import EmailMessage

from play import WAKER
from service_home import Node, until
from tell_home import begin, box, deliver_by_mail, everything, notices, part
from web_site import free_port

story = begin("contact_test")
PORT = free_port()
PORTAL = f"http://127.0.0.1:{PORT}"
ROSTER = "record,member,names,kind,language,role,mail,order,value,phone\n" + "".join(
    f"member,m{i},Hospital {i},hospital,{'nl' if i == 2 else 'en'},,,,,\nasset,m{i},,prefix,,,,,198.18.{i}.0/24,\n" for i in range(1, 6)) + """\
contact,m1,,,en,security,soc@m1.example,1,,
contact,m1,,,en,technical,SOC@m1.example,2,,
contact,m2,,,nl,security,soc@m2.example,1,,
contact,m2,,,nl,technical,key@m2.example,2,,
contact,m3,,,en,security,unknown@m3.example,1,,+31 33 555 0003
contact,m4,,,en,security,soc@m4.example,1,,
contact,m4,,,en,board,board@m4.example,2,,
contact,m5,,,en,security,soc@m5.example,1,,
contact,m5,,,en,privacy,,2,,+31 33 555 0005
"""
os.environ["WAKER_NOW"] = "2025-12-01T10:00:00Z"
n = Node(story, "home")
with open(f"{story.tmp}/roster.csv", "w", encoding="ascii") as out:
    out.write(ROSTER)
n.must("member", "import", f"{story.tmp}/roster.csv", "--yes")
deliver_by_mail(n.path, portal=PORTAL, listen=f"127.0.0.1:{PORT}", inbox=f"imap://127.0.0.1:{os.environ['WAKER_TEST_MAIL_IMAP']}/INBOX")
with open(f"{n.path}/credentials/imap", "w", encoding="ascii", opener=lambda p, f: os.open(p, f, 0o600)) as out:
    out.write(f"user = cert@z.example\npassword = {os.environ['WAKER_TEST_MAIL_PASSWORD']}\n")


def conf(**said):
    with open(f"{n.path}/waker.conf", encoding="utf-8") as old:
        lines = [f"{line.split(' = ')[0]} = {said[line.split(' = ')[0]]}" if line.split(" = ")[0] in said else line for line in old.read().splitlines()]
    with open(f"{n.path}/waker.conf", "w", encoding="utf-8") as new:
        new.write("\n".join(lines) + "\n")


def tests(address):
    return [m for m in box(address) if "Test: " in m["Subject"]]


def known():
    """{address: what `contact list` says of its last test}."""
    return {x["mail"]: x for x in map(json.loads, n.run("contact", "list", "--json").out.splitlines()) if x["mail"]}


def state(address):
    return known()[address]["test_state"]


def desk():
    return {x["item"]: x for x in map(json.loads, n.run("desk", "list", "--json").out.splitlines())}


def page(path, data=None, method=None):
    try:
        with urllib.request.urlopen(urllib.request.Request(f"{PORTAL}{path}", data=data, method=method), timeout=20) as got:
            return got.status, got.read().decode()
    except urllib.error.HTTPError as e:
        return e.code, e.read().decode()


def reply(sender, to_what, text):
    m = EmailMessage()
    m["From"], m["To"], m["Subject"], m["In-Reply-To"] = sender, "cert@z.example", f"Re: {to_what['Subject']}", to_what["Message-ID"]
    m["Message-ID"] = f"<{os.urandom(8).hex()}@reply.example>"
    m.set_content(text)
    with smtplib.SMTP("127.0.0.1", int(os.environ["WAKER_TEST_MAIL_SMTP"])) as s:
        s.sendmail(sender, ["cert@z.example"], m.as_bytes())
    return until(lambda: next((x for x in map(json.loads, n.run("mail", "list", "--json").out.splitlines())
                               if x["message_id"] == m["Message-ID"] and x["state"] != "waiting"), None), 40)


def gpg(*words, text=None):
    os.makedirs(f"{story.tmp}/gpg", 0o700, exist_ok=True)
    return subprocess.run(["gpg", "--homedir", f"{story.tmp}/gpg", "--batch", "--yes", "--pinentry-mode", "loopback", "--passphrase", "", "--trust-model", "always",
                           *words], input=text, capture_output=True, check=True, timeout=120).stdout


def at(moment):
    n.stop()
    n.start(moment)
    assert n.up(), n.says()[-3:]


def looked():
    """The clock has looked since the service began: what was due is made."""
    return until(lambda: any(j["kind"] == "settle" and j["made"] >= n.now[:-1] for j in n.jobs()), 40)


# -- an officer's, of which nothing leaves before it is said
n.now = "2025-12-01T10:00:00Z"
refused = n.run("contact", "test", "--yes")
story.ok(refused.is_sentence(75, "nothing leaves"), "nobody is asked where nothing leaves", refused)
n.must("notice", "mode", "on")
n.must("key", "init")
gpg("--import", text=n.must("key", "export").out.encode())
gpg("--quick-gen-key", "key@m2.example", "default", "default", "1y")
with open(f"{story.tmp}/theirs.asc", "wb") as out:
    out.write(gpg("--armor", "--export", "key@m2.example"))
n.must("key", "import", f"{story.tmp}/theirs.asc")
n.must("key", "verify", "1", "--method", "call-back", "--evidence", "read out on the number of the roster")
dry = n.run("contact", "test", "--dry-run", "--json")
story.ok(dry.status == 0 and [json.loads(x)["mail"] for x in dry.out.splitlines()] ==
         ["soc@m1.example", "soc@m2.example", "key@m2.example", "unknown@m3.example", "soc@m4.example", "board@m4.example", "soc@m5.example"] and not notices(n),
         "a dry run says whom it would ask, each address once, and asks nobody", dry)
story.ok(n.run("contact", "test").is_sentence(77, "7 contacts"), "who would ask them is asked by how many they are", n.run("contact", "test"))
story.ok(n.run("contact", "test", "--of", "m9", "--yes").is_sentence(66, "nobody to ask of m9"), "a member that is none is a sentence")
story.ok(state("soc@m1.example") is None, "whom nobody asked is known by that", known())
at("2025-12-01T10:00:05Z")
looked()
story.ok(not notices(n), "without contact_test = yes nobody is asked by the clock", notices(n))

# -- by the clock, at the hour of digests
conf(contact_test="yes")
at("2026-01-01T07:58:00Z")  # a Thursday; nine o'clock is in two minutes
until(lambda: len(notices(n)) == 5, 40)
looked()
story.ok([x["kind"] for x in notices(n)] == ["test"] * 5 and not tests("soc@m1.example") and state("soc@m1.example") == "waiting", "a quarter begins: each member is to be asked", notices(n))
at("2026-01-01T08:00:05Z")
good = until(lambda: all(map(tests, ("soc@m1.example", "soc@m2.example", "soc@m4.example", "board@m4.example", "soc@m5.example"))), 60)
story.ok(good and all(len(tests(f"soc@m{i}.example")) == 1 for i in (1, 2, 4, 5)) and not tests("SOC@m1.example"), "at nine each is, once an address", notices(n))
mail, dutch = tests("soc@m1.example")[0], tests("soc@m2.example")[0]
text = part(mail, "text/plain")
story.ok("does this reach you?" in mail["Subject"] and not part(mail, "text/html") and "198.18" not in everything(mail), "in plain text, and of nothing else", everything(mail))
story.ok(mail.get_content_type() == "multipart/signed", "signed", mail.get_content_type())
sealed = tests("key@m2.example")[0]
opened = gpg("--decrypt", text=next(p.get_content() for p in sealed.walk() if p.get_content_type() == "application/octet-stream"))
subprocess.run(["gpgconf", "--homedir", f"{story.tmp}/gpg", "--kill", "gpg-agent"], check=False)
story.ok(sealed.get_content_type() == "multipart/encrypted" and b"/t/" in opened and "/t/" not in everything(sealed), "and encrypted where its reader has a key, which is tried by that", opened)
story.ok("bereikt dit u?" in dutch["Subject"] and "Er is niets aan de hand" in part(dutch, "text/plain").replace("\n", " "), "in its reader's language", part(dutch, "text/plain"))
story.ok(until(lambda: state("unknown@m3.example") == "bounced", 30), "what its server does not take is known", known())
story.ok(any(x["member"] == "m3" for x in map(json.loads, n.run("calls", "list", "--json").out.splitlines())), "and as with any mail that reaches nobody, an officer calls", n.run("calls", "list"))

# -- by its link
found = re.findall(r"http://127\.0\.0\.1:\d+(/t/[a-z2-7]{26})", text.replace("\n", " "))
story.ok(len(set(found)) == 1, "the mail has one link", text)
link = found[0]
got = page(link), page(link, method="HEAD"), page(link)
story.ok(got[0][0] == got[1][0] == 200 and "Yes, this reached me" in got[0][1] and "198.18" not in got[0][1] and state("soc@m1.example") == "asked",
         "looking changes nothing", got, known())
got = page(link, b"")
story.ok(got[0] == 200 and "machine" in got[1] and state("soc@m1.example") == "asked", "what presses too soon is probably a machine", got)
time.sleep(11)
got = page(link, b"")
story.ok(got[0] == 200 and "We know that it reached you" in got[1] and state("soc@m1.example") == "confirmed", "and is believed when it comes again", got, known())
got = page(link)
story.ok("<button" not in got[1] and "We know" in got[1] and known()["SOC@m1.example"]["test_state"] == "confirmed", "which is so for whoever has that address", got, known())
story.ok(page(link.replace("/t/", "/a/"))[0] == 404 and page("/t/" + "a" * 26)[0] == 404 and page(link.replace("/t/", "/p/"))[0] == 404, "it opens no other page, and no other link opens this")

# -- by a reply
row = reply("x@evil.example", dutch, "Ja")
story.ok(row["state"] == "officer" and state("soc@m2.example") == "asked", "another's reply confirms nothing, and a person reads it", row)
row = reply("soc@m2.example", dutch, "Ja, ontvangen.\n\nMet vriendelijke groet,\nSOC\n\n> Dit is een test\n")
story.ok(row["state"] == "done" and "reached them" in row["says"] and state("soc@m2.example") == "confirmed", "a reply from the address that was asked confirms", row, known())
row = reply("board@m4.example", tests("board@m4.example")[0], "Yes. But our CISO left: ask for J. Doe from now on.\n")
story.ok(row["state"] == "officer" and state("board@m4.example") == "confirmed", "where it says more a person reads it", row, known())

# -- a bounce that comes later
back = tests("soc@m5.example")[0]
bounce = f"""From: MAILER-DAEMON@mx.m5.example
To: cert@z.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
Message-ID: <b1@mx.m5.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

<soc@m5.example>: user unknown

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.m5.example

Final-Recipient: rfc822; soc@m5.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <soc@m5.example>: User unknown

--b
Content-Type: text/rfc822-headers

Message-ID: {back['Message-ID']}
Subject: {back['Subject']}

--b--
"""
piped = subprocess.run([WAKER, "-C", n.path, "mail", "receive"], input=bounce.encode(), capture_output=True, env=n.env, check=False, timeout=60)
story.ok(piped.returncode == 0 and until(lambda: state("soc@m5.example") == "bounced", 40), "a test that comes back did not reach them", piped, known())
story.ok("soc@m5.example" in {x["address"] for x in map(json.loads, n.run("mail", "bounces", "--json").out.splitlines())}, "and mail goes round that address, as after any bounce")

# -- once, and silence
before = len(notices(n))
at("2026-01-14T12:00:00Z")
looked()
story.ok(len(notices(n)) == before and "contact-test:m4" not in desk(), "nobody is asked twice in a quarter", notices(n))
at("2026-01-15T12:00:00Z")
looked()
items = desk()
story.ok("contact-test:m4" in items and "1 security contact asked" in items["contact-test:m4"]["says"] and "waker contact list --of m4" == items["contact-test:m4"]["see"],
         "after two weeks the desk has the member of whose security contacts nobody answered, whatever its board says", items)
story.ok("contact-test:m1" not in items and "contact-test:m2" not in items, "and none of those who did", items)
story.ok(known()["soc@m4.example"]["test"] == "no answer for 14 days" and known()["soc@m4.example"]["test_sent"].startswith("2026-01-01"), "the list says since when", known()["soc@m4.example"])
story.ok(json.loads(n.run("contact", "show", "m1", "security", "--json").out)["test"] == "confirmed 2026-01-01", "a contact's own page says when it was reached", n.run("contact", "show", "m1", "security"))
call = next(x["notice"] for x in map(json.loads, n.run("calls", "list", "--json").out.splitlines()) if x["member"] == "m3")
sheet = [json.loads(x) for x in n.run("calls", "show", call, "--json").out.splitlines()]
story.ok(sheet[0]["mail_test"] == "bounced", "and the call sheet has it beside the number", sheet)
conf(contact_test="yes", portal="none")
n.run("member", "import", f"{story.tmp}/roster.csv", "--yes")
asked = n.run("contact", "test", "--of", "m4", "--yes")
story.ok(asked.status == 0 and n.run("contact", "test", "--of", "m4", "--yes").is_sentence(66, "within 24 hours"), "an officer asks one member again, and not twice a day", asked)
story.ok('"contact test"' in n.run("audit", "list", "--json").out, "which the audit has", n.run("audit", "list", "--json").out[-400:])
at("2026-01-15T12:30:00Z")
until(lambda: len(tests("soc@m4.example")) == 2, 40)
again = tests("soc@m4.example")[-1]
story.ok("/t/" not in part(again, "text/plain") and "reply to this mail" in part(again, "text/plain").replace("\n", " "), "without a portal the mail asks for a reply", part(again, "text/plain"))
story.ok("contact-test:m4" in desk(), "a new question does not take the member from the desk", desk())
row = reply("soc@m4.example", again, "OK\n")
story.ok(row["state"] == "done" and "contact-test:m4" not in desk(), "its answer does", row, desk())

# -- the next quarter
at("2026-04-01T07:05:00Z")  # a Wednesday; nine o'clock in summer was five minutes ago
until(lambda: len(notices(n)) > before + 1, 40)
at("2026-04-02T07:00:05Z")
story.ok(until(lambda: len(tests("soc@m1.example")) == 2, 60), "each is asked anew in the next quarter", notices(n))
story.ok(state("soc@m1.example") == "asked" and known()["soc@m1.example"]["test_reached"].startswith("2026-01-01"), "and it is known when it was reached before", known())
n.stop()

# -- whose it was
hits = [json.loads(x) for x in n.run("person", "soc@m2.example", "--json").out.splitlines()]
story.ok(any("confirmed" in str(x["what"]) for x in hits if x["where"] == "messages"), "a person's search finds that they confirmed", hits)
n.run("person", "soc@m2.example", "--erase", "--reason", "asked to", "--yes")
story.ok(not [x for x in map(json.loads, n.run("person", "soc@m2.example", "--json").out.splitlines()) if x["where"] == "messages"] and "soc@m2.example" not in known(), "and what is erased is gone")
verified = n.run("audit", "verify")
story.ok(verified.status == 0, "the audit holds", verified)
story.end()
