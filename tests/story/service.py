import fcntl
import json
import os
import random
import signal
import socket
import subprocess
import time
from datetime import datetime, timedelta, timezone

from play import Story, is_sound, rows
from service_home import ROLES, WAIT, Node, alive, until

URL = os.environ.pop("WAKER_TEST_POSTGRES", "")
KILLS, SEED = int(os.environ.get("KILLS", "10")), int(os.environ.get("SEED", "5"))
story = Story("service")
HEAD = "when,ip,name,how,port,transport,what\n"
TODAY = datetime.now(timezone.utc).replace(microsecond=0)


def batch(chance, count, what="rdp"):
    """Records of the last hours, some of them members'."""
    lines = []
    for _ in range(count):
        when = TODAY - timedelta(seconds=chance.randrange(40 * 3600))
        ip = f"198.18.{chance.randrange(1, 9)}.{chance.randrange(256)}"
        lines.append(f"{when:%Y-%m-%d %H:%M:%S},{ip},,,{chance.choice([443, 3389])},tcp,{what}\n")
    return HEAD + "".join(lines)


def walls(n):
    """{role: (which walls it says stand, what the kernel says of its calls)}; Landlock is not in every kernel."""
    said = {line["role"]: line["walls"] for line in n.says() if "walls" in line}
    there = {}
    for role, pid in n.roles().items():
        with open(f"/proc/{pid}/status", encoding="ascii") as f:
            there[role] = (said.get(role), next(line.split()[1] for line in f if line.startswith("Seccomp:")))
    return there


def daily():
    """As an operator sees it on the first day."""
    n = Node(story, "daily")
    n.feed("lab")
    story.ok(n.run("status").status == 7 and "not running" in n.run("status").out, "before it runs, status says that it does not, and exits with 7")
    n.start()
    story.ok(n.up() and n.run("status").status == 0, "it runs, and needs nobody", n.run("status"))
    story.ok(all(w in (("files, calls", "2"), ("calls", "2")) for w in walls(n).values()), "its roles are walled in", walls(n))
    n.drop("lab", "one.csv", HEAD + f"{TODAY},198.18.1.7,,,3389,tcp,rdp\n{TODAY},203.0.113.9,,,3389,tcp,rdp\n")
    story.ok(n.done() and [f[:3] for f in n.found()] == [("m1", "198.18.1.7 tcp/3389", "exposed.rdp")], "a file renamed into the inbox is found", n.found())
    story.ok(until(lambda: not os.path.exists(f"{n.path}/inbox/lab/one.csv")), "and is gone when that is committed")
    job = n.jobs("--all", "--kind", "drop")[0]
    story.ok((job["state"], job["result"]) == ("done", "records: 3, hits: 1, new: 1"), "its job says what came of it", job)
    ran = n.run("run")
    story.ok(ran.is_sentence(75, "another `waker run` has this home"), "a second one in the same home says so, and ends", ran)
    ran = n.run("feed", "run", "lab")
    story.ok(ran.status == 75, "so does `feed run` of the inbox, which is the service's", ran)
    return n


def logged():
    """What it does is said, and nothing of whom it is about."""
    n = Node(story, "logged")
    n.feed("lab")
    n.start()
    n.up()
    n.drop("lab", "2026-Second-198.18.2.0.csv", HEAD + f"{TODAY},198.18.2.77,www.second.example,,3389,tcp,rdp\n{TODAY},198.18.1.7,,,3389,tcp,rdp\n")
    story.ok(until(lambda: any(s.get("result") == "records: 3, hits: 2, new: 2" and s.get("key") == "lab" for s in n.says())), "what it does is said in its log", n.says()[-2:])
    n.child.send_signal(signal.SIGHUP)
    until(lambda: any("taken over" in s["says"] for s in n.says()))
    n.stop()
    said = [s for s in n.says() if s["level"] == "info"]
    told = [s for s in said for word in ("m1", "m2", "First", "Second", "198.18.", "second.example", "3389") if word in json.dumps({k: v for k, v in s.items() if k not in ("at", "node")})]
    story.ok(len(said) > 10 and not told, "where nothing that is a member's stands, not even what a file is called", told)
    with open(n.log, encoding="utf-8") as log:
        story.ok(all(set(json.loads(line)) >= {"at", "level", "role", "node", "says"} for line in log), "each line is an object")


