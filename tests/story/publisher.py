import atexit
import json
import os
import signal
import subprocess
import time
from datetime import datetime, timedelta, timezone

from play import TREE, Story
from service_home import Node, until

story = Story("publisher")
NOW = datetime.now(timezone.utc).replace(microsecond=0)
HEAD = "when,ip,name,how,port,transport,what\n"


class Peer:
    """A publisher of tests/fake, with a list of its own; it ends when this story does."""

    def __init__(self, name, number, *tls):
        self.at = f"{story.tmp}/{name}"
        os.makedirs(f"{self.at}/served")
        with open(f"{self.at}/served/{name}.csv", "w", encoding="ascii") as out:
            out.write(HEAD + f"{NOW},198.18.1.{number},,,3389,tcp,rdp\n" + f"{NOW},203.0.113.9,,,3389,tcp,rdp\n" * 400)
        self.child = subprocess.Popen(["python3", f"{TREE}/tests/fake/publisher.py", self.at, *tls], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        atexit.register(self.child.kill)
        self.port = self.child.stdout.readline().strip()
        self.url = f"{'https://localhost' if tls else 'http://127.0.0.1'}:{self.port}/{name}.csv"

    def mood(self, text):
        with open(f"{self.at}/mood", "w", encoding="ascii") as out:
            out.write(text)

    def log(self):
        try:
            with open(f"{self.at}/log", encoding="utf-8") as log:
                return log.read().splitlines()
        except OSError:
            return []


def expired():
    """A certificate of 2020, and its key."""
    at = f"{story.tmp}/ca"
    os.makedirs(at)
    with open(f"{at}/conf", "w", encoding="ascii") as out:
        out.write(f"[ca]\ndefault_ca=a\n[a]\ndatabase={at}/index\nserial={at}/serial\nnew_certs_dir={at}\ndefault_md=sha256\npolicy=p\nx509_extensions=x\n"
                  "[p]\ncommonName=supplied\n[x]\nbasicConstraints=CA:TRUE\nsubjectAltName=DNS:localhost\n")
    open(f"{at}/index", "w", encoding="ascii").close()
    with open(f"{at}/serial", "w", encoding="ascii") as out:
        out.write("01\n")
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(["openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", f"{at}/key", "-subj", "/CN=localhost",
                    "-out", f"{at}/req"], **quiet)
    sign = ["openssl", "ca", "-batch", "-config", f"{at}/conf", "-selfsign", "-keyfile", f"{at}/key", "-in", f"{at}/req", "-notext"]
    subprocess.run([*sign, "-out", f"{at}/old", "-startdate", "20200101000000Z", "-enddate", "20200201000000Z"], **quiet)
    return f"{at}/old", f"{at}/key"


# name: (mood, what the one sentence says)
BAD = {
    "absent": ("status 404", "there is nothing at this address"),
    "expired": ("", "certificate does not hold"),
    "endless": ("huge", "over 1048576 bytes"),
    "drip": ("drip", "too slow"),
    "loop": ("loop", "over 3 redirects"),
    "waits": ("429 1800", "it asks to wait (status 429, 1800 seconds)"),
    "closed": ("503 7200", "it asks to wait (status 503, 7"),
    "forever": ("429 99999999", "it asks to wait (status 429"),
    "broken": ("cut", "cut off"),
}
peers = {name: Peer(name, i, *(expired() if name == "expired" else ())) for i, name in enumerate([*BAD, "changed", "good", "twin", "night"], 10)}
home = Node(story, "home")


def add(name, *lines):
    more = [f"ca = {story.tmp}/ca/old"] if name == "expired" else []
    home.feed(name, fetch="\n".join([peers[name].url, "private = yes", "wait = 24 seconds", "most = 1024 KiB", "every = 1 hour", *more, *lines]))
    home.must("feed", "enable", name)


def look():
    os.kill(home.roles()["clock"], signal.SIGHUP)


def there(*words):
    """{(kind, subject): row} of the conditions; what is twice is a list."""
    found = {}
    for c in map(json.loads, home.must("condition", "list", "--json", *words).out.splitlines()):
        found.setdefault((c["kind"], c["subject"]), []).append(c)
    return found


def feeds():
    return {f["feed"]: f for f in home.status()["feeds_late"]}


def hours(text):
    """Until then."""
    return (datetime.fromisoformat(text.replace("Z", "+00:00")) - datetime.now(timezone.utc)) / timedelta(hours=1)


def ask_by_hand(name):
    return home.run("feed", "fetch", name)


for one, (moody, _) in BAD.items():
    peers[one].mood(moody)
    add(one, "gap = 1 second")
peers["changed"].mood("html")
add("changed", "gap = 1 second")
add("good", "gap = 3 seconds")
add("twin", "gap = 3 seconds")
soon, later = (f"{NOW + timedelta(hours=h):%H}:00" for h in (-1, 2))
add("night", f"quiet = {soon}-{later} UTC")
home.start()
home.up()

# ---- while all of them misbehave
first = until(lambda: len(home.jobs("--kind", "fetch")) == len(peers) and home.status()["queue"] == 0 and set(BAD) <= set(feeds()), 150)
story.ok(first, "all are asked", home.status(), home.jobs("--kind", "fetch"))
look()
wanted = {("feed-fails", name) for name in BAD} | {("batch-held", "")}
story.ok(until(lambda: set(there()) == wanted), "each that fails is a condition, and what cannot be read is one", set(there()) ^ wanted)
story.ok(all(len(rows) == 1 for rows in there().values()), "and one only")
needs = home.status()["needs"]
for one, (_, says) in BAD.items():
    mine = [n for n in needs if f"feed {one} " in n["says"]]
    story.ok(len(mine) == 1 and says in mine[0]["says"] and f"waker feed fetch {one}" in mine[0]["remedy"] and there()[("feed-fails", one)][0]["says"] == mine[0]["says"],
             f"{one}: one sentence in `waker status`", mine, needs)
remedies = {n["says"].split()[1]: n["remedy"] for n in needs if n["says"].startswith("feed ")}
story.ok(remedies["absent"].startswith("put it right") and remedies["waits"].startswith("it is tried again by itself"), "which says whether a person is needed", remedies)
ran = home.run("status")
story.ok(ran.status == 7 and ran.out.count("could not be fetched") == len(BAD), "`waker status` ends with 7", ran)
story.ok(sorted(f[1] for f in home.found()) == sorted(f"198.18.1.{list(peers).index(n) + 10} tcp/3389" for n in ("good", "twin")), "the others are read", home.found())

# ---- who said when to come again
times = {name: hours(f["next"]) for name, f in feeds().items() if f["next"]}
story.ok(0.4 < times["waits"] < 0.7 and 1.9 < times["closed"] < 2.2, "who asks to wait is left alone until then, seconds or a date", times)
story.ok(23.8 < times["forever"] < 24.2, "a day at most", times)
story.ok(0 < times["broken"] < 0.1 and 0.4 < times["absent"] < 1.6, "what may pass is tried again soon, what a person must put right once a period", times)

# ---- spread, quiet and one at a time
jobs = {j["key"]: j for j in home.jobs("--kind", "fetch")}
apart = {name: hours(jobs[name]["due"]) for name in ("good", "twin")}
story.ok(all(0.45 < h < 1.55 for h in apart.values()) and abs(apart["good"] - apart["twin"]) > 1 / 3600, "each has a second of its own in the period", apart)
story.ok(peers["night"].log() == [] and -0.1 < hours(jobs["night"]["due"]) - hours(f"{(NOW + timedelta(hours=2)).replace(minute=0, second=0).isoformat()}") < 0.3 and
         "night" not in feeds(), "in quiet hours nobody is asked, and it is no trouble", peers["night"].log(), jobs["night"])
ran = ask_by_hand("night")
story.ok(ran.status == 0 and "wants to be left alone" in ran.err and peers["night"].log() == [], "also not by hand, which is told", ran)
asked = sorted((float(line.split()[-1]), name) for name in peers for line in peers[name].log()[:1])
pauses = [(b[0] - a[0], a[1]) for a, b in zip(asked, asked[1:])]
story.ok(all(pause > (2.9 if name in ("good", "twin") else 0.9) for pause, name in pauses), "one host is asked by one feed at a time, with the pause that it wants", pauses)
story.ok(any(" - " not in line and '"' in line for line in (ask_by_hand("good"), peers["good"].log())[1][1:]), "an unchanged list is asked for by its mark", peers["good"].log())

# ---- when they are right again
for one in [*BAD, "changed"]:
    peers[one].mood("")
with open(f"{home.path}/feeds/expired.feed", encoding="ascii") as f:
    text = f.read()
with open(f"{home.path}/feeds/expired.feed", "w", encoding="ascii") as f:
    f.write(text.replace(peers["expired"].url, peers["good"].url.replace("good.csv", "expired.csv")).replace(f"ca = {story.tmp}/ca/old\n", ""))
os.rename(f"{peers['expired'].at}/served/expired.csv", f"{peers['good'].at}/served/expired.csv")
for one in [*BAD, "changed"]:
    ran = ask_by_hand(one)
    if ran.status != 0:
        story.ok(False, f"{one} is right again", ran)
held = json.loads(home.must("batch", "list", "--state", "held", "--json").out)
look()
story.ok(until(lambda: set(there()) == {("batch-held", "")}), "when they are right again what was held waits for an officer alone", there())
home.must("batch", "discard", str(held["batch"]), "--reason", "a page", "--yes")
look()
story.ok(until(lambda: there() == {}) and home.run("status").status == 0, "and then no trouble is left", there(), home.run("status"))
story.ok(all(len(rows) == 1 and rows[0]["cleared"] for rows in there("--all").values()), "each was one, from when it began to when it was over", there("--all"))
story.ok(len(home.found()) == len(peers) - 1, "and nothing of what they have is lost", home.found())
home.stop()

# ---- when nobody can be reached
alone = Node(story, "alone")
for i in range(6):
    alone.feed(f"f{i}", fetch="\n".join([peers["good"].url.replace(peers["good"].port, "1"), "private = yes", "every = 1 hour"]))
    alone.must("feed", "enable", f"f{i}")
    alone.run("feed", "fetch", f"f{i}")
needs = [n for n in alone.status()["needs"] if "not running" not in n["says"]]
story.ok(len(needs) == 1 and "6 of 6 feeds could not be fetched: is the network there?" in needs[0]["says"] and "no connection" in needs[0]["says"],
         "where nobody can be reached it is one trouble", needs)
story.end()
