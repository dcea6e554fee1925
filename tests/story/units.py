"""What units.sh plays: the units as systemd reads them, the system calls of a service at work, and the same service under a
filter that lets through what the unit does."""
import glob
import http.server
import os
import re
import shutil
import signal
import subprocess
import sys
import threading

from play import TREE, WAKER, Ran, Story
from service_home import STARTED, Node, until

story = Story("units")
UNITS = f"{TREE}/packaging/systemd"
BOUNDS = {"waker": 12, "waker-backup": 12, "waker-check": 15, "waker-retention": 12}  # tenths, as bench/RESULTS.md says
if not shutil.which("systemd-analyze") or not shutil.which("strace"):
    story.skip("units are good ones", "there is no systemd, or no strace")
    story.end()
    sys.exit()


def analyze(*words):
    return subprocess.run(["systemd-analyze", "--no-pager", *words], capture_output=True, text=True, check=False,
                          env={**os.environ, "SYSTEMD_UNIT_PATH": f"{placed}:"})


def read(name):
    """{setting: its values in order} of a unit with its drop-ins."""
    found = {}
    folders = [name] if name == "waker" else ["waker-", name]
    more = [path for folder in folders for path in glob.glob(f"{UNITS}/{folder}.service.d/*")]
    for path in [f"{UNITS}/{name}.service", *sorted(more, key=os.path.basename)]:
        for key, value in re.findall(r"^(\w+)=(.*)$", open(path, encoding="utf-8").read(), re.M):
            found.setdefault(key, []).append(value)
    return found


def expanded(words, sets):
    return {call for w in words for call in (expanded(sets[w], sets) if w.startswith("@") else {w})}


def allowed(name):
    """The system calls that a unit lets through, with sets as systemd here has them."""
    sets, at = {}, None
    for line in analyze("syscall-filter").stdout.splitlines():
        if re.match(r"(# )?@", line):
            at = sets.setdefault(line.split()[-1], [])
        elif at is not None and re.match(r" +[@\w]", line):
            at.append(line.strip())
    may = set()
    for line in read(name)["SystemCallFilter"]:
        calls = expanded(line.lstrip("~").split(), sets)
        may = may - calls if line.startswith("~") else may | calls
    return may | expanded(["@default"], sets)


def traced(name, words, env):
    """Starts something under strace."""
    return subprocess.Popen(["strace", "-f", "-qq", "-o", f"{story.tmp}/{name}.trace", *words], stdin=subprocess.DEVNULL,
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)


def calls_of(name):
    with open(f"{story.tmp}/{name}.trace", encoding="utf-8", errors="replace") as f:
        text = f.read()
    return text, set(re.findall(r"^\d+ +(\w+)\(", text, re.M))


def judge(unit, name, at_least):
    """What was traced is what the unit lets through."""
    text, calls = calls_of(name)
    story.ok(at_least <= calls, f"{unit}: the trace has what it must have", at_least - calls)
    over = calls - allowed(unit) - ({"fchown"} if os.geteuid() == 0 else set())  # SQLite gives root's files away
    story.ok(not over, f"{unit}: each of {len(calls)} system calls is in its list", over)
    families = set(re.findall(r"\bsocket\((AF_\w+)", text)) - {"AF_NETLINK"}  # libc asks it for addresses, and does without
    story.ok(families <= set(read(unit)["RestrictAddressFamilies"][0].split()), "and it opens no other sockets", families)
    story.ok(not re.search(r"\bm(map|protect)\([^)]*PROT_WRITE\|PROT_EXEC", text), "nor memory to write and run")


def serve(folder):
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

        def __init__(self, *words):
            super().__init__(*words, directory=folder)

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


HEAD = "when,ip,name,how,port,transport,what\n"


def numbers(calls):
    """As the kernel counts them here; those that it has not are left out."""
    made = subprocess.run(["cc", "-E", "-dM", "-include", "sys/syscall.h", "-x", "c", os.devnull], capture_output=True, text=True, check=True)
    known = dict(re.findall(r"#define __NR_(\w+) (\d+)$", made.stdout, re.M))
    return ",".join(known[c] for c in sorted(calls) if c in known)


def filtered(unit, words, env):
    """Starts something under the filter of a unit."""
    with open(f"{story.tmp}/{unit}.log", "wb") as log:
        return subprocess.Popen([sys.executable, f"{TREE}/tests/story/filtered.py", numbers(allowed(unit)), *words],
                                stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=env)


