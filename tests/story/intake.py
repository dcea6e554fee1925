"""What intake.sh plays: what comes by mail and is no answer."""
import gzip
import io
import json
import os
import subprocess
import zipfile
from datetime import datetime, timedelta, timezone
from email.message import EmailMessage

from play import WAKER, Story, feed_file
from service_home import Node, until
from tell_home import records

story = Story("intake")
TRUSTED, REPORTER = "mail.test.example", "reports@publisher.example"
ROSTER = """record,member,names,kind,language,role,mail,order,value,phone,phone2
member,m1,Member 1,hospital,en,,,,,,
asset,m1,,prefix,,,,,198.18.1.0/24,,
contact,m1,,,en,security,soc@m1.example,1,,,
"""


def node():
    n = Node(story, "home")
    with open(f"{story.tmp}/roster.csv", "w", encoding="ascii") as out:
        out.write(ROSTER)
    n.must("member", "import", f"{story.tmp}/roster.csv", "--yes")
    with open(f"{n.path}/waker.conf", encoding="utf-8") as old:
        text = old.read().replace("trusted = none", f"trusted = {TRUSTED}")
    with open(f"{n.path}/waker.conf", "w", encoding="utf-8") as new:
        new.write(text.replace("reports = none", f"reports = loose:{REPORTER.upper()}, daily:{REPORTER}"))
    with open(f"{n.path}/feeds/loose.feed", "w", encoding="ascii") as out:
        out.write(feed_file("loose", "stream", {"rdp": "exposed.rdp"}, format=["file = loose-{date}*"]))
    with open(f"{n.path}/feeds/daily.feed", "w", encoding="ascii") as out:
        out.write(feed_file("daily", "stream", {"rdp": "exposed.rdp", "docker": "exposed.docker"}, format=["file = {date}-*.csv"]))
    return n


def report(*files, sender=REPORTER, proven=True, **fields):
    m = EmailMessage()
    if proven:
        m["Authentication-Results"] = f"{TRUSTED}; dmarc=pass header.from={sender.rsplit('@', 1)[1]}"
    m["From"], m["To"], m["Subject"] = sender, "cert@z.example", "Your reports"
    m["Message-ID"] = f"<{os.urandom(8).hex()}@publisher.example>"
    m["Auto-Submitted"], m["Precedence"] = "auto-generated", "bulk"
    for name, value in fields.items():
        m[name.replace("_", "-")] = value
    m.set_content("See the files.\n")
    for name, data in files:
        m.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return m.as_bytes(), m["Message-ID"]


def rows():
    return [json.loads(line) for line in n.must("mail", "list", "--json").out.splitlines()]


def give(mail):
    data, name = mail
    subprocess.run([WAKER, "-C", n.path, "mail", "receive"], input=data, check=True, env=n.env, timeout=60)
    return until(lambda: next((x for x in rows() if x["message_id"] == name and x["state"] != "waiting"), None), 40)


def seen():
    return {x["seen"].split(" ")[0] for x in map(json.loads, n.must("finding", "list", "--all", "--json").out.splitlines())}


def batches():
    return sorted((x["feed"], x["file"]) for x in map(json.loads, n.must("batch", "list", "--json").out.splitlines()))


def zipped(name, data):
    to = io.BytesIO()
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr(name, data)
    return to.getvalue()


