import json
import os
import signal
import socket
import sqlite3
import subprocess
import threading
import time
from datetime import datetime, timezone

from exposition import read, values
from play import Story
from service_home import ROLES, Node, until

URL = os.environ.pop("WAKER_TEST_POSTGRES", "")
HEAD = "when,ip,name,how,port,transport,what\n"
story = Story("metrics")
TODAY = datetime.now(timezone.utc).replace(microsecond=0)
SECONDS = 5  # that one connection may take (task/service/serve.c)


def connect(where):
    """`where`: the path of a socket, or a port."""
    if isinstance(where, int):
        return socket.create_connection(("127.0.0.1", where), timeout=20)
    s = socket.socket(socket.AF_UNIX)
    s.settimeout(20)
    at = os.open(os.path.dirname(where), os.O_RDONLY)  # a path of any length
    try:
        s.connect(f"/proc/self/fd/{at}/{os.path.basename(where)}")
    finally:
        os.close(at)
    return s


def ask(where, line="GET /metrics HTTP/1.1", head="Host: x\r\n", body=b""):
    """(status, {head: value}, body) of the answer, to its end."""
    with connect(where) as s:
        s.sendall(f"{line}\r\n{head}\r\n".encode() + body)
        got = b""
        while piece := s.recv(65536):
            got += piece
    top, _, text = got.partition(b"\r\n\r\n")
    first, *lines = top.decode("latin1").split("\r\n")
    return int(first.split()[1]), {k.lower(): v for k, v in (x.split(": ", 1) for x in lines)}, text.decode()


def alone():
    """Of the store, where nothing runs."""
    n = Node(story, "home")
    n.feed("lab")
    n.feed("mute")
    ran = n.run("metrics")
    got = values(ran.out)
    story.ok(ran.status == 0 and got["waker_service_running"] == 0 and got["waker_findings{state=open,severity=high}"] == 0 and
             got["waker_feed_enabled{feed=lab}"] == 0, "a store alone is measured, also an empty one", ran)
    story.ok(not [k for k in got if "role_up" in k or "last_hit" in k], "what there never was has no number", sorted(got))
    lines = [json.loads(line) for line in n.must("metrics", "--json").out.splitlines()]
    same = {x["metric"] + ("{" + ",".join(f"{a}={b}" for a, b in x["labels"].items()) + "}" if x["labels"] else "") for x in lines}
    story.ok(same == set(got), "--json has the same, an object each", same ^ set(got))
    return n


def agrees(n, got):
    """Where the numbers are not those of `waker status`."""
    s, bad = n.status(), []
    def jobs(*states):
        return sum(v for k, v in got.items() for state in states if k.startswith("waker_jobs{") and k.endswith(f"state={state}}}"))

    pairs = {
        "running": (got["waker_service_running"], float(s["running"])),
        "queue": (jobs("due", "running") + got["waker_inbox_files"], s["queue"]),
        "parked": (jobs("parked"), s["parked"]),
        "later": (jobs("later"), s["later"]),
        "held": (sum(v for k, v in got.items() if k.startswith("waker_feed_batches_held")), s["batches_held"]),
        "issues": (got["waker_issues_held"], s["issues_held"]),
        "candidates": (sum(v for k, v in got.items() if k.startswith("waker_findings{state=candidate")), s["candidates"]),
    }
    bad += [f"{what}: {a} and {b}" for what, (a, b) in pairs.items() if a != b]
    bad += [str(r) for r in s["roles"] if got[f"waker_role_up{{node={r['node']},role={r['role']}}}"] != r["runs"] or
            got[f"waker_role_restarts_total{{node={r['node']},role={r['role']}}}"] != r["restarts"]]
    return bad