def at_work(name, how, start, port):
    """A service that fetches, reads what is dropped in a cage, takes over its configuration, and ends."""
    n = Node(story, name)
    n.feed("published", fetch=f"http://localhost:{port}/list.csv\nprivate = yes")
    n.feed("dropped")
    n.env["WAKER_NOW"] = n.now = "2026-03-02T12:00:00Z"
    n.must("feed", "enable", "published")
    begun = start([WAKER, "-C", n.path, "run"], n.env)
    STARTED.append(begun)
    story.ok(until(lambda: n.status()["running"]), f"the service runs {how}")
    n.drop("dropped", "list.csv", HEAD + "2026-03-02T10:00:00Z,198.18.2.9,,,3389,tcp,rdp\n")
    story.ok(until(lambda: len(n.found()) == 2), "it fetches and reads", n.found(), n.jobs("--all"))
    service = next((int(p) for p in os.listdir("/proc") if p.isdigit() and parent(p) == begun.pid and "strace" in begun.args), begun.pid)
    os.kill(service, signal.SIGHUP)
    story.ok(until(lambda: n.status()["running"]), "and goes on when it is reloaded")
    os.kill(service, signal.SIGTERM)
    story.ok(begun.wait(timeout=60) == 0, "and ends well", begun.returncode)
    return n


def day():
    os.mkdir(f"{story.tmp}/served")
    with open(f"{story.tmp}/served/list.csv", "w", encoding="ascii") as out:
        out.write(HEAD + "2026-03-02T10:00:00Z,198.18.1.7,,,3389,tcp,rdp\n")
    port = serve(f"{story.tmp}/served")
    at_work("under", "under the filter of its unit", lambda words, env: filtered("waker", words, env), port)
    n = at_work("traced", "under strace", lambda words, env: traced("run", words, env), port)
    n.env.pop("WAKER_NOW")  # of a clock that is set it does not ask
    traced("check", [WAKER, "-C", n.path, "check"], n.env).wait(timeout=60)
    trace_backup(n)
    trace_retention(n)
    judge("waker", "run", {"prctl", "landlock_restrict_self", "prlimit64", "socket", "connect", "execve"})
    judge("waker-check", "check", {"clock_adjtime"})
    more = allowed("waker-check") - allowed("waker")
    story.ok(more == {"clock_adjtime"}, "the check may ask for the state of the clock besides, and nothing more", more)


def trace_backup(n):
    """As its unit types it, but for the folder."""
    if Ran("backup", "--help").status != 0:
        story.skip("what waker-backup.service does", "this waker has no `waker backup`")
        return
    for i, words in enumerate(read("waker-backup")["ExecStart"]):
        line = words.replace("/usr/bin/waker", f"{WAKER} -C {n.path}").replace("/var/backups", story.tmp)
        status = traced(f"backup-{i}", line.split(), n.env).wait(timeout=60)
        story.ok(status == 0, f"{words} does well", status)
        judge("waker-backup", f"backup-{i}", {"openat"})


def trace_retention(n):
    words = read("waker-retention")["ExecStart"][0].replace("/usr/bin/waker", f"{WAKER} -C {n.path}").split()
    status = traced("retention", words, n.env).wait(timeout=60)
    story.ok(status == 0, "waker-retention.service does well", status)
    judge("waker-retention", "retention", {"openat"})


def parent(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as f:
            return int(f.read().rsplit(")", 1)[1].split()[1])
    except OSError:
        return 0


# The programs are where they were built: all else is as it is installed.
placed = f"{story.tmp}/system"
shutil.copytree(UNITS, placed, symlinks=True)
for path in glob.glob(f"{placed}/*.service"):
    with open(path, encoding="utf-8") as f:
        text = f.read()
    with open(path, "w", encoding="utf-8") as f:
        f.write(text.replace("/usr/bin/waker", WAKER))
ran = analyze("verify", "--man=no", *sorted(glob.glob(f"{placed}/*.service") + glob.glob(f"{placed}/*.timer")))
story.ok(ran.returncode == 0 and not ran.stderr + ran.stdout, "systemd finds nothing wrong with them", ran.stderr)
for unit, bound in BOUNDS.items():
    ran = analyze("security", "--offline=true", f"--threshold={bound}", f"{placed}/{unit}.service")
    story.ok(ran.returncode == 0 and "Overall exposure" in ran.stdout, f"{unit}.service is exposed by {bound} tenths at most", ran.stdout[-200:])
day()
story.end()
