"""What tell.sh plays: a service whose mail goes to a real Postfix and lies in the mailboxes of a real Dovecot."""
import http.server
import json
import os
import threading
from datetime import datetime, timedelta, timezone

from play import feed_file
from service_home import Node, until
from tell_home import begin, box, deliver_by_mail, everything, notices, part, records, shown

story = begin("tell")
ISSUES = {"rdp": "exposed.rdp", "docker": "exposed.docker", "exchange": "vuln.exchange", "webshell": "compromised.webshell", "ftp": "exposed.ftp"}
ROSTER = """record,member,names,kind,language,role,name,mail,wishes,order,value
member,m5,Fifth Hospital,hospital,en,,,,,,
member,m6,Sixth,hospital,nl,,,,,,
contact,m5,,,en,security,,soc@m5.example,,1,
contact,m6,,,en,security,,soc@m6.example,,1,
asset,m5,,prefix,,,,,,,198.18.5.0/24
asset,m6,,prefix,,,,,,,198.18.6.0/24
member,m1,Ziekenhuis Een,hospital,nl,,,,,,
member,m2,Second Hospital,hospital,en,,,,,,
member,m3,Third,hospital,en,,,,,,
member,m4,Fourth,hospital,en,,,,,,
contact,m1,,,nl,security,Anne Één,soc@m1.example,ref INC4711,1,
contact,m1,,,nl,board,,board@m1.example,,2,
contact,m2,,,en,security,,soc@m2.example,,1,
contact,m2,,,en,technical,,also@m2.example,also,2,
contact,m3,,,en,security,,unknown@m3.example,,1,
contact,m3,,,en,technical,,second@m3.example,,2,
asset,m1,,prefix,,,,,,,198.18.1.0/24
asset,m2,,prefix,,,,,,,198.18.2.0/24
asset,m3,,prefix,,,,,,,198.18.3.0/24
asset,m4,,prefix,,,,,,,198.18.4.0/24
"""


def node(name):
    n = Node(story, name)
    with open(f"{story.tmp}/tell.csv", "w", encoding="utf-8") as out:
        out.write(ROSTER)
    n.must("member", "import", f"{story.tmp}/tell.csv", "--yes")
    deliver_by_mail(n.path)
    with open(f"{n.path}/feeds/lab.feed", "w", encoding="utf-8") as out:
        out.write(feed_file("lab", "stream", ISSUES))
    os.makedirs(f"{n.path}/inbox/lab")
    return n


def ago(**how):
    return (datetime.now(timezone.utc) - timedelta(**how)).strftime("%Y-%m-%dT%H:%M:%SZ")


# -- beside another system
shadow = node("shadow")
with open(f"{story.tmp}/shadow.csv", "w", encoding="ascii") as out:
    out.write(records(("2026-03-02T11:00:00Z", "198.18.1.7", 443, "exchange")))
with open(f"{story.tmp}/later.csv", "w", encoding="ascii") as out:
    out.write(records(("2026-03-02T12:30:00Z", "198.18.2.7", 443, "exchange")))
shadow.now = "2026-03-02T12:00:00Z"
shadow.run("notice", "mode", "shadow")
shadow.run("feed", "run", "lab", f"{story.tmp}/shadow.csv")
story.ok([(m["member"], m["state"]) for m in notices(shadow)] == [("m1", "shadow")], "in the shadow of another system notices are made, and none leaves", notices(shadow), shadow.jobs())
shadow.run("notice", "mode", "on")
shadow.now = "2026-03-02T13:00:00Z"
shadow.run("feed", "run", "lab", f"{story.tmp}/later.csv")
story.ok(sorted((m["member"], m["state"]) for m in notices(shadow)) == [("m1", "shadow"), ("m1", "waiting"), ("m2", "waiting")],
         "and when it begins to tell, what is open is told", notices(shadow))

n = node("one")
story.ok(notices(n) == [] and json.loads(n.must("notice", "mode", "--json").out)["mode"] == "off", "nothing leaves before somebody says so")
begins = n.must("notice", "mode", "on", "--reason", "the story begins")
story.ok("no mail can leave" not in begins.err, "where mail can leave, there is nothing to warn of", begins)
n.start()
story.ok(n.up(), "the service runs with the roles that write and send", n.says()[-3:])