now = datetime.now(timezone.utc)
today, recently = now.strftime("%Y-%m-%d"), (now - timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M:%SZ")
lines = lambda host, what="rdp": records((recently, f"198.18.1.{host}", 3389, what)).encode()
n = node()
n.start()
n.done()

# -- a report becomes findings
row = give(report((f"{today}-rdp.csv", lines(7))))
story.ok(row and (row["state"], row["kind"], row["says"]) == ("done", "feed", "1 file for daily"), "a report of a proven sender is its feed's, of which the name of its file tells", row)
story.ok(until(lambda: "198.18.1.7" in seen(), 40) and batches() == [("daily", f"{today}-rdp.csv")], "and becomes findings, as if it lay in the inbox", seen(), batches())
row = give(report((f"{today}-one.csv.gz", gzip.compress(lines(8))), (f"{today}-two.csv.zip", zipped("two.csv", lines(9))), ("logo.csv", b"no report")))
story.ok(row and row["says"] == "2 files for daily" and until(lambda: {"198.18.1.8", "198.18.1.9"} <= seen(), 40), "packed or not, each of its files", row, seen())
row = give(report((f"loose-{today}.csv", lines(10))))
story.ok(row and row["says"] == "1 file for loose" and until(lambda: "198.18.1.10" in seen(), 40), "that of another feed of the same sender is that feed's", row)
row = give(report(("../../../etc/" + f"{today}-x y\u20ac.csv", lines(11))))
story.ok(row and row["state"] == "done" and until(lambda: ("daily", f"{today}-x_y___.csv") in batches(), 40), "a name is a name, and no path", row, batches())

# -- what is not plainly one
for what, says, mail in (
        ("one that nothing proves", "nothing proves who sent it", report((f"{today}-false.csv", lines(20)), proven=False)),
        ("one without a file", "it has no file", report()),
        ("one whose files are called otherwise", "no file of it is called as the feed's are", report(("summary.pdf", b"%PDF-1.4")))):
    row = give(mail)
    story.ok(row and (row["state"], row["kind"]) == ("officer", "feed") and says in row["says"], f"{what} is a person's", row)
false = next(x for x in rows() if "nothing proves" in x["says"])
story.ok(n.run("mail", "put", str(false["mail"]), "nothing").is_sentence(66, "nothing") and n.run("mail", "put", str(false["mail"]), "loose").is_sentence(65, "no file of it is called"),
         "a feed that there is not, or that has no such files, takes none of it", n.run("mail", "put", str(false["mail"]), "nothing"), n.run("mail", "put", str(false["mail"]), "loose"))
n.must("mail", "put", str(false["mail"]), "daily", "--reason", "read to me by telephone")
story.ok(until(lambda: "198.18.1.20" in seen(), 40) and next(x for x in rows() if x["mail"] == false["mail"])["state"] == "done", "until a person who looked at it puts it there", seen())
row = give(report((f"{today}-x.csv", lines(30)), sender="somebody@else.example"))
story.ok(row and row["kind"] == "auto-reply", "what others send so is a machine's", row)
story.ok("198.18.1.30" not in seen(), "and becomes nothing")
story.ok(not [f for f in os.listdir(f"{n.path}/inbox/daily") if not f.startswith(".mail-")] and not [f for f in os.listdir(f"{n.path}/inbox/daily") if f.startswith(".")],
         "nothing is left behind", os.listdir(f"{n.path}/inbox/daily"))

# -- a key that comes along
theirs = f"{story.tmp}/gnupg"
os.mkdir(theirs, 0o700)


def gpg(*words):
    return subprocess.run(["gpg", "--homedir", theirs, "--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase", "", *words], capture_output=True, check=True, timeout=60).stdout


def with_key(sender, key, proven=True):
    m = EmailMessage()
    if proven:
        m["Authentication-Results"] = f"{TRUSTED}; dmarc=pass header.from={sender.rsplit('@', 1)[1]}"
    m["From"], m["To"], m["Subject"], m["Message-ID"] = sender, "cert@z.example", "our key", f"<{os.urandom(8).hex()}@m1.example>"
    m.set_content("Please use this.\n")
    m.add_attachment(key, maintype="application", subtype="pgp-keys", filename="key.asc")
    return m.as_bytes(), m["Message-ID"]


def keys():
    return [json.loads(line) for line in n.must("key", "list", "--json").out.splitlines()]


gpg("--quick-gen-key", "SOC <soc@m1.example>", "default", "default", "1y")
gpg("--quick-gen-key", "Other <other@m1.example>", "default", "default", "1y")
mine, other = gpg("--armor", "--export", "soc@m1.example"), gpg("--armor", "--export", "other@m1.example")
row = give(with_key("soc@m1.example", mine, proven=False))
story.ok(row and row["state"] == "officer" and not keys(), "a key in a mail that nothing proves is not taken", row, keys())
row = give(with_key("soc@m1.example", other))
story.ok(row and not keys(), "nor one that names another", row, keys())
row = give(with_key("soc@m1.example", mine))
story.ok(row and row["kind"] == "key" and [(k["address"], k["state"]) for k in keys()] == [("soc@m1.example", "offered")], "a contact's own waits for its check", row, keys())
desk = {x["item"]: x for x in map(json.loads, n.must("desk", "list", "--json").out.splitlines())}
story.ok("key:1" in desk and "soc@m1.example" in desk["key:1"]["says"] and desk["key:1"]["member"] == "m1", "which stands on the desk", desk)
n.must("key", "verify", "1", "--method", "call-back", "--evidence", "read out")
story.ok("key:1" not in n.must("desk", "list", "--json").out, "until somebody made sure")
row = give(with_key("soc@m1.example", mine))
story.ok(row and row["kind"] == "report" and [k["state"] for k in keys()] == ["verified"], "the same once more says nothing new", row, keys())
with open(f"{theirs}/openpgp-revocs.d/" + next(f for f in os.listdir(f"{theirs}/openpgp-revocs.d") if keys()[0]["fingerprint"] in f), encoding="ascii") as f:
    revoked = f.read().replace(":-----BEGIN", "-----BEGIN").split("-----BEGIN", 1)[1]
with open(f"{story.tmp}/revoked", "w", encoding="ascii") as out:
    out.write("-----BEGIN" + revoked)
gpg("--import", f"{story.tmp}/revoked")
row = give(with_key("soc@m1.example", gpg("--armor", "--export", "soc@m1.example")))
story.ok(row and "is revoked by its owner" in row["says"] and [k["state"] for k in keys()] == ["revoked"], "one that its owner revoked is used no more from then on", row, keys())
subprocess.run(["gpgconf", "--homedir", theirs, "--kill", "gpg-agent"], check=False, timeout=20)
n.stop()
story.end()
