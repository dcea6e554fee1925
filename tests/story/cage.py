"""What cage.sh plays: a library under waker (captive.c) misbehaves in the caged child, in the middle of a batch."""
import json
import os
import subprocess
import sys

from play import EXAMPLES, TREE, Ran, Story, copy, differs, kept, must, new_home, rows

story = Story("cage")
SHIM = f"{story.tmp}/captive.so"
LOOT = f"{story.tmp}/loot"
KILLED = "the caged reader was killed: it asked for what it may not have"
CANNOT = "the reader of the batch said what cannot be"
# What the child does, what is said of it, and whether an uncaged one leaves loot.
DEEDS = [
    ("open", "opens a file", KILLED, True),
    ("socket", "opens a socket", KILLED, True),
    ("fork", "starts a process", KILLED, True),
    ("crash", "crashes", "the caged reader died of signal", False),
    ("leave", "ends too soon, as if all were well", CANNOT, False),
    ("fail", "ends with a status of its own", "the caged reader ended with status 3", False),
    ("noise", "writes noise", "", False),
    ("no-version", "says that it is another version", CANNOT, False),
    ("no-node", "tells of an asset that is not there", CANNOT, False),
    ("cut-short", "ends in the middle of a word", CANNOT, False),
    ("done-early", "says that it is done, and crashes", "the caged reader died of signal", False),
]


def feed_run(home, *files, **env):
    return Ran("-C", home, "feed", "run", "generic-iplist", *files, **env)


def play(base, clean, big):
    """Every deed, before the first record and after the first hits."""
    for deed, does, says, _ in DEEDS:
        for after, when in ("0", "before the first record"), ("2", "after half of the hits"):
            home = copy(base, f"{story.tmp}/home")
            ran = feed_run(home, big, LD_PRELOAD=SHIM, CAPTIVE=deed, CAPTIVE_AFTER=after, CAPTIVE_LOOT=LOOT)
            held = rows(home, "batch")
            at = {c: i for i, c in enumerate(("id", "feed", "type", "day", "sha256", "bytes", "records", "hits", "state",
                                              "reason"))}
            good = (ran.is_sentence(71, "list.txt: ", says) and not os.path.exists(LOOT) and not rows(home, "finding") and
                    not rows(home, "sighting") and not rows(home, "evidence") and len(held) == 1 and
                    held[0][at["state"]] == 1 and says in held[0][at["reason"]] and held[0][at["reason"]] != "")
            again = feed_run(home, big)
            heals = again.status == 0 and clean["finding"] and not differs(kept(home), clean)
            story.ok(good and heals, f"a reader that {does} {when} is the end of it, nothing is published, the next run heals",
                     ran, held, os.path.exists(LOOT), again, differs(kept(home), clean))


def play_free(base, big):
    """That the proof can fail: without the cage the same deeds leave their loot."""
    for deed, does, _, loot in DEEDS:
        if not loot:
            continue
        home = copy(base, f"{story.tmp}/home")
        feed_run(home, big, LD_PRELOAD=SHIM, CAPTIVE="free-" + deed, CAPTIVE_LOOT=LOOT)
        story.ok(os.path.exists(LOOT), f"(without a cage, one that {does} would have got away with it)")
        if os.path.exists(LOOT):
            os.unlink(LOOT)


def play_late(base, path):
    """The child dies when more findings than memory holds were written already, in a transaction."""
    with open(path, "w", encoding="ascii") as out:
        for i in range(200000):
            out.write(f"10.{1 + (i >> 16)}.{i >> 8 & 255}.{i & 255}\n")
    home = copy(base, f"{story.tmp}/home")
    ran = feed_run(home, path, LD_PRELOAD=SHIM, CAPTIVE="crash", CAPTIVE_AFTER="5")
    wrote = os.path.getsize(f"{home}/waker.db-wal") if os.path.exists(f"{home}/waker.db-wal") else 0
    story.ok(ran.is_sentence(71, "signal") and rows(home, "finding") == [] and len(rows(home, "batch")) == 1,
             "a reader that crashes when 131,072 findings were written takes them back", ran, wrote)
    ran = feed_run(home, path, "--jobs", "2", LD_PRELOAD=SHIM, CAPTIVE="crash", CAPTIVE_AFTER="2")
    story.ok(ran.is_sentence(71, "signal") and rows(home, "finding") == [] and len(rows(home, "batch")) == 1,
             "so does one of two readers", ran)