def conditions(n):
    """What needs a person is a condition from when it began to when it is over."""
    def there(*words):
        return {c["kind"]: c for c in map(json.loads, n.must("condition", "list", "--json", *words).out.splitlines())}

    def look():
        os.kill(n.roles()["clock"], signal.SIGHUP)

    look()
    story.ok(until(lambda: set(there()) == {"job-parked", "batch-held"}), "what waits for a person is a condition", there())
    number = str(there()["batch-held"]["condition"])
    ran = n.run("condition", "acknowledge", number, "--reason", "looking", "--by", "a.b")
    story.ok(ran.status == 0 and there()["batch-held"]["who"] == "a.b", "which somebody takes up", ran)
    story.ok(n.run("condition", "acknowledge", number).is_sentence(75, "taken up already, by a.b"), "once")
    with open(f"{n.path}/feeds/wrong.feed", "w", encoding="ascii") as out:
        out.write("[feed]\nnme = wrong\n")
    look()
    story.ok(until(lambda: there().get("feed-wrong", {}).get("subject") == "wrong") and "nme" in there()["feed-wrong"]["says"], "a feed file that is wrong is one", there())
    look()
    story.ok(until(lambda: there()["feed-wrong"]["seen"] > there()["feed-wrong"]["opened"]) and len(n.must("condition", "list", "--all", "--json").out.splitlines()) == 3,
             "that is there still, and no other", there("--all"))
    os.unlink(f"{n.path}/feeds/wrong.feed")
    look()
    story.ok(until(lambda: "feed-wrong" not in there()) and there("--all")["feed-wrong"]["cleared"], "and is over when that is put right", there("--all"))


def bad_files(n):
    """What cannot be read waits for a person, and stands in nobody's way."""
    n.drop("lab", "page.csv", "<html><body>down</body></html>\n")
    os.mkdir(f"{n.path}/inbox/nobody")
    n.drop("nobody", "x.csv", "x\n")
    n.drop("lab", ".hidden", "x\n")
    n.drop("lab", "two.csv", HEAD + f"{TODAY},198.18.2.7,,,3389,tcp,rdp\n")
    story.ok(until(lambda: len(n.found()) == 2 and len(n.jobs("--state", "parked")) == 2), "the others are read", n.found(), n.jobs())
    with open(f"{n.path}/inbox/stray.txt", "w", encoding="ascii") as out:
        out.write("x\n")
    os.symlink("/etc/passwd", f"{n.path}/inbox/lab/link.csv")
    n.drop("lab", "three.csv", HEAD + f"{TODAY},198.18.2.8,,,3389,tcp,rdp\n")
    story.ok(until(lambda: len(n.found()) == 3 and len(n.jobs("--state", "parked")) == 3), "a file beside the folders stands in nobody's way", n.found(), n.jobs())
    link = [j for j in n.jobs("--state", "parked") if "link.csv" in j["key"]]
    story.ok(len(link) == 1 and "is a link: move the file itself" in link[0]["error"] and not [b for b in rows(n.path, "batch") if "link.csv" in b],
             "a link is parked, and nothing is read by it", link)
    ran = n.run("status")
    story.ok(ran.status == 7 and "the inbox has 1 that is no feed's folder" in ran.out and "stray.txt" in ran.out, "and status tells of both", ran)
    os.remove(f"{n.path}/inbox/stray.txt")
    n.must("job", "cancel", str(link[0]["job"]))
    os.remove(f"{n.path}/inbox/lab/link.csv")
    parked = {j["key"].split("/")[0]: j for j in n.jobs("--state", "parked")}
    story.ok(parked["lab"]["error_kind"] == "input" and "nobody" in parked["nobody"]["error"], "what cannot be read is parked, with the reason", parked)
    ran = n.run("status")
    story.ok(ran.status == 7 and "1 job is parked: waker job list --state parked" in ran.out and "1 batch is held" in ran.out, "status sends a person there", ran)
    conditions(n)
    story.ok(n.run("job", "retry", str(parked["lab"]["job"])).status == 0 and
             until(lambda: len(n.jobs("--state", "parked")) == 2), "tried again it is parked again", n.jobs())
    ran = n.run("job", "cancel", *(str(j["job"]) for j in parked.values()))
    story.ok(ran.status == 0 and n.jobs("--state", "parked") == [], "a person can give them up", ran)
    os.kill(n.roles()["clock"], signal.SIGHUP)
    time.sleep(0.5)
    story.ok(n.jobs("--state", "parked") == [] and os.path.exists(f"{n.path}/inbox/lab/page.csv"), "then they stay where they are, and are no work any more", n.jobs())
    story.ok(n.run("job", "cancel", "999").is_sentence(66, "there is no job 999"), "a wrong number is a sentence")
    n.drop("lab", "page.csv", HEAD + f"{TODAY},198.18.2.8,,,3389,tcp,rdp\n")
    story.ok(until(lambda: len(n.found()) == 3), "another file of that name is other work", n.found())
    os.unlink(f"{n.path}/inbox/nobody/x.csv")
    with open(f"{n.path}/inbox/lab/slow.csv", "w", encoding="ascii") as out:
        out.write(HEAD + f"{TODAY},198.18.2.9,,,3389,tcp,rdp\n")
        out.flush()
        time.sleep(0.3)
        n.drop("lab", "meanwhile.csv", HEAD + f"{TODAY},198.18.2.10,,,3389,tcp,rdp\n")
        until(lambda: len(n.found()) == 4)
        story.ok(n.run("job", "list", "--all").out.count("slow.csv") == 0, "a file that is being written is let alone", n.jobs("--all"))
        out.write(f"{TODAY},198.18.2.11,,,3389,tcp,rdp\n")
    story.ok(until(lambda: len(n.found()) == 6) and len([j for j in n.jobs("--all") if "slow.csv" in j["key"]]) == 1, "until it is whole", n.jobs("--all"))


