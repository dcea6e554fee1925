"""What again.sh plays."""
import fcntl
import glob
import gzip
import json
import os
import shutil
import subprocess

from play import EXAMPLES, SOAK, WAKER, Ran, Story, copy, differs, is_sound, kept, must, new_home

story = Story("again")
SCANS = sorted(glob.glob(f"{EXAMPLES}/2026-03-02-*.csv"))
BATCHES = [("shadowserver", SCANS), ("microsoft-ctip", [f"{EXAMPLES}/ctip.jsonl"]),
           ("abuse-ch-urlhaus", [f"{EXAMPLES}/urlhaus.csv"]), ("generic-iplist", [f"{EXAMPLES}/list.txt"])]


def seen(home):
    """The findings without ids, how many batches are in which state, and the archive: what does not depend on who was first."""
    found = [json.loads(line) for line in must("-C", home, "finding", "list", "--json").out.splitlines()]
    for one in found:
        del one["id"]
    all_of = kept(home)
    return {"findings": sorted(map(str, found)), "batches": sorted(str(row[2:]) for row in all_of["batch"]),
            "sightings": len(all_of["sighting"]), "evidence": len(all_of["evidence"]), "archive": all_of["archive"]}


def known(ran):
    """All that it did it had done before."""
    lines = [json.loads(line) for line in ran.out.splitlines()]
    return ran.status == 0 and bool(lines) and all(line["known"] for line in lines)


def twice(base):
    home = copy(base, f"{story.tmp}/home")
    for feed, files in BATCHES:
        must("-C", home, "feed", "run", feed, *files)
    once = kept(home)
    ids = must("-C", home, "finding", "list", "--json").out
    runs = [Ran("-C", home, "feed", "run", feed, *files, "--json") for feed, files in BATCHES]
    story.ok(all(map(known, runs)) and once["finding"] and not differs(kept(home), once) and
             must("-C", home, "finding", "list", "--json").out == ids, "the same batches twice change nothing, ids too",
             differs(kept(home), once), *runs)
    other = f"{story.tmp}/2026-03-02-scan_rdp-again.csv"
    shutil.copy(f"{EXAMPLES}/2026-03-02-scan_rdp-example.csv", other)
    runs = [Ran("-C", home, "feed", "run", "shadowserver", other, "--json")]
    runs.append(Ran("-C", home, "feed", "run", "shadowserver", "--type", "scan_rdp", "/dev/stdin", "--json",
                    before=["sh", "-c", 'cat "$0" | "$@"', other]))
    os.makedirs(f"{home}/inbox/shadowserver")
    shutil.move(other, f"{home}/inbox/shadowserver")
    runs.append(Ran("-C", home, "feed", "run", "--json"))
    story.ok(all(map(known, runs)) and not differs(kept(home), once) and not os.listdir(f"{home}/inbox/shadowserver"),
             "the same bytes under another name, by a pipe, or from the inbox change nothing", differs(kept(home), once), *runs)


def packed(base):
    """A packed file has other bytes, so it is another batch; what it says was said before, so no finding changes."""
    home = copy(base, f"{story.tmp}/home")
    name = "2026-03-02-scan_rdp-example.csv"
    must("-C", home, "feed", "run", "shadowserver", f"{EXAMPLES}/{name}")
    before = seen(home)
    with open(f"{EXAMPLES}/{name}", "rb") as plain, open(f"{story.tmp}/{name}.gz", "wb") as out:
        out.write(gzip.compress(plain.read()))
    ran = Ran("-C", home, "feed", "run", "shadowserver", "--type", "scan_rdp", "--day", "2026-03-02",
              f"{story.tmp}/{name}.gz", "--json")
    after = seen(home)
    story.ok(ran.status == 0 and after["findings"] == before["findings"], "the same report packed changes no finding", ran,
             differs(after, before))


def start(home, feed, files):
    return subprocess.Popen([WAKER, "-C", home, "feed", "run", feed, *files], stdin=subprocess.DEVNULL,
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def at_once(base):
    """Every batch by several runs at the same time."""
    clean = copy(base, f"{story.tmp}/clean")
    for feed, files in BATCHES:
        must("-C", clean, "feed", "run", feed, *files)
    want, wrong = seen(clean), []
    for _ in range(50 if SOAK else 4):
        home = copy(base, f"{story.tmp}/home")
        runs = [start(home, feed, files) for _ in range(3) for feed, files in BATCHES]
        told = [(run.communicate(timeout=60)[1], run.returncode) for run in runs]
        wrong += [f"{status}: {err}" for err, status in told if status]
        if differs(seen(home), want) or not is_sound(home):
            wrong.append(differs(seen(home), want))
    story.ok(not wrong and want["findings"], f"{3 * len(BATCHES)} runs at once, three of each batch, come to one result", *wrong[:5])


def inbox(base):
    """An inbox is one run's: another would take its files from under it."""
    home = copy(base, f"{story.tmp}/home")
    os.makedirs(f"{home}/inbox/generic-iplist")
    shutil.copy(f"{EXAMPLES}/list.txt", f"{home}/inbox/generic-iplist")
    held = os.open(f"{home}/inbox", os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    ran = Ran("-C", home, "feed", "run")
    story.ok(ran.is_sentence(75, "another run") and os.listdir(f"{home}/inbox/generic-iplist") == ["list.txt"],
             "an inbox that another run has is left alone, and told so", ran)
    os.close(held)
    runs = [subprocess.Popen([WAKER, "-C", home, "feed", "run"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL) for _ in range(4)]
    ends = sorted(run.wait(60) for run in runs)
    story.ok(ends[0] == 0 and set(ends) <= {0, 75} and not os.listdir(f"{home}/inbox/generic-iplist") and
             [row[8] for row in kept(home)["batch"]] == [2], "of four runs at once one takes it, and it is done once", ends,
             kept(home)["batch"])


def main():
    base = new_home(f"{story.tmp}/base")
    twice(base)
    packed(base)
    at_once(base)
    inbox(base)


try:
    main()
finally:
    story.end()
