"""What web.sh plays."""
import json
import os
import re
import socket
import threading
import time
from datetime import datetime, timedelta, timezone

from play import Story
from service_home import until
from web_site import CODE, PHONE, TOKEN, Site

URL = os.environ.pop("WAKER_TEST_POSTGRES", "")
story = Story("web")
FIELDS = {"content-security-policy": "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
          "strict-transport-security": "max-age=31536000", "x-content-type-options": "nosniff", "referrer-policy": "no-referrer",
          "cache-control": "no-store", "x-robots-tag": "noindex"}
A = f"/a/{TOKEN}"


def begin(*where):
    s = Site(story, *where)
    s.start()
    story.ok(until(lambda: s.web() and s.status()["running"]), "the pages are a part of the service where they are on", s.status(), s.says()[-3:])
    story.ok(until(lambda: s.ask("/healthz").text == "ok\n"), "/healthz says that it lives")
    story.ok(s.ask("/readyz").text == "ready\n", "/readyz says that the store answers and nothing waits too long")
    got = s.ask("/check")
    story.ok(got.status == 200 and not {k: v for k, v in FIELDS.items() if got.head.get(k) != v}, "each answer has the fields that keep a browser tight", got)
    return s


def looks(s):
    """What only looks."""
    before = s.state()
    got = s.ask(A)
    story.ok(got.status == 200 and got.text.count("<fieldset>") == 3 and " checked" not in got.text, "a link shows what its mail said, and no answer is chosen", got)
    story.ok(re.findall(r"<legend><b>(\d)", got.text)[0] == "1" and "m1" not in got.text and "First" in got.text, "the worst first, for the member by name", got)
    radios = re.findall(r'name="(a\.F[^"]*)" value="([^"]*)"', got.text)
    story.ok(len({n for n, _ in radios}) == 3 and {v for _, v in radios} == {"fixed", "working", "false-alarm", "not-ours", "accepted"}, "five answers to each", radios)
    story.ok(got.text.count('name="c.F') == 1, "the letters of the mail are asked for what is critical alone")
    story.ok("<script" not in got.text and "style=" not in got.text and "<img" not in got.text, "no script, no style of its own, no picture")
    weight = len(got.text.encode()) + len(s.ask("/style.css").text.encode())
    story.ok(weight <= 12000, f"it weighs 12 kB at most, with its style ({weight})")
    dutch, english = s.ask(f"{A}?l=nl"), s.ask(f"{A}?l=en")
    story.ok('lang="nl"' in dutch.text and "Bevestig" in dutch.text and 'lang="en"' in english.text and "Confirm" in english.text, "in Dutch and in English")
    story.ok(all(s.ask(A, m).status == 200 for m in ("HEAD", "GET") for _ in range(3)) and s.state() == before, "GET and HEAD, however often, change nothing")
    for method in "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE":
        got = s.ask(A, method)
        story.ok(got.status in (400, 405) and (got.status != 405 or got.head["allow"] == "GET, HEAD, POST"), f"{method} is none of its methods", got)
    story.ok(s.state() == before, "and changes nothing")
    return {re.search(r"<code>198\.18\.1\.(\d)", f)[1]: re.search(r'name="a\.(F-[^"]*)"', f)[1] for f in english.text.split("<fieldset>")[1:]}


