"""What crash.sh plays: strace kills waker just before a system call that changes a file, each in turn, or makes such a
call fail; then the command is run again, and the outcome compared with that of a run that nothing befell."""
import json
import os
import re
import shutil
import sys

from play import EXAMPLES, SOAK, WAKER, Ran, Story, copy, differs, is_sound, kept, must, new_home

story = Story("crash")
# What commits comes first; then what changes a file; then, in script/soak, what else may come between.
COMMITS = ("fsync", "fdatasync", "rename", "renameat", "renameat2", "unlink", "unlinkat")
CHANGES = ("pwrite64", "write", "ftruncate", "mkdir", "mkdirat", "fchmod")
MORE = ("openat", "pread64", "read", "close", "fcntl", "flock", "fchown", "newfstatat", "wait4", "clone", "pipe2", "mmap",
        "getdents64", "access", "faccessat2", "lseek", "munmap", "getrandom")


def calls(home, *words):
    """How often one run makes each call (of itself, not of its child)."""
    log = f"{story.tmp}/calls"
    must("-C", home, *words, before=["strace", "-qq", "-o", log])
    count = {}
    with open(log, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            name = re.match(r"(\w+)\(", line)
            if name:
                count[name[1]] = count.get(name[1], 0) + 1
    return count


def points(count, most):
    """(call, which): all of them, or, where that is too much, those that commit and some of the rest, spread evenly."""
    first = [(n, i) for n in COMMITS for i in range(1, count.get(n, 0) + 1)]
    rest = [(n, i) for n in CHANGES + (MORE if SOAK else ()) for i in range(1, count.get(n, 0) + 1)]
    if SOAK:
        return first + rest
    step = -(-len(rest) // max(1, most - len(first)))
    return first + rest[::max(1, step)]


def inject(name, which, what):
    return ["strace", "-qq", "-o", "/dev/null", "-e", f"trace={name}", "-e", f"inject={name}:{what}:when={which}"]


def scene(sentence, base, words, state, between=None, most=30):
    """Kill `words` everywhere. state(home): what must come out; between(home, clean): why
    what is seen before is wrong."""
    clean = copy(base, f"{story.tmp}/clean")
    count = calls(clean, *words)
    want, wrong, killed = state(clean), [], 0
    for name, which in points(count, most):
        home = copy(base, f"{story.tmp}/home")
        ran = Ran("-C", home, *words, before=inject(name, which, "signal=SIGKILL"))
        killed += ran.status == -9
        torn = between(home, want) if between else ""
        again = Ran("-C", home, *words)
        bad = torn or (again.status and str(again)) or differs(state(home), want) or ("" if is_sound(home) else "not sound")
        if bad:
            wrong.append(f"{name} {which}: {bad}")
    tells = want.get("finding", True) and want.get("roster", True)  # else nothing was compared with nothing
    story.ok(not wrong and killed >= 15 and tells, f"{sentence}, killed {killed} times", killed, *wrong[:8])


def findings(home):
    """As a person sees them: without the ids, which are drawn."""
    ran = must("-C", home, "finding", "list", "--json")
    found = [json.loads(line) for line in ran.out.splitlines()]
    for one in found:
        del one["id"]
    return sorted(found, key=lambda f: (f["member"], f["issue"], f["seen"]))


def outcome(home):
    """All of it: what is listed, what is stored, what lies in the archive and still waits."""
    waits = sorted(f for _, _, files in os.walk(f"{home}/inbox") for f in files)
    return {**kept(home), "listed": findings(home), "waits": waits}


def all_or_nothing(home, want):
    """Before the second run: findings of a batch are there as a whole, or none is."""
    before = want["before"] if "before" in want else []
    now = findings(home)
    return "" if now in (want["listed"], before) else f"half a batch: {len(now)} findings"


def roster(home):
    return {"roster": must("-C", home, "member", "export", "--as", "json").out}


def drop(home, feed, *names):
    os.makedirs(f"{home}/inbox/{feed}", exist_ok=True)
    for name in names:
        shutil.copy(f"{EXAMPLES}/{name}", f"{home}/inbox/{feed}")


def play_feed(base):
    """One batch from the inbox: new findings, and (the same feed a day later) old ones seen again."""
    home = copy(base, f"{story.tmp}/first")
    drop(home, "shadowserver", "2026-03-02-scan_rdp-example.csv")
    scene("feed run from the inbox", home, ["feed", "run"], outcome, all_or_nothing)
    must("-C", home, "feed", "run")
    drop(home, "generic-iplist", "list.txt")
    drop(home, "microsoft-ctip", "ctip.jsonl")
    if SOAK:
        scene("feed run of two feeds on findings of a third", home, ["feed", "run"], outcome)


def play_roster(base):
    """From one roster to another."""
    given = json.loads(must("-C", base, "member", "export", "--as", "json").out)
    text = json.dumps(given)
    for old, new in (("198.51.100.", "198.18.7."), ("ggz-polder", "ggz-dijk")):
        text = text.replace(old, new)
    with open(f"{story.tmp}/other.json", "w", encoding="utf-8") as out:
        out.write(text)
    old = roster(base)
    scene("member import", base, ["member", "import", f"{story.tmp}/other.json", "--yes"], roster,
          lambda home, want: "" if roster(home) in (old, want) else "half a roster", 16)


def play_init():
    """A home that was half made is made whole by the same command, and never taken for one before."""
    wrong, killed = [], 0
    log = f"{story.tmp}/calls"
    must("init", "--example", f"{story.tmp}/clean-init", before=["strace", "-qq", "-o", log])
    with open(log, encoding="utf-8", errors="replace") as lines:
        made = re.findall(r"^(\w+)\(", lines.read(), re.M)
    all_of = points({name: made.count(name) for name in set(made)}, 16)
    for name, which in all_of:
        home = f"{story.tmp}/init"
        shutil.rmtree(home, ignore_errors=True)
        ran = Ran("init", "--example", home, before=inject(name, which, "signal=SIGKILL"))
        killed += ran.status == -9
        whole = os.path.exists(f"{home}/waker.conf")
        seen = Ran("-C", home, "member", "list")
        again = Ran("init", "--example", home) if not whole else seen
        after = Ran("-C", home, "member", "list")
        if (seen.status == 0) != whole or again.status or after.status or not is_sound(home):
            wrong.append(f"{name} {which}: {seen} {again} {after}")
    story.ok(not wrong and killed >= 10, f"init, killed {killed} times", killed, *wrong[:6])


def main():
    base = new_home(f"{story.tmp}/base")
    play_feed(base)
    play_roster(base)
    play_init()


try:
    main()
finally:
    story.end()