def configured(n):
    conf = f"{n.path}/waker.conf"
    with open(conf, encoding="utf-8") as f:
        good = f.read()
    before = n.roles()
    with open(conf, "w", encoding="utf-8") as f:
        f.write(good.replace("jobs = 1", "jobs = many"))
    n.child.send_signal(signal.SIGHUP)
    story.ok(until(lambda: any("the last one stays" in s["says"] and "jobs" in s["error"] for s in n.says())) and n.roles() == before,
             "a configuration that is wrong changes nothing, and is told", n.says()[-2:])
    ran = n.run("config", "check")
    story.ok(ran.is_sentence(78, "jobs is 1 to 64"), "`config check` says so beforehand", ran)
    ran = n.run("status")
    story.ok(ran.status == 7 and "the last one that was right is in force: waker config check" in ran.out, "`status` works by the last good one, and says so", ran)
    n.kill("watch")
    story.ok(until(lambda: len(n.roles()) == len(ROLES) and n.roles() != before), "and who dies now starts by the last good one", n.says()[-2:])
    def jobs():
        return next(s for s in map(json.loads, n.must("config", "show", "--json").out.splitlines()) if s["setting"] == "watch.jobs")

    with open(conf, "w", encoding="utf-8") as f:
        f.write(good.replace("jobs = 1", "jobs = 2"))
    story.ok((jobs()["value"], jobs()["service"], jobs()["in_force"]) == ("2", "waits for a reload", "1"), "`config show` says what waits for a reload", jobs())
    before = n.roles()
    n.child.send_signal(signal.SIGHUP)
    story.ok(until(lambda: len(n.roles()) == len(ROLES) and not set(n.roles().values()) & set(before.values())), "one that is right is taken over by all", n.roles())
    story.ok(until(lambda: n.status()["running"]) and all(r["restarts"] == (r["role"] == "watch") for r in n.status()["roles"]), "which is no death", n.status())
    story.ok(jobs()["service"] == "in force", "and what is in force", jobs())


