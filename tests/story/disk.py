"""What disk.sh plays: a real small disk that runs full at every size, calls that strace lets fail, a limit on the size of
files, and stores that may not be written."""
import os
import subprocess
import sys

from play import EXAMPLES, SOAK, Ran, Story, copy, differs, is_sound, kept, must, new_home

story = Story("disk")
ROOT = os.getuid() == 0
NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if ROOT else []
FEED = ["feed", "run", "shadowserver", f"{EXAMPLES}/2026-03-02-scan_rdp-example.csv"]
# Those of SQLite may fail behind the commit, when the log is put away, and harm nothing.
FAILS = {"pwrite64": False, "fdatasync": False, "ftruncate": False, "fsync": True, "mkdirat": True, "renameat": True,
         "fchmod": True, "write": True}


def tells_full(ran):
    return ran.is_sentence(71, "make room")


def state(home, words):
    if words[0] == "feed":
        return kept(home)
    return {"roster": must("-C", home, "member", "export", "--as", "json").out}


def whole_or_not(home, words, before, want):
    """What is published after a failure: nothing of it, or (the failure came behind the commit) all."""
    now = state(home, words)
    if words[0] == "feed":
        return now["finding"] in (before["finding"], want["finding"]) and now["sighting"] in (
            before["sighting"], want["sighting"])
    return now in (before, want)


def failing_calls(base, sentence, words):
    """The n-th of a call fails, alone where that must be told, else with all that follow: a disk does not mend itself."""
    clean = copy(base, f"{story.tmp}/clean")
    before = state(clean, words)
    must("-C", clean, *words)
    want, wrong, failed = state(clean, words), [], 0
    for call, must_tell in FAILS.items():
        for error in ("ENOSPC", "EIO", "EROFS") if SOAK else ("ENOSPC",):
            for n in range(1, 200 if SOAK else 20, 1 if SOAK or call != "pwrite64" else 4):
                home, log = copy(base, f"{story.tmp}/home"), f"{story.tmp}/log"
                on = "" if must_tell else "+"
                ran = Ran("-C", home, *words, before=["strace", "-qq", "-o", log, "-e", f"trace={call}", "-e",
                                                      f"inject={call}:error={error}:when={n}{on}"])
                with open(log, encoding="utf-8", errors="replace") as lines:
                    injected = [line for line in lines if "(INJECTED)" in line]
                if not injected or "write(1" in injected[0] or "write(2" in injected[0]:
                    break
                good = (ran.status == 0 and not must_tell or
                        (tells_full(ran) if error == "ENOSPC" else ran.is_sentence(71)))
                good = good and whole_or_not(home, words, before, want)
                again = Ran("-C", home, *words)
                if not good or again.status or differs(state(home, words), want) or not is_sound(home):
                    wrong.append(f"{call} {n} {error}: {ran} then {again} {differs(state(home, words), want)}")
                failed += ran.status != 0
    story.ok(not wrong and failed >= 5 and (want.get("finding") or want.get("roster")), f"{sentence}: {failed} failing calls are sentences, and the next run heals", *wrong[:5])


def small_disk(base):
    """A file system in memory, private to us, with room for less than a run needs; then with more."""
    sentence = "a disk that is too small by any size is told as full, and with more room the same run goes through"
    if not ROOT or subprocess.run(["unshare", "-m", "true"], check=False, capture_output=True).returncode != 0:
        story.skip(sentence, "needs to be root and a mount namespace of its own")
        return
    at = f"{story.tmp}/mount"
    os.makedirs(at)
    again = subprocess.run(["unshare", "-m", sys.executable, __file__, sys.argv[1], base, at], check=False,
                           capture_output=True, text=True)
    wrong = [line for line in again.stdout.splitlines() if line.startswith("wrong ")]
    story.ok(again.returncode == 0 and "full 0" not in again.stdout and not wrong, sentence, again.stdout, again.stderr)