# -- at once
n.drop("lab", "one.csv", records((ago(hours=1), "198.18.1.7", 443, "exchange"), (ago(hours=1), "198.18.1.8", 3389, "rdp")))
story.ok(until(lambda: len(box("soc@m1.example")) == 1), "what is critical is in the member's mailbox", n.says()[-4:], n.jobs("--all"))
mail = box("soc@m1.example")[0]
number = notices(n)[0]["id"]
story.ok(mail["Subject"].startswith(f"[TLP:AMBER+STRICT] [Z-CERT {number}] Kritiek: antwoord vóór ") and mail["Subject"].endswith("(uw ref INC4711)"),
         "its subject says label, team, number, word and deadline, in the contact's language", mail["Subject"])
text = part(mail, "text/plain")
story.ok("198.18.1.7 tcp/443" in text and "KRITIEK – 1 systeem van u kan nu worden overgenomen" in text and "CRITICAL – " in text and "+31 33 000 0000" in text,
         "its text says what, where and how to answer, in Dutch and then in English", text)
story.ok("Controleer het zelf" in text and "HealthChecker.ps1" in text and "Read more:" in text and "<code" in part(mail, "text/html"),
         "and what to do about it, by the advice of its issue", text)
story.ok("3389" not in everything(mail), "what is not critical waits for the digest")
story.ok(mail["From"].addresses[0].addr_spec == "cert@z.example" and mail["To"].addresses[0].addr_spec == "soc@m1.example" and
         mail["Auto-Submitted"] == "auto-generated" and mail["X-Waker-Ref"] == number and not mail["Cc"] and not mail["Bcc"],
         "it has one recipient, and says that a machine wrote it", mail.items())
story.ok("198.18.1.7" in part(mail, "text/html") and "<script" not in part(mail, "text/html") and "198.18.1.7" in part(mail, "text/csv"),
         "HTML and the table say the same")
line = json.loads(next(p.get_content().decode() if isinstance(p.get_content(), bytes) else p.get_content() for p in mail.walk()
                       if p.get_content_type() == "application/jsonl").splitlines()[0])
story.ok(line["source.ip"] == "198.18.1.7" and line["source.port"] == 443 and line["extra.waker.notice"] == number, "and a machine can read it", line)
story.ok(until(lambda: shown(n, number)[0]["state"] == "told"), "the notice is told when the mail server has it", shown(n, number))
_, findings, deliveries = shown(n, number)
story.ok([d["code"] for d in deliveries] == [250] and deliveries[0]["form"] == "tls" and deliveries[0]["state"] == "arrived", "by what, and what the server said, is kept", deliveries)
story.ok([f["state"] for f in findings] == ["told"], "and so is its finding")
story.ok(box("board@m1.example") == [] and box("soc@m2.example") == [], "nobody else has a mail")

# -- who asked, who cannot be reached, and who has nobody
n.drop("lab", "two.csv", records((ago(hours=1), "198.18.2.7", 443, "exchange"), (ago(hours=1), "198.18.3.7", 443, "exchange"),
                                 (ago(hours=1), "198.18.4.7", 443, "exchange")))
story.ok(until(lambda: len(box("soc@m2.example")) == 1 and len(box("also@m2.example")) == 1), "who asked to be told too has one", n.jobs("--all")[:6])
story.ok(until(lambda: len(box("second@m3.example")) == 1), "where a mailbox is not there the next contact is told", n.jobs("--all")[:6], n.says()[-3:])
third = notices(n, "--of", "m3")[0]["id"]
story.ok(until(lambda: shown(n, third)[0]["state"] == "told") and [(d["state"], d["code"]) for d in shown(n, third)[2]] == [("refused", 550), ("arrived", 250)],
         "and both is kept", shown(n, third))
fourth = notices(n, "--of", "m4")[0]
story.ok(fourth["state"] == "failed" and until(lambda: f"{fourth['id']} (m4, critical) reached nobody" in n.run("status").out),
         "who has no contact is an officer's to call", fourth, n.run("status").out)
n.must("notice", "told", fourth["id"], "--reason", "spoke to their duty officer")
story.ok(shown(n, fourth["id"])[0]["state"] == "told" and fourth["id"] not in n.run("status").out, "and told when he says so", shown(n, fourth["id"]))

# -- what is sensitive
n.drop("lab", "three.csv", records((ago(hours=1), "198.18.5.9", 443, "webshell")))
story.ok(until(lambda: len(box("soc@m5.example")) == 1), "what is sensitive, of one who has no key, is a mail", n.jobs("--all")[:4])
neutral = box("soc@m5.example")[0]
words = everything(neutral)
story.ok("[TLP:CLEAR]" in neutral["Subject"] and "We cannot mail you safely" in neutral["Subject"] and
         not any(w in words for w in ("198.18", "webshell", "shell", "compromised", "critical", "Critical", "443", "Fifth Hospital")),
         "that says only that there is something", words)
