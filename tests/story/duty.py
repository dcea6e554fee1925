"""What duty.sh plays: pages by real mail, a webhook and a gateway, until somebody takes them."""
import json
import os
import re
import sqlite3
import threading
import time
import urllib.request
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, HTTPServer

from play import feed_file
from service_home import Node, until
from tell_home import begin, box, deliver_by_mail, part, records
from web_site import free_port

story = begin("duty")
ROSTER = """record,member,names,kind,language,role,mail,order,value,phone,phone2
member,m1,Hospital of the Secret Name,hospital,en,,,,,,
asset,m1,,prefix,,,,,198.18.1.0/24,,
contact,m1,,,en,board,,1,,+31 33 555 0001,
"""
PORT, HOOK = free_port(), free_port()
hooked = []


class Hook(BaseHTTPRequestHandler):
    def do_POST(self):
        hooked.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"])).decode()))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", HOOK), Hook)
threading.Thread(target=server.serve_forever, daemon=True).start()


def node():
    n = Node(story, "home")
    with open(f"{story.tmp}/roster.csv", "w", encoding="ascii") as out:
        out.write(ROSTER)
    n.must("member", "import", f"{story.tmp}/roster.csv", "--yes")
    gateway = f"{story.tmp}/gateway"
    with open(gateway, "w", encoding="ascii", opener=lambda p, f: os.open(p, f, 0o755)) as out:
        out.write(f'#!/bin/sh\ntest -e "{n.path}/no-signal" && {{ echo "no signal" >&2; exit 1; }}\necho "$1 $2 $(cat)" >>"{n.path}/sent"\n')
    deliver_by_mail(n.path, portal=f"http://127.0.0.1:{PORT}", listen=f"127.0.0.1:{PORT}", gateway=gateway, turn="2")
    with open(f"{n.path}/feeds/lab.feed", "w", encoding="ascii") as out:
        out.write(feed_file("lab", "stream", {"webshell": "compromised.webshell"}))
    os.makedirs(f"{n.path}/inbox/lab")
    return n


def pages(*words):
    return [json.loads(line) for line in n.must("page", "list", "--json", *words).out.splitlines()]


def tries(page):
    return [json.loads(line) for line in n.must("page", "show", page, "--json").out.splitlines()[1:]]


def texts():
    try:
        with open(f"{n.path}/sent", encoding="ascii") as f:
            return f.read().splitlines()
    except FileNotFoundError:
        return []


def hurry():
    """The time to the next try goes by."""
    store = sqlite3.connect(f"{n.path}/waker.db", timeout=20)
    store.execute("UPDATE page SET next = 0 WHERE ended = 0")
    store.commit()
    store.close()


def link_in(text):
    return re.search(r"http://127\.0\.0\.1:\d+(/p/[a-z2-7]{26})", text)[1]


def page(path, data=None):
    try:
        with urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{PORT}{path}", data=data), timeout=20) as got:
            return got.status, got.read().decode()
    except urllib.error.HTTPError as e:
        return e.code, e.read().decode()