def play_match():
    """The filter says what its reader died of, too."""
    with open(f"{story.tmp}/members", "w", encoding="ascii") as out:
        out.write("org1\tipv4-prefix\t192.0.2.0/24\n")
    ran = Ran("match", "--members", f"{story.tmp}/members", "--feed", "generic-iplist", f"{EXAMPLES}/list.txt",
              LD_PRELOAD=SHIM, CAPTIVE="open", CAPTIVE_LOOT=LOOT)
    story.ok(ran.is_sentence(71, KILLED) and ran.out == "" and not os.path.exists(LOOT), "match prints nothing of it", ran)


def play_past(base):
    """Of five batches that one child reads it dies in the first, in the second before it told anything, in the second
    after half of its hits; then in the first or second of those that a new one reads, and so on."""
    home = copy(base, f"{story.tmp}/past")
    for k in range(5):
        with open(f"{story.tmp}/{k}.txt", "w", encoding="ascii") as out:
            out.write("".join(f"{'192.0.2' if i % 40 == 0 else '203.0.113'}.{(i + k) % 250}\n" for i in range(60000)))
        must("-C", home, "feed", "run", "generic-iplist", f"{story.tmp}/{k}.txt")
    with open(f"{story.tmp}/new.csv", "w", encoding="ascii") as out:
        out.write("record,member,names,kind,value,since,proven\nmember,new,New,hospital,,,\nasset,new,,prefix,192.0.2.0/24,2025-01-01,yes\n")

    def asked(**env):
        ran = Ran("-C", home, "match", "--archive", "--jobs", "1", "--members", f"{story.tmp}/new.csv", "--json", **env)
        got = [json.loads(line) for line in ran.out.splitlines()]
        hits = {}
        for m in got:
            if "record" in m:
                hits.setdefault(m["file"], []).append(m["record"])
        return hits, sum(m["batches"] for m in got if "left_out" in m), ran

    clean, left, ran = asked()
    order = sorted(clean, reverse=True)  # the newest first
    story.ok(order == ["4.txt", "3.txt", "2.txt", "1.txt", "0.txt"] and left == 0 and all(len(r) == 1500 for r in clean.values()),
             "five batches of the past are read", ran.err)
    for deed, does, says, _ in DEEDS:
        for after, when, read in (("0", "at once", []), ("1", "after half of each first one", []),
                                  ("2", "where the second begins", order), ("3", "after half of the second", order[::2])):
            hits, left, ran = asked(LD_PRELOAD=SHIM, CAPTIVE=deed, CAPTIVE_AFTER=after, CAPTIVE_LOOT=LOOT)
            story.ok(all(hits.get(f) == clean[f] for f in read) and left == 5 - len(read) and (not left or says in ran.out + ran.err) and not os.path.exists(LOOT),
                     f"of several batches, a reader that {does} {when} takes no other's word away", left, {f: len(r) for f, r in hits.items()}, ran.err)


def main():
    built = subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", SHIM, f"{TREE}/tests/story/captive.c"], check=False,
                           capture_output=True, text=True)
    if built.returncode != 0:
        print(f"Bail out! {built.stderr}")
        sys.exit(1)
    base, big, huge = f"{story.tmp}/base", f"{story.tmp}/list.txt", f"{story.tmp}/huge.txt"
    must("init", "--example", base)
    with open(f"{story.tmp}/roster.tsv", "w", encoding="ascii") as out:
        out.write("m1\tprefix\t10.0.0.0/24\nm2\tprefix\t10.1.0.0/16\nm2\tprefix\t10.2.0.0/16\nm2\tprefix\t10.3.0.0/16\n")
    must("-C", base, "member", "import", f"{story.tmp}/roster.tsv", "--yes")
    with open(big, "w", encoding="ascii") as out:
        for i in range(60000):
            out.write(f"10.0.0.{i % 50}\n")
    clean = copy(base, f"{story.tmp}/clean")
    must("-C", clean, "feed", "run", "generic-iplist", big)
    play(base, kept(clean), big)
    play_free(base, big)
    play_late(base, huge)
    play_match()
    play_past(base)


try:
    main()
finally:
    story.end()