fifth = notices(n, "--of", "m5")[0]["id"]
story.ok(until(lambda: shown(n, fifth)[0]["state"] == "failed") and until(lambda: fifth in n.run("status").out), "and an officer calls", shown(n, fifth))
story.ok([f["state"] for f in shown(n, fifth)[1]] == ["open"], "for the finding is not told by that", shown(n, fifth))

# -- held
n.must("notice", "stop", "--reason", "a false list")
n.drop("lab", "four.csv", records((ago(minutes=1), "198.18.6.17", 2375, "docker")))
story.ok(until(lambda: notices(n, "--of", "m6")) and n.done() and "all sending is held" in n.run("status").out and box("soc@m6.example") == [],
         "one word holds all sending, and is told", n.run("status").out)
n.must("notice", "resume")
story.ok(until(lambda: len(box("soc@m6.example")) == 1), "another lets it go", n.jobs())

# -- an officer's own words
with open(f"{story.tmp}/text.md", "w", encoding="utf-8") as out:
    out.write("Install version 13.1-55 of gateway X today.\n\n- **Call us** if you cannot\n- `show version` says what you have\n")
with open(f"{story.tmp}/html.md", "w", encoding="utf-8") as out:
    out.write("See\n<b>here</b>.\n")
ran = n.run("alert", "new", "member:m2", "--title", "Update gateway X", "--text", f"{story.tmp}/html.md", "--tlp", "AMBER", "--yes")
story.ok(ran.status == 65 and "the English text: line 2: HTML is not taken" in ran.err, "an officer's text that a mail cannot show is refused, with the line", ran.err)
n.must("alert", "new", "member:m2", "--title", "Update gateway X", "--text", f"{story.tmp}/text.md", "--tlp", "AMBER", "--yes")
n.must("notice", "send", notices(n, "--alert", "1")[0]["id"])
story.ok(until(lambda: any("Alert" in m["Subject"] for m in box("soc@m2.example"))), "an officer's text goes to whom he chose", n.jobs("--all")[:4])
alert = next(m for m in box("soc@m2.example") if "Alert" in m["Subject"])
story.ok("- Call us if you cannot\n- show version says" in part(alert, "text/plain") and "<strong>Call us</strong>" in part(alert, "text/html"), "as it was meant", part(alert, "text/plain"))
story.ok("13.1-55" in part(alert, "text/plain") and alert["Subject"].startswith("[TLP:AMBER] ") and "gateway" not in alert["Subject"], "with his label, and no product in the subject", alert["Subject"])
story.ok(all(not any("gateway X" in everything(m) for m in box(a)) for a in ("soc@m1.example", "second@m3.example")), "and to nobody else")

# -- machines
GOT = []


class Hook(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        GOT.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Hook)
threading.Thread(target=server.serve_forever, daemon=True).start()
n.must("hook", "add", "webhook", f"http://127.0.0.1:{server.server_port}/waker", "--of", "m3")
n.must("hook", "add", "file", "third", "--of", "m3")
n.must("alert", "new", "member:m3", "--title", "To machines", "--text", f"{story.tmp}/text.md", "--tlp", "GREEN", "--yes")
n.must("notice", "send", notices(n, "--alert", "2")[0]["id"])
story.ok(until(lambda: len(GOT) == 1), "a machine that asked is told by webhook", n.jobs("--all")[:4])
story.ok(GOT and GOT[0][0].get("webhook-signature", GOT[0][0].get("Webhook-Signature", "")).startswith("v1,") and
         json.loads(GOT[0][1])["data"]["title"] == "To machines", "signed, as JSON", GOT)
path = f"{n.path}/drop/third/{notices(n, '--alert', '2')[0]['id']}.jsonl"
story.ok(until(lambda: os.path.exists(path)) and json.loads(open(path, encoding="utf-8").readline())["title"] == "To machines", "and by file", path)
story.ok(until(lambda: n.status()["queue"] == 0), "in the end nothing waits", n.jobs())
story.ok(not any(m["role"] in ("keys", "mail") and m["level"] == "error" for m in n.says()), "and nothing went wrong", [m for m in n.says() if m["level"] == "error"])
server.shutdown()
n.stop()
story.end()