def ended(n):
    chance = random.Random(SEED)
    below = list(n.roles().values())
    n.drop("lab", "many.csv", batch(chance, 4000))
    story.ok(until(lambda: n.jobs("--state", "parked")) and "held" in n.jobs()[0]["error"], "a file with many more records than usual is held", n.jobs())
    held = [json.loads(line) for line in n.must("batch", "list", "--state", "held", "--json").out.splitlines()]
    ran = n.run("batch", "release", str(held[0]["batch"]))
    story.ok(ran.status == 0 and "`waker run` reads it now" in ran.err and until(lambda: len(n.found()) > 100), "and read as soon as a person lets it go", ran)
    n.feed("other")
    n.drop("other", "big.csv", batch(chance, 200000))
    time.sleep(0.2)
    seconds = n.stop()
    story.ok(n.child.returncode == 0 and seconds < 10 and not any(map(alive, below)), "told to stop it ends within ten seconds, and all of it", seconds, n.says()[-3:])
    story.ok(n.status()["roles"] == [], "and says so", n.status())
    n.start()
    story.ok(n.done() and len(n.found()) > 700, "what was at hand is done by the next", len(n.found()), n.jobs("--all")[:3], n.says()[-6:])
    below = list(n.roles().values())
    n.child.kill()
    n.child.wait()
    story.ok(len(below) == len(ROLES) and until(lambda: not any(map(alive, below))), "where the supervisor is killed the roles end by themselves", below)
    story.ok(is_sound(n.path), "the store is sound")


def told_to_systemd():
    """What systemd hears of it, in the protocol of sd_notify(3)."""
    n, heard = Node(story, "systemd"), []
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(f"{story.tmp}/notify")
        ear.setblocking(False)

        def hears(text):
            try:
                while True:
                    heard.extend(ear.recv(4096).decode().split("\n"))
            except BlockingIOError:
                return text in heard

        n.start(NOTIFY_SOCKET=f"{story.tmp}/notify", WATCHDOG_USEC="400000")
        story.ok(until(lambda: hears("READY=1")) and n.up(), "it says that it is ready", heard)
        story.ok(until(lambda: hears("WATCHDOG=1") and heard.count("WATCHDOG=1") > 3, 10), "and that it lives, as often as is wanted", heard)
        n.child.send_signal(signal.SIGHUP)
        story.ok(until(lambda: hears("RELOADING=1") and heard.index("RELOADING=1") < len(heard) - heard[::-1].index("READY=1") - 1), "that it reloads, and has", heard)
        n.stop()
        story.ok(hears("STOPPING=1"), "and that it stops", heard)