def flowing(n):
    """While a feed flows."""
    where = f"{n.path}/run/metrics"
    n.start()
    story.ok(n.up() and until(lambda: os.path.exists(where)), "a service has a socket for it", n.says()[-3:])
    mode = os.stat(where).st_mode & 0o777
    status, head, text = ask(where)
    got = values(text)
    story.ok(status == 200 and mode == 0o600 and head["content-type"].startswith("text/plain; version=0.0.4"), "which is its owner's alone, and answers in the format 0.0.4", oct(mode), head)
    story.ok(got["waker_service_running"] == 1 and sum(v for k, v in got.items() if "role_up" in k) == len(ROLES), "all parts are up", got)
    seen = [got]
    for i in range(4):
        n.drop("lab", f"{i}.csv", HEAD + "".join(f"{TODAY},198.18.{1 + i % 2}.{i // 2 * 3 + k},,,3389,tcp,rdp\n" for k in range(3)) + f"{TODAY},203.0.113.9,,,1,tcp,rdp\n")
        seen.append(values(ask(where)[2]))
    n.done()
    n.drop("lab", "page.csv", "<html><body>down</body></html>\n")
    until(lambda: n.status()["parked"] == 1)
    os.kill(n.roles()["clock"], signal.SIGHUP)  # it looks now
    until(lambda: values(ask(where)[2])["waker_conditions{kind=batch-held}"] == 1)
    text = ask(where)[2]
    got = values(text)
    story.ok([got[f"waker_feed_{k}_total{{feed=lab}}"] for k in ("batches", "hits")] == [5, 12] and got["waker_feed_batches_held{feed=lab}"] == 1 and
             got["waker_feed_last_batch_records{feed=lab}"] == 5, "what a feed brought is counted", {k: v for k, v in got.items() if "feed=lab" in k})
    story.ok(all(b.get(k, 0) >= v for a, b in zip(seen, seen[1:] + [got]) for k, v in a.items() if "_total" in k and "role" not in k), "counters only grow")
    story.ok(not agrees(n, got), "the numbers are those of `waker status`", *agrees(n, got))
    story.ok(got["waker_conditions{kind=batch-held}"] == 1 and got["waker_conditions{kind=job-parked}"] == 0 and 0 <= got["waker_conditions_oldest_seconds"] < 60, "troubles are counted", text)
    story.ok("waker_feed_silence_seconds{feed=lab}" not in got and got["waker_feed_late{feed=lab}"] == 0, "a feed that nobody asks is not late")
    mine = [word for word in ("m1", "m2", "First", "Second", "198.18", "page.csv", "exposed.rdp") if word in text]
    story.ok(not mine, "nothing of a member is in it, no file and no issue", mine)
    story.ok(until(lambda: values(ask(where)[2])["waker_findings{state=open,severity=high}"] == 12, 40) and values(ask(where)[2])["waker_findings_total"] == 12,
             "findings are counted, within half a minute", ask(where)[2])
    story.ok(set(read(n.must("metrics").out)) == set(read(text)), "the command says the same")
    return where


def told(n):
    """Nothing tells yet: what will be is written by hand."""
    with sqlite3.connect(f"{n.path}/waker.db") as store:
        store.execute("UPDATE finding SET state = 2, severity = 1, since = since - 7200000000 WHERE id = 1")
    got = values(n.must("metrics").out)
    story.ok(7200 <= got["waker_findings_unanswered_oldest_seconds{severity=critical}"] < 7300 and got["waker_findings_unanswered_oldest_seconds{severity=high}"] == 0,
             "the oldest critical finding that was told without an answer has its age", got)
    n.must("finding", "acknowledge", n.must("finding", "list", "--state", "told", "--json").out.split('"')[3], "--yes")
    got = values(n.must("metrics").out)
    story.ok(got["waker_findings_unanswered_oldest_seconds{severity=critical}"] == 0, "until it is answered", got)