def inside(base, at):
    """The part of small_disk that runs in a mount namespace of its own."""
    clean = copy(base, f"{story.tmp}/clean")
    must("-C", clean, *FEED)
    want, full, room = kept(clean), 0, 400 << 10
    while True:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={room}", "none", at], check=True)
        home = f"{at}/home"
        fits = subprocess.run(["cp", "-r", base, home], check=False, capture_output=True).returncode == 0
        ran = Ran("-C", home, *FEED) if fits else None
        if ran and ran.status != 0:
            full += 1
            if not tells_full(ran):
                print(f"wrong {room}: {ran}")
        subprocess.run(["mount", "-o", f"remount,size={room + (4 << 20)}", at], check=True)
        if ran:
            again = Ran("-C", home, *FEED)
            if again.status or differs(kept(home), want) or not is_sound(home):
                print(f"wrong {room}: again {again} {differs(kept(home), want)}")
        subprocess.run(["umount", at], check=True)
        if ran and ran.status == 0:
            break
        room += 4096 if SOAK else 28 << 10
    print(f"full {full}")


def limited(base):
    """A limit on the size of files (ulimit -f) would kill a program that does not know of it."""
    wrong = []
    clean = copy(base, f"{story.tmp}/clean")
    must("-C", clean, *FEED)
    for blocks in 0, 8, 100, 300:
        home = copy(base, f"{story.tmp}/home")
        ran = Ran("-C", home, *FEED, before=["sh", "-c", f'ulimit -f {blocks}; exec "$@"', "sh"])
        again = Ran("-C", home, *FEED)
        if not (ran.status == 0 or tells_full(ran)) or again.status or differs(kept(home), kept(clean)):
            wrong.append(f"{blocks}: {ran} then {again}")
    story.ok(not wrong, "a limit on the size of files is told as such", *wrong)


def read_only(base):
    """Somebody who may read a home and not write in it can look, and is told why nothing more."""
    home = copy(base, f"{story.tmp}/home")
    must("-C", home, *FEED)
    listed = must("-C", home, "finding", "list", "--json").out
    os.chmod(story.tmp, 0o755)
    subprocess.run(["chmod", "-R", "a+rX,a-w", home], check=True)
    seen = Ran("-C", home, "finding", "list", "--json", before=NOBODY)
    story.ok(seen.status == 0 and seen.out == listed, "in a store that may not be written one can look", seen)
    with open(f"{story.tmp}/other.tsv", "w", encoding="ascii") as out:
        out.write("m1\tdomain\tcare.example\n")
    wants = {"feed run": ["feed", "run", "generic-iplist", f"{EXAMPLES}/list.txt"],
             "member import": ["member", "import", f"{story.tmp}/other.tsv", "--yes"],
             "member add": ["member", "add", "m1", "One"]}
    for name, words in wants.items():
        ran = Ran("-C", home, *words, before=NOBODY)
        story.ok(ran.is_sentence(71, "look at"), f"{name} in it is a sentence", ran)
    subprocess.run(["chmod", "-R", "u+w", home], check=True)
    clean = copy(home, f"{story.tmp}/clean")
    must("-C", clean, *wants["feed run"])
    healed = Ran("-C", home, *wants["feed run"])
    story.ok(healed.status == 0 and not differs(kept(home), kept(clean)), "and when it may be written again, all is well",
             healed)
    subprocess.run(["chmod", "a-w", f"{home}/archive"], check=True)
    ran = Ran("-C", home, *wants["feed run"], "--day", "2026-03-01", before=NOBODY)
    story.ok(ran.is_sentence(71, "look at"), "an archive that may not be written is a sentence", ran)


def main():
    base = new_home(f"{story.tmp}/base")
    failing_calls(base, "feed run", FEED)
    bare = f"{story.tmp}/bare"
    must("init", "--example", bare)
    failing_calls(bare, "member import", ["member", "import", f"{EXAMPLES}/roster.json", "--yes"])
    small_disk(base)
    limited(base)
    read_only(base)


if len(sys.argv) > 2:
    inside(*sys.argv[2:])
    subprocess.run(["rm", "-r", story.tmp], check=True)
else:
    try:
        main()
    finally:
        story.end()