n = node()
now = datetime.now(timezone.utc)
stamp = lambda hours: (now + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")

# -- who
for words, status, says in ((("officer", "add", "j.doe", "fax:1234"), 64, "wakes nobody"), (("officer", "add", "j doe", "sms:+31655500011"), 64, "no officer's name"),
                            (("duty", "add", "nobody", "--since", stamp(0), "--until", stamp(1)), 66, "there is no officer"), (("page", "take", "P-7"), 64, "no id of a page"),
                            (("officer", "add", "j.doe", "mail:no address"), 65, "")):
    story.ok(n.run(*words).is_sentence(status, says), f"'{' '.join(words[:3])}' is a sentence", n.run(*words))
n.must("officer", "add", "j.doe", "sms:+31 6 555 0001", "mail:doe@z.example")
made = n.run("officer", "add", "a.roe", f"hook:http://127.0.0.1:{HOOK}/push")
story.ok(made.status == 0 and "whsec_" in made.err, "who has a webhook is told the secret by which it is signed", made)
n.must("officer", "add", "x.last", "voice:+31 6 555 0009")
story.ok(n.run("officer", "add", "j.doe", "sms:+31655500011").is_sentence(75, "is an officer"), "nobody is added twice")
n.must("duty", "add", "j.doe", "--since", stamp(-1), "--until", stamp(7), "--backup", "a.roe")
story.ok(n.run("duty", "add", "a.roe", "--since", stamp(3), "--until", stamp(9)).is_sentence(75, "j.doe is on duty"), "two are not on duty at once", n.run("duty", "add", "a.roe", "--since", stamp(3), "--until", stamp(9)))
story.ok("On duty: j.doe until" in n.run("desk", "list").err, "the desk says who is", n.run("desk", "list"))

# -- the test page of who comes on duty
n.must("notice", "mode", "on")
n.start()
n.done()
first = until(lambda: next(iter(pages()), None), 40)
story.ok(first and first["what"] == "test" and until(texts, 40), "who comes on duty gets a test page", first, n.says()[-3:])
story.ok(re.fullmatch(r"sms \+31 6 555 0001 P-[0-9A-Z]{6}-[0-9A-Z] test\. Take it: http://\S+", texts()[0]), "by the gateway, with id and link and nothing else", texts())
link = link_in(texts()[0])
got = page(link)
story.ok(got[0] == 200 and first["page"] in got[1] and "test" in got[1] and pages(), "its link shows it, and takes nothing", got)
got = page(link, b"")
story.ok(got[0] == 200 and not pages() and pages("--all")[0]["taker"] == "j.doe", "until its button is pressed", got, pages("--all"))
story.ok([json.loads(line)["tested"] is not None for line in n.must("officer", "list", "--json").out.splitlines()][:2] == [True, False], "the channel is known to reach them", n.must("officer", "list", "--json").out)
story.ok(page("/p/" + "a" * 26)[0] == 404, "a link that is none opens nothing")

# -- what cannot wait
n.drop("lab", "one.csv", records((stamp(-3), "198.18.1.7", 443, "webshell")))
call = until(lambda: next((p for p in pages() if p["what"] == "call"), None), 60)
story.ok(call and call["severity"] == "critical", "a call that cannot wait is a page", call, n.run("calls", "list"))
until(lambda: len(texts()) > 1, 40)
story.ok(len(texts()) == 2 and f"{call['page']} priority 1" in texts()[1], "to who is on duty, by their first channel", texts())
hurry()
mail = until(lambda: next((m for m in box("doe@z.example") if call["page"] in m["Subject"]), None), 40)
story.ok(mail and link_in(part(mail, "text/plain")), "then by the next", box("doe@z.example"))
hurry()
until(lambda: hooked, 40)
head, body = hooked[0] if hooked else ({}, "{}")
story.ok(json.loads(body).get("page") == call["page"] and "webhook-signature" in {k.lower() for k in head}, "then the backup, signed", hooked)
hurry()
until(lambda: len(texts()) > 2, 40)
story.ok(texts()[2].startswith("voice +31 6 555 0009 "), "then all others", texts())
told = "\n".join(texts() + [str(mail), body, page(link_in(texts()[1]))[1]])
story.ok(not re.search(r"Secret|m1\b|198\.18|webshell", told), "and nobody reads on the way what it is about", told)
got = page(link_in(texts()[1]), b"")
story.ok("It is yours" in got[1] and not pages() and [json.loads(x)["owner"] for x in n.must("desk", "list", "--json").out.splitlines() if '"item":"call' in x] == ["j.doe"], "who takes it has it on the desk", got, n.must("desk", "list", "--json").out)
got = page(json.loads(body)["link"].split(f":{PORT}")[1])
story.ok("j.doe has it" in got[1] and "<button" not in got[1], "which the others see", got)
story.ok('"page take"' in n.must("audit", "list", "--json").out, "and the audit has", n.must("audit", "list", "--json").out[-600:])

# -- a way that fails
n.must("desk", "give-back", [json.loads(x)["item"] for x in n.must("desk", "list", "--json").out.splitlines() if '"item":"call' in x][0], "--by", "j.doe")
open(f"{n.path}/no-signal", "w", encoding="ascii").close()
again = until(lambda: next((p for p in pages() if p["what"] == "call"), None), 40)
story.ok(again and again["page"] != call["page"], "what is given back wakes again", pages("--all"))
until(lambda: len(tries(again["page"])) > 1, 60)
got = tries(again["page"])
story.ok(got[0]["state"] == "failed" and "no signal" in got[0]["says"] and len(got) > 1 and got[1]["way"] == "mail", "what a way does not take is tried by the next at once, and said", got)
taken = n.run("page", "take", again["page"], "--by", "x.last")
story.ok(taken.status == 0 and n.run("page", "take", again["page"], "--by", "a.roe").is_sentence(75, "x.last has it"), "a page is taken by command, once", taken)
os.unlink(f"{n.path}/no-signal")
n.must("calls", "spoke", call_of := json.loads(n.must("calls", "list", "--json").out.splitlines()[0])["notice"], "--reason", "told")
n.must("officer", "remove", "x.last")
story.ok("x.last" not in n.must("officer", "list").out, "who is removed is woken no more")
n.stop()
server.shutdown()

# -- whose it was
hits = {json.loads(x)["where"] for x in n.must("person", "doe@z.example", "--json").out.splitlines()}
story.ok("officers" in hits, "an officer's address is found", hits)
n.must("person", "doe@z.example", "--erase", "--reason", "asked to", "--yes")
story.ok("doe@z.example" not in n.must("officer", "list").out, "and erased")
story.end()