def flow(n, chance, kills):
    """Twenty files and four folders, while `kills` processes are killed; what is found at the end."""
    for i in range(4):
        os.makedirs(f"{story.tmp}/from{i}", exist_ok=True)
        with open(f"{story.tmp}/from{i}/all.csv", "w", encoding="ascii") as out:
            out.write(batch(random.Random(1000 + i), 3000, "exchange"))
        n.feed(f"folder{i}", fetch=f"folder:{story.tmp}/from{i}")
        n.must("feed", "enable", f"folder{i}")
    n.feed("lab")
    n.start()
    for i in range(20):
        n.drop("lab", f"{i:02d}.csv", batch(random.Random(i), 4000))
        for _ in range((kills * (i + 1)) // 20 - (kills * i) // 20):
            time.sleep(chance.random() * 0.4)
            role = chance.choice(["clock", "gather", "watch", "watch", "metrics", None])
            if n.kill(role) and role is None:
                n.start()
    good = n.up() and n.done(4 * WAIT, ("drop", "fetch"))
    read = [(b["feed"], b["state"]) for b in map(json.loads, n.must("batch", "list", "--json").out.splitlines())]
    good = good and not n.jobs("--state", "parked") and sorted(read) == sorted([("lab", "done")] * 20 + [(f"folder{i}", "done") for i in range(4)])
    story.ok(good, f"{n.path.rsplit('/', 1)[1]}: all is done in the end", *(() if good else (n.status(), *n.tale())))
    n.stop()
    return n.found()


def differ(n, got, clean):
    """What is other than it was without a kill, and all that could tell why; nothing where it is the same."""
    other = sorted(set(got) ^ set(clean))
    if got != clean:
        yield f"{len(got)} instead of {len(clean)}, and {len(other)} lines differ"
        yield from (f"{'without' if f in clean else 'with'} kills: {f}" for f in other[:8])
        yield from n.tale()


def killed(clean, store, name):
    n = Node(story, name, store)
    got = flow(n, random.Random(SEED), KILLS)
    story.ok(got == clean, f"{name}: after {KILLS} kills (seed {SEED}) all is found as if there had been none, and nothing twice", *differ(n, got, clean))
    story.ok(n.run("audit", "verify").status == 0, f"{name}: the audit is whole")


def counted():
    """Files that become jobs while somebody looks are in the queue all the time."""
    n, most, seen = Node(story, "counted"), 3000, []
    n.feed("lab")
    n.start()
    n.up()
    for role in "clock", "watch":
        os.kill(n.roles()[role], signal.SIGSTOP)
    for i in range(most):
        n.drop("lab", f"{i}.csv", HEAD)
    os.kill(n.roles()["clock"], signal.SIGCONT)
    while not (seen and seen[-1]["queue_since"]) and len(seen) < 2000:
        seen.append(n.status())
    seen = [s["queue"] for s in seen]
    story.ok(min(seen) >= most, "while files become jobs, status leaves none out", seen)
    n.kill()


def predecessor():
    """Who was killed may hold the inbox for a moment more, where the machine is busy: what cannot be read then is read later."""
    n = Node(story, "predecessor")
    n.feed("lab")
    held = os.open(f"{n.path}/inbox", os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    n.drop("lab", "one.csv", HEAD + f"{TODAY},198.18.1.7,,,3389,tcp,rdp\n")
    n.start()
    waits = until(lambda: n.unread("drop") and n.unread("drop")[0]["error"])
    os.close(held)
    story.ok("in another run's hands" in waits and n.status()["queue"] == 0 and n.found() == [], "what another holds is tried again later", waits, n.status())
    story.ok(n.done() and len(n.found()) == 1 and not os.listdir(f"{n.path}/inbox/lab"), "and then found", n.found(), *n.tale())
    n.stop()


def clocks():
    """Over both changes of Europe/Amsterdam, and a clock that is set by an hour, forth and back."""
    n = Node(story, "clocks")
    n.feed("lab")
    for i, moment in enumerate(["2026-03-29T00:59:58", "2026-03-29T02:00:00", "2026-10-25T00:59:58", "2026-10-25T02:00:10", "2026-10-25T01:00:12"]):
        n.start(moment + "Z")
        n.up()
        for k in range(3):
            n.drop("lab", f"{i}{k}.csv", HEAD + f"{moment.replace('T', ' ')},198.18.1.{10 * i + k},,,3389,tcp,rdp\n")
            time.sleep(1)
        good = until(lambda: not os.listdir(f"{n.path}/inbox/lab"), 20)
        story.ok(good and len(n.found()) == 3 * i + 3 and n.jobs("--state", "parked") == [], f"at {moment} all is read", n.found()[-4:], n.jobs("--all"))
        n.kill() if i == 3 else n.stop()
    times = {int(f[1].split()[0].split(".")[3]): f[5] for f in n.found()}
    story.ok(times[0] == "2026-03-29T00:59:58Z" and times[10] == "2026-03-29T02:00:00Z" and times[40] == "2026-10-25T01:00:12Z",
             "and each has the time that it had", times)


def restarted(clean):
    """The server dies under load, and comes back."""
    n = Node(story, "restarted", database("restarted"))
    n.feed("lab")
    n.start()
    n.up()
    server = Server(URL)
    for i in range(20):
        n.drop("lab", f"{i:02d}.csv", batch(random.Random(i), 4000))
        if i in (5, 12):
            server.crash()
            time.sleep(1.5)
            server.start()
        time.sleep(0.1)
    good = n.done(150)
    got = [f for f in n.found() if f[2] == "exposed.rdp"]
    story.ok(good and got == clean, "a server that dies twice under load loses nothing", n.status(), *differ(n, got, clean))
    story.ok(n.stop() < 10 and n.run("audit", "verify").status == 0, "and the service goes on by itself")
    server.stop()


class Server:
    """The PostgreSQL behind a URL: killed as by a power cut, and started again."""

    def __init__(self, url):
        self.dir = url.split("host=")[1].split("&")[0]
        with open(f"{self.dir}/data/postmaster.pid", encoding="ascii") as f:
            self.pid = int(f.readline())
        with open(f"/proc/{self.pid}/cmdline", "rb") as f:
            self.words = f.read().decode().split("\0")[:-1]
        self.child = None

    def crash(self):
        os.kill(self.pid, signal.SIGQUIT)
        if self.child:
            self.child.wait()
        until(lambda: not alive(self.pid))

    def start(self):
        who = os.stat(f"{self.dir}/data")
        self.child = subprocess.Popen(self.words, cwd=self.dir, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                      **({"user": who.st_uid, "group": who.st_gid, "extra_groups": []} if os.getuid() == 0 else {}))
        self.pid = self.child.pid
        until(lambda: subprocess.run(["psql", URL, "-qAtX", "-c", "SELECT 1"], capture_output=True, check=False).returncode == 0)

    def stop(self):
        if self.child:
            self.child.send_signal(signal.SIGINT)
            self.child.wait()


def full_disk(clean):
    """The disk of the home fills up while files come; when there is room again, all is done."""
    at = f"{story.tmp}/small"
    os.mkdir(at)
    if "WAKER_MOUNTS" not in os.environ:  # service.sh has a mount namespace of its own
        story.skip("a full disk", "needs to be root and a mount namespace of its own")
        return
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", at], check=True)
    try:
        n = Node(story, "small/home")
        n.feed("lab")
        n.start()
        n.up()
        with open(f"{at}/fill", "wb", buffering=0) as fill:  # nothing is left for the close to write
            try:
                while True:
                    fill.write(b"x" * 65536)
            except OSError:
                pass
        for i in range(20):
            try:
                n.drop("lab", f"{i:02d}.csv", batch(random.Random(i), 4000))
            except OSError:
                os.truncate(f"{at}/fill", max(0, os.path.getsize(f"{at}/fill") - 1200000))
                n.drop("lab", f"{i:02d}.csv", batch(random.Random(i), 4000))
            time.sleep(0.2)
        time.sleep(3)
        told = [s for s in n.says() if "make room" in s.get("error", "")]
        os.unlink(f"{at}/fill")
        good = n.done(150)
        got = [f for f in n.found() if f[2] == "exposed.rdp"]
        story.ok(told and good and got == clean, "a disk that was full is told, and loses nothing", told[:1], n.status(), *differ(n, got, clean))
        n.stop()
    finally:
        subprocess.run(["umount", "-l", at], check=False)


def database(name):
    subprocess.run(["psql", URL, "-qX", "-c", f"CREATE DATABASE {name}"], check=True)
    return URL.replace("/waker?", f"/{name}?")


def two_nodes(clean):
    a = Node(story, "node-a", database("two"))
    a.feed("lab")
    b = Node(story, "node-b", archive=a)
    a.start()
    b.start()
    story.ok(a.up() and until(lambda: len(a.status()["roles"]) == 2 * len(ROLES)), "two nodes share a server", a.status())
    for i in range(20):
        (a if i % 2 else b).drop("lab", f"{i:02d}.csv", batch(random.Random(i), 4000))
    time.sleep(0.5)
    a.kill()
    for f in os.listdir(f"{a.path}/inbox/lab"):  # its disk is another's now
        os.rename(f"{a.path}/inbox/lab/{f}", f"{b.path}/inbox/lab/{f}")
    mine = lambda: [j for j in b.jobs() if j["kind"] == "drop" and j["place"].endswith("node-b")]
    story.ok(until(lambda: not os.listdir(f"{b.path}/inbox/lab") and not mine(), 120), "one is killed, and the other does what is left", b.status(), b.jobs())
    a.start()
    story.ok(a.done(), "and the first finds, when it is back, that its files were taken away", a.jobs())
    a.stop()
    got = [f for f in b.found() if f[2] == "exposed.rdp"]
    story.ok(got == clean, "nothing is lost, and nothing twice", *differ(b, got, clean))
    b.stop()


def main():
    n = daily()
    logged()
    bad_files(n)
    configured(n)
    ended(n)
    told_to_systemd()
    clean = flow(Node(story, "clean"), random.Random(SEED), 0)
    dropped = [f for f in clean if f[2] == "exposed.rdp"]
    story.ok(len(dropped) > 500 and len(clean) - len(dropped) > 500, "there is something to be lost, of the inbox and of the folders", len(clean), len(dropped))
    killed(clean, None, "sqlite")
    counted()
    predecessor()
    clocks()
    full_disk(dropped)
    if not URL:
        story.skip("on a server", "there is no PostgreSQL")
        return
    killed(clean, database("killed"), "postgresql")
    two_nodes(dropped)
    restarted(dropped)


main()
story.end()