def wrong(n, where):
    """Bounded, whatever is asked."""
    status, head, text = ask(where, "POST /metrics HTTP/1.1", "Host: x\r\nContent-Length: 4000000000\r\n", b"x" * 100)
    story.ok(status == 405 and head["allow"] == "GET, HEAD", "only GET and HEAD are answered", status, head)
    story.ok(ask(where, "GET / HTTP/1.1")[0] == 404 and ask(where, "GET /metrics/../waker.conf HTTP/1.1")[0] == 404, "only /metrics is there")
    status, head, text = ask(where, "HEAD /metrics HTTP/1.1")
    story.ok(status == 200 and int(head["content-length"]) > 1000 and text == "", "HEAD has no body", status, head)
    story.ok(ask(where, "GET /metrics?x=1 HTTP/1.0", "")[0] == 200, "HTTP/1.0 and a query are well")
    for what, line in ("a long address", "GET /" + "a" * 100000), ("garbage", "\0\xff\x80" * 3000), ("no HTTP", "GET /metrics SMTP/1.1"):
        try:
            status = ask(where, line)[0]
        except (OSError, IndexError, ValueError, UnicodeError) as gone:  # shut while it sends is well
            status = 400 if isinstance(gone, (ConnectionError, IndexError)) else repr(gone)
        story.ok(status in (400, 414, 431, 505), f"{what} is refused", status)
    took = {}

    def drip():
        begun = time.monotonic()
        with connect(where) as s:
            try:
                for c in "GET /metrics HTTP/1.1\r\nX: " + "x" * 100:
                    s.send(c.encode())
                    time.sleep(0.25)
            except OSError:
                pass
        took["drip"] = time.monotonic() - begun

    def deaf():
        with connect(where) as s:
            s.sendall(b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n" * 500)
            time.sleep(SECONDS + 2)

    slow = [threading.Thread(target=f) for f in (drip, deaf)]
    for t in slow:
        t.start()
    begun = time.monotonic()
    good = ask(where)[0] == 200
    story.ok(good and time.monotonic() - begun < 3, "who asks slowly, or never reads, keeps nobody", time.monotonic() - begun)
    for t in slow:
        t.join()
    story.ok(took["drip"] < SECONDS + 3, "and is shut after some seconds, though a byte came all the time", took)
    idle = [connect(where) for _ in range(60)]
    begun = time.monotonic()
    good = ask(where)[0] == 200
    story.ok(good and time.monotonic() - begun < SECONDS + 4, "a crowd that says nothing holds it up for seconds", time.monotonic() - begun)
    for s in idle:
        s.close()
    pid = n.roles()["metrics"]
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as f:
        pss = sum(int(x.split()[1]) for x in f if x.startswith("Pss:"))
    story.ok(len(os.listdir(f"/proc/{pid}/fd")) < 30 and pss < 20000, "nothing of it stays", os.listdir(f"/proc/{pid}/fd"), pss)
    story.ok(all(s["level"] != "error" for s in n.says()) and n.status()["running"], "and nothing died of it", n.says()[-3:])


def elsewhere(n, where):
    """On a port, and nowhere."""
    def conf(value):
        with open(f"{n.path}/waker.conf", encoding="utf-8") as f:
            text = f.read()
        with open(f"{n.path}/waker.conf", "w", encoding="utf-8") as f:
            f.write("\n".join(f"metrics = {value}" if line.startswith("metrics =") else line for line in text.split("\n")))
        before = n.roles()
        n.child.send_signal(signal.SIGHUP)
        return before

    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    before = conf(f"127.0.0.1:{port}")
    until(lambda: n.roles().get("metrics") not in (None, before["metrics"]) and n.status()["running"])

    def on_port():
        try:
            return ask(port)[0] == 200
        except (OSError, IndexError):  # it went before it answered
            return False
    story.ok(until(on_port) and not os.path.exists(where), "a loopback port is taken instead, and the socket is gone", n.says()[-3:])
    for value in "0.0.0.0:9464", "192.0.2.1:9464", "example.org:9464", "9464", "[::]:9464":
        conf(value)
        ran = n.run("config", "check")
        story.ok(ran.is_sentence(78, f'metrics is socket, off, 127.0.0.1:PORT or [::1]:PORT, not "{value}"'), f"{value} is refused", ran)
    story.ok(on_port(), "and the last that was right stays")
    conf("off")
    story.ok(until(lambda: not on_port()) and n.up() and not os.path.exists(where), "off is nowhere, and no trouble", n.status())
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        s.listen()
        conf(f"127.0.0.1:{s.getsockname()[1]}")
        story.ok(until(lambda: any("it cannot" in x["says"] and "already in use" in x.get("error", "").lower() for x in n.says())) and until(lambda: "the part `metrics` of the service does not live: it ended with status 78" in str(n.status())),
                 "a port that another has is told, in the log and in `waker status`", n.says()[-3:], n.status())
    story.ok(until(lambda: n.status()["running"], 90), "and taken when that one lets it go", n.says()[-3:])


def away(n, where):
    """The server of the store shuts the door, and opens it again."""
    story.ok(ask(where)[0] == 200, "of a PostgreSQL server too", n.says()[-3:])
    time.sleep(1.1)
    subprocess.run(["psql", "-qtA", URL, "-c", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'waker' AND pid <> pg_backend_pid()"],
                   check=True, stdout=subprocess.DEVNULL)
    first = ask(where)[0]
    story.ok(first in (503, 200) and until(lambda: ask(where)[0] == 200, 10), "a store that went away is an answer, and found again", first, n.says()[-4:])
    story.ok(first == 503 or any("metrics" == s["role"] and s["level"] != "info" for s in n.says()), "which is said", n.says()[-4:])


home = alone()
at = flowing(home)
told(home)
wrong(home, at)
elsewhere(home, at)
home.stop()
story.ok(not os.path.exists(at), "the socket goes with the service")
if URL:
    other = Node(story, "server", store=URL)
    other.start()
    other.up()
    away(other, f"{other.path}/run/metrics")
    other.stop()
else:
    story.skip("of a PostgreSQL server too", "there is no PostgreSQL")
story.end()