def answers(s, ids):
    """What a person sends. `ids`: by the last number of what was seen; 2 is critical."""
    before = s.state()
    one, critical, three = ids["1"], ids["2"], ids["3"]
    day = (datetime.now(timezone.utc) + timedelta(days=9)).strftime("%Y-%m-%d")
    for body, status, what in (({}, 400, "nothing chosen"), ({f"a.{one}": "accepted", f"r.{one}": "My <b>words</b>"}, 400, "accepted without a day"),
                               ({f"a.{critical}": "not-ours", f"c.{critical}": "0000"}, 400, "the wrong letters"),
                               ({f"a.{one}": "fixed", f"a.{critical}": "not-ours"}, 400, "no letters, beside an answer that could be taken"),
                               ({f"a.{one}": "seen"}, 400, "an answer that the page does not have"), ({"x": "y"}, 400, "a field that it does not have"),
                               ({"a.F-000000-0": "fixed"}, 400, "a finding of somebody else's")):
        got = s.ask(f"{A}?l=en", "POST", body)
        story.ok(got.status == status and s.state() == before and PHONE in got.text, f"{what}: a page that says so, and nothing changed", got)
        if f"r.{one}" in body:
            story.ok("My &lt;b&gt;words&lt;/b&gt;" in got.text and 'value="accepted" checked' in got.text, "what was typed is there again", got)
    got = s.ask(f"{A}?l=en", "POST", {f"a.{one}": "fixed", f"r.{one}": "patched\r\nété", f"d.{one}": "", f"a.{three}": "working", f"d.{three}": day,
                                     f"a.{critical}": "not-ours", f"c.{critical}": CODE.lower()})
    story.ok(got.status == 200 and got.text.count("<li>") == 3 and got.text.count('name="undo"') == 3, "answers are taken, with a way back each", got)
    state = dict(s.rows("SELECT seen, state FROM finding"))
    words = {f["seen"]: f["state"] for f in map(json.loads, s.must("finding", "list", "--all", "--json").out.splitlines())}
    story.ok(sorted(words.values()) == ["acknowledged", "claimed", "disputed"], "fixed is a claim, a promise an acknowledgement, not ours a dispute", words, state)
    story.ok(s.rows("SELECT reason FROM answer WHERE reason <> ''") == [("patched\nété",)], "the words are kept as they were typed")
    got = s.ask(f"{A}?l=en")
    story.ok("You answered: fixed" in got.text and got.text.count('name="undo"') == 3, "the page says what was answered", got)
    got = s.ask(f"{A}?l=en", "POST", {"undo": one})
    words = [f["state"] for f in map(json.loads, s.must("finding", "list", "--all", "--json").out.splitlines())]
    story.ok(got.status == 200 and "taken back" in got.text and "claimed" not in words, "and it can be taken back", got, words)
    got = s.ask(f"{A}?l=en", "POST", {"undo": one})
    story.ok(got.status == 200 and "call us" in got.text.lower(), "once", got)


def machine(s, ids):
    """One that presses the button as soon as the mail is there."""
    s.write(f"UPDATE delivery SET changed = {int(time.time()) * 1000000}")
    before = s.rows("SELECT id, state FROM finding ORDER BY 1")
    body = {f"a.{ids['1']}": "fixed", f"r.{ids['1']}": "kept"}
    got = s.ask(f"{A}?l=en", "POST", body)
    story.ok(got.status == 200 and "machine" in got.text and "kept</textarea>" in got.text and s.rows("SELECT id, state FROM finding ORDER BY 1") == before,
             "what comes as soon as the mail is probably a machine's: kept, asked again, and does nothing", got)
    time.sleep(11)
    got = s.ask(f"{A}?l=en", "POST", body)
    story.ok("fixed" in got.text and "<li>" in got.text and s.rows("SELECT id, state FROM finding ORDER BY 1") != before, "a person confirms again", got)
    s.write("UPDATE delivery SET changed = changed - 10800000000")
    s.conf(scanners="192.0.2.0/24, 127.0.0.0/8")
    s.reload()
    story.ok(until(lambda: "machine" in s.ask(f"{A}?l=en", "POST", {f"a.{ids['1']}": "accepted"} | body).text, 10),
             "where machines press all day, it is asked again however late it comes", s.says()[-3:])
    s.conf(scanners="none")
    s.reload()
    time.sleep(1)


