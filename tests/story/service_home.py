"""A home whose service runs, for service.sh: files dropped into it, its processes, and what it has found."""
import atexit
import json
import os
import shutil
import signal
import subprocess
import time

from play import WAKER, Ran, feed_file, must

os.environ.pop("WAKER_NOW")  # a service lives now
WAIT = 60  # seconds, for what takes one or two
ROLES = ("clock", "gather", "watch", "metrics", "keys", "mail", "hear", "page")


def until(true, seconds=WAIT):
    end = time.monotonic() + seconds
    while not (got := true()):
        if time.monotonic() > end:
            return got
        time.sleep(0.02)
    return got


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as f:
            return f.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def children(pid):
    """{name: pid} of what a process started."""
    found = {}
    for at in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{at}/stat", encoding="ascii") as f:
                name, rest = f.read().split("(", 1)[1].rsplit(")", 1)
        except OSError:
            continue
        if int(rest.split()[1]) == pid:
            found[name] = int(at)
    return found


STARTED = []


@atexit.register
def end_all():
    """Also where a story ends before its time: what it started is gone, and the roles end by themselves."""
    for child in STARTED:
        if child.poll() is None:
            child.kill()
            child.wait()


class Node:
    """A home of two members, with feeds that come as files; its service runs where start() was called."""

    def __init__(self, story, name, store=None, archive=None):
        self.path, self.child, self.log = f"{story.tmp}/{name}", None, f"{story.tmp}/{name.replace(chr(47), chr(45))}.log"
        self.env = {**os.environ, "WAKER_WARNINGLISTS": f"{story.tmp}/none", "WAKER_FEEDS": f"{story.tmp}/none"}
        self.story = story
        if archive is None:
            self.must("init", "--example", *(["--store", store] if store else []), self.path, of=False)
            with open(f"{story.tmp}/roster.csv", "w", encoding="ascii") as out:
                out.write("record,member,names,kind,value\nmember,m1,First,hospital,\nmember,m2,Second,hospital,\n"
                          "asset,m1,,prefix,198.18.1.0/24\nasset,m2,,prefix,198.18.2.0/24\n")
            self.must("member", "import", f"{story.tmp}/roster.csv", "--yes")
        else:  # another node of that one's store
            shutil.copytree(archive.path, self.path, ignore=lambda at, names: [n for n in names if n in ("run", "archive", "spool")])
            os.symlink(f"{archive.path}/archive", f"{self.path}/archive")
            os.mkdir(f"{self.path}/spool")

    def run(self, *words, of=True):
        clock = {"WAKER_NOW": self.now} if getattr(self, "now", None) else {}
        return Ran(*(["-C", self.path] if of else []), *words, **{"WAKER_WARNINGLISTS": self.env["WAKER_WARNINGLISTS"],
                                                                "WAKER_FEEDS": self.env["WAKER_FEEDS"], "USER": "officer", **clock})

    def must(self, *words, of=True):
        return must(*(["-C", self.path] if of else []), *words, WAKER_WARNINGLISTS=self.env["WAKER_WARNINGLISTS"],
                    WAKER_FEEDS=self.env["WAKER_FEEDS"], USER="officer")

    def feed(self, name, presence="stream", fetch=""):
        with open(f"{self.path}/feeds/{name}.feed", "w", encoding="ascii") as out:
            out.write(feed_file(name, presence, {"rdp": "exposed.rdp", "exchange": "vuln.exchange"}) + (f"[fetch]\nfrom = {fetch}\n" if fetch else ""))
        os.makedirs(f"{self.path}/inbox/{name}", exist_ok=True)

    def drop(self, feed, name, text):
        at = f"{self.path}/inbox/{feed}"
        with open(f"{at}/.{name}", "w", encoding="ascii") as out:
            out.write(text)
        os.rename(f"{at}/.{name}", f"{at}/{name}")

    # -- the service

    def start(self, now=None, **more):
        """`now`: the clock begins there, and goes on."""
        with open(self.log, "ab") as log:
            self.child = subprocess.Popen([WAKER, "-C", self.path, "run"], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                          env={**self.env, **more, **({"WAKER_NOW": now} if now else {})})
        STARTED.append(self.child)
        self.now = now
        return self

    def roles(self):
        return {n: p for n, p in children(self.child.pid).items() if n in ROLES}

    def up(self):
        return until(lambda: len(self.roles()) == len(ROLES) and self.status()["running"])

    def kill(self, role=None):
        """-9 for a role, or (None) for all of the tree at once; True: it was there."""
        if role:
            pid = self.roles().get(role)
            if pid:
                os.kill(pid, signal.SIGKILL)
            return bool(pid)
        below = self.roles()
        os.kill(self.child.pid, signal.SIGKILL)
        for pid in below.values():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.child.wait()
        return True

    def stop(self):
        """Seconds that it took to end."""
        begun = time.monotonic()
        if self.child and self.child.poll() is None:
            self.child.send_signal(signal.SIGTERM)
            try:
                self.child.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.kill()
        return time.monotonic() - begun

    def says(self):
        """What it said, line by line. The last line may still be in the writing: it is read when it has ended."""
        with open(self.log, encoding="utf-8", errors="replace") as log:
            return [json.loads(line) for line in log if line.startswith("{") and line.endswith("\n")]

    # -- what there is

    def status(self):
        ran = self.run("status", "--json")
        return json.loads(ran.out) if ran.out.startswith("{") else {"running": False, "queue": -1, "error": str(ran)}

    def unread(self, *kinds):
        """Jobs of these kinds that are not over. What failed is tried again later: it is not due, and in no queue meanwhile."""
        return [j for j in self.jobs() if j["kind"] in kinds and j["state"] != "parked" and (j["error"] or j["kind"] == "drop")]

    def done(self, seconds=WAIT, kinds=("drop",)):
        return until(lambda: self.status()["queue"] == 0 and not self.unread(*kinds), seconds)

    def tale(self):
        """What happened, a line each: batches and jobs in their order, with their moments; who died and what failed."""
        batches = map(json.loads, reversed(self.must("batch", "list", "--json").out.splitlines()))
        yield from (f"{b['arrived']} batch {b['batch']} {b['feed']}/{b['file']}: {b['state']}, records: {b['records']}, hits: {b['hits']} {b['reason']}" for b in batches)
        for j in reversed(self.jobs("--all")):
            yield f"{j['ended'] or j['due']} job {j['job']} {j['kind']} {j['key']}: {j['state']}, made {j['made']}, tries: {j['tries']} {j['error'] or j['result']}"
        yield from (f"{s['at']} {s['role']} {s['says']} {' '.join(s.get(k) or '' for k in ('key', 'which', 'how', 'error'))}"
                    for s in self.says() if s["level"] != "info" or s["says"] in ("begins", "ends"))
        yield f"the inbox: {[(at[len(self.path):], names) for at, _, names in os.walk(f'{self.path}/inbox') if names]}"
        if "WAKER_KEEP" in os.environ:
            yield f"kept: {shutil.copytree(self.path, os.path.join(os.environ['WAKER_KEEP'], os.path.basename(self.path)), symlinks=True)}"

    def jobs(self, *words):
        return [json.loads(line) for line in self.must("job", "list", "--json", *words).out.splitlines()]

    def found(self):
        """All findings, without what differs from run to run."""
        return sorted((f["member"], f["seen"], f["issue"], f["state"], f["sightings"], f["first_seen"], f["last_seen"])
                      for f in map(json.loads, self.must("finding", "list", "--all", "--json").out.splitlines()))