def busy(s, ids):
    """What comes while another process writes."""
    def answer():
        begun = time.monotonic()
        got.append((s.ask(f"{A}?l=en", "POST", {f"a.{ids['3']}": "fixed"}), time.monotonic() - begun))

    for seconds in 2, 12:
        got, shown, slowest, before = [], set(), 0, s.state()
        with s.writing(seconds):
            person = threading.Thread(target=answer)
            person.start()
            for _ in range(20):
                begun = time.monotonic()
                shown.add(s.ask(A).status)
                slowest = max(slowest, time.monotonic() - begun)
                time.sleep(0.05)
            if seconds > 10:
                person.join()
        person.join()
        story.ok(slowest < 1 and shown == {200}, "while another process writes, others are shown their pages", slowest, shown)
        if seconds < 10:
            story.ok(got[0][0].status == 200 and "<li>" in got[0][0].text and got[0][1] > 1, "and who answers waits a little longer", *got[0])
        else:
            story.ok(got[0][0].status == 503 and s.state() == before and 9 < got[0][1] < 12, "but not more than ten seconds: the page says that nothing was changed", *got[0])


def check(s):
    """Is this message from you?"""
    number = re.search(r"N-\w{6}-\w", s.ask(A).text)[0]

    def asked(number, domain):
        return s.ask("/check?l=en", "POST", {"id": number, "domain": domain})
    got = asked(number, "m1.example")
    story.ok("Yes: we sent" in got.text, "a message that went to an address of that domain is ours, whatever its case", got)
    story.ok("Yes: we sent" in asked(number.lower().replace("-", ""), "someone@M1.EXAMPLE.").text, "however its number and the domain were typed")
    wrong = [asked(*x) for x in ((number, "m2.example"), (number, "example"), (number, "x.m1.example"), (number, ""), ("", "m1.example"), ("N-000000-0", "m1.example"))]
    story.ok(all(w.status == 200 and "Please call us" in w.text and "Yes" not in w.text for w in wrong), "anything else is not, and says no more", *wrong[:2])
    shapes = {re.sub(r"value=\"[^\"]*\"|that .* is from", "", w.text) for w in wrong}
    story.ok(len(shapes) == 1, "in one shape", shapes)
    story.ok('&lt;i&gt;"'.replace('"', "&#34;") in asked('<i>"', "m1.example").text, "what was typed is text")
    more = [asked(number, "m1.example") for _ in range(12)]
    story.ok(more[-1].status == 429 and int(more[-1].head["retry-after"]) > 0 and PHONE in more[-1].text, "who asks too often waits", more[-1])


def guesses(s):
    before = s.state()
    none = s.ask("/nothing?l=en")
    old = s.ask(f"/a/{TOKEN[::-1]}?l=en")
    wrong = s.ask("/a/zzzzzzzzzzzzzzzzzzzzzzzzzz?l=en")
    story.ok(none.status == old.status == wrong.status == 404 and none.text == old.text == wrong.text and "+31 99" in none.text,
             "an old link, a guessed one and no page at all are the same page, with a telephone number", old, wrong)
    many = [s.ask(f"/a/{i:026}", m, body).status for i in range(12) for m, body in (("GET", None), ("POST", {"a": "b"}))]
    story.ok(many[-1] == 429 and set(many) == {404, 429} and s.state() == before, "who guesses is not even answered after a while", many)
    story.ok(s.ask("/check").status == 200, "what is for anybody is")


def callback(s):
    secret = "0123456789abcdef0123456789abcdef"
    os.makedirs(f"{s.path}/credentials", exist_ok=True)
    with open(f"{s.path}/credentials/callback-held", "w", encoding="ascii", opener=lambda p, f: os.open(p, f, 0o600)) as out:
        out.write(f"token = {secret}\n")
    body = json.dumps({"Email": "a@m1.example", "n": "x" * 100})
    inbox = f"{s.path}/inbox/held"
    no = [s.ask("/in/held", "POST", body, Content_Type="application/json", Authorization="Bearer wrong"),
          s.ask("/in/lab", "POST", body, Content_Type="application/json", Authorization=f"Bearer {secret}"),
          s.ask("/in/..", "POST", body, Content_Type="application/json", Authorization=f"Bearer {secret}")]
    story.ok([n.status for n in no[:2]] == [403, 403] and no[0].text == no[1].text and no[2].status in (403, 404), "a wrong secret and a feed without one are told the same", *no)
    story.ok(not os.path.exists(inbox), "and put nothing anywhere")
    story.ok(s.ask("/in/held", "POST", body, Content_Type="text/plain", Authorization=f"Bearer {secret}").status == 415, "what is no JSON is not read")
    got = s.ask("/in/held", "POST", body, Content_Type="application/json", Authorization=f"Bearer {secret}")
    files = os.listdir(inbox)
    story.ok(got.status == 202 and len(files) == 1 and open(f"{inbox}/{files[0]}", encoding="ascii").read() == body, "who has it puts a file whole into the feed's inbox", got, files)
    story.ok(secret not in open(s.log, encoding="utf-8").read(), "the secret is in no log")


def slow(s):
    """Who drips, who says nothing, who says too much."""
    gone, stop = {}, threading.Event()

    def drip(name, head):
        begun = time.monotonic()
        try:
            with s.connect() as x:
                x.sendall(head)
                while not stop.is_set() and time.monotonic() - begun < 40:
                    x.sendall(b"a")
                    time.sleep(0.5)
        except OSError:
            gone[name] = time.monotonic() - begun

    def silent():
        begun = time.monotonic()
        with s.connect(timeout=60, tls=False) as x:
            try:
                x.recv(1)
            except OSError:
                pass
        gone["silent"] = time.monotonic() - begun
    all_of = [threading.Thread(target=silent)] + [threading.Thread(target=drip, args=x) for x in (
        ("head", b"GET / HTTP/1.1\r\nHost: x\r\nX: "),
        ("body", f"POST {A} HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 60000\r\n\r\n".encode()))]
    for t in all_of:
        t.start()
    time.sleep(1)
    begun = time.monotonic()
    story.ok(s.ask(A).status == 200 and time.monotonic() - begun < 1, "who drips keeps nobody else from it", time.monotonic() - begun)
    for t in all_of:
        t.join()
    stop.set()
    story.ok(gone.get("head", 99) < 13 and gone.get("silent", 99) < 13, "a head, or nothing at all, has ten seconds", gone)
    story.ok(gone.get("body", 99) < 8, "a body that hardly moves five", gone)
    form = "Content-Type: application/x-www-form-urlencoded\r\n"
    got = s.raw(f"POST {A} HTTP/1.1\r\nHost: x\r\n{form}Content-Length: 65537\r\n\r\n".encode() + b"a" * 65537)
    story.ok(b" 413 " in got[:20] and PHONE.encode() in got, "a body over its bound is a page that says so", got[:300])
    got = s.raw(f"POST {A} HTTP/1.1\r\nHost: x\r\n{form}Transfer-Encoding: chunked\r\n\r\n".encode() + (b"10000\r\n" + b"a" * 65536 + b"\r\n") * 3 + b"0\r\n\r\n")
    story.ok(b" 413 " in got[:20], "also one that does not say its length", got[:300])
    got = s.raw(b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X-A: " + b"a" * 40000 + b"\r\n\r\n", 12)
    story.ok(got[9:12] in (b"431", b"413", b"400", b""), "a head over its bound is refused", got[:100])
    for text in b"\x16\x03\x01garbage", b"GET\r\n\r\n", b"\x00" * 100, b"GET /a/%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n":
        s.raw(text, 12)
    idle, refused = [], 0
    for _ in range(60):
        try:
            idle.append(s.connect(timeout=2))
        except OSError:
            refused += 1
    story.ok(refused > 20, f"one address has so many connections and no more (of 60, {refused} were refused)")
    for x in idle:
        x.close()
    story.ok(until(lambda: answers_again(s), 15), "and may come again when it let some go")


def answers_again(s):
    try:
        return s.ask("/healthz").status == 200
    except OSError:
        return False


def renews(s):
    """Another certificate, and another configuration, while somebody is connected."""
    pid, failed, stop = s.web(), [], threading.Event()

    def asks():
        while not stop.is_set():
            try:
                if s.ask("/healthz").status != 200:
                    failed.append("status")
            except OSError as why:
                failed.append(str(why))
            time.sleep(0.01)
    stays = s.connect()
    stays.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    story.ok(b" 200 " in stays.recv(4096) and s.shown() == "first", "a connection, by the first certificate")
    crowd = threading.Thread(target=asks)
    crowd.start()
    s.certify("second")
    s.reload()
    story.ok(until(lambda: s.shown() == "second", 10) and s.web() == pid, "a reload brings the second, in the same process", s.shown(), s.says()[-3:])
    s.certify("third")
    story.ok(until(lambda: s.shown() == "third", 40), "a file that changed is taken over by itself", s.shown())
    with open(f"{story.tmp}/site.pem", "w", encoding="ascii") as out:
        out.write("no certificate")
    s.reload()
    story.ok(until(lambda: any("taken over" in x["says"] and x["level"] == "error" for x in s.says()), 10) and s.shown() == "third", "one that is none is told, and the last stays", s.says()[-3:])
    s.certify("fourth")
    s.conf(phone="+31 99")
    s.reload()
    story.ok(until(lambda: s.shown() == "fourth", 10) and "+31 99" in s.ask("/none").text, "the other settings come with it")
    stop.set()
    crowd.join()
    story.ok(not failed, "and nobody was refused meanwhile", failed[:3])
    stays.close()
    story.ok(s.web() == pid and not [x for x in s.says() if x["role"] == "run" and x["level"] != "info"], "nothing died of it", s.says()[-3:])


def behind_proxy(s):
    """On a socket, and off."""
    at = f"{s.path}/run/web"
    s.conf(listen="run/web", certificate="none", key="none", proxy="yes")
    s.reload()
    story.ok(until(lambda: os.path.exists(at), 10) and os.stat(at).st_mode & 0o777 == 0o660, "a socket is taken instead, for a proxy of the group", s.says()[-3:])

    def asked(forwarded, path="/healthz"):
        with socket.socket(socket.AF_UNIX) as x:
            x.settimeout(10)
            folder = os.open(os.path.dirname(at), os.O_RDONLY)
            x.connect(f"/proc/self/fd/{folder}/web")
            os.close(folder)
            x.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Forwarded-For: {forwarded}\r\n\r\n".encode())
            got = b""
            while piece := x.recv(65536):
                got += piece
        return int(got.split()[1])
    story.ok(until(lambda: asked("192.0.2.1") == 200, 10), "and answers")
    one = [asked(f"203.0.113.{i}, 192.0.2.7", f"/a/{i:026}") for i in range(12)]
    story.ok(one[-1] == 429 and asked("192.0.2.7, 192.0.2.8", "/a/x") == 404, "who asks is whom the proxy saw, and not who they say they are", one)
    s.conf(listen="0.0.0.0:8443")
    s.reload()
    story.ok(until(lambda: any("only this machine" in str(x) for x in s.says()), 10), "without a certificate nobody else is answered", s.says()[-2:])
    s.conf(listen="off")
    s.reload()
    story.ok(until(lambda: s.web() is None and s.status()["running"], 20) and not os.path.exists(at), "off is nowhere, and no trouble", s.status())


site = begin()
story.ok(site.told(), "a mail has told of three findings", site.says()[-3:])
found = looks(site)
answers(site, found)
machine(site, found)
busy(site, found)
check(site)
slow(site)
callback(site)
renews(site)
guesses(site)
behind_proxy(site)
story.ok(all(x["level"] != "error" or "taken over" in x["says"] or "cannot go on" in x["says"] for x in site.says()), "no part failed otherwise", [x for x in site.says() if x["level"] == "error"])
site.stop()
if URL:
    server = begin("server", URL)
    story.ok(server.told(), "on a server likewise: a mail has told of three findings", server.says()[-3:])
    found = looks(server)
    answers(server, found)
    machine(server, found)
    busy(server, found)
    server.stop()
else:
    story.skip("on a server", "there is no PostgreSQL")
story.end()
