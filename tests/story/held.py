"""What held.sh plays, with `waker feed run`."""
import gzip
import json
import os
import random
import subprocess
import threading

from play import EXAMPLES, Ran, Story, copy, differs, is_sound, kept, must, new_home, rows

story = Story("held")
REPORT = f"{EXAMPLES}/2026-03-02-scan_rdp-example.csv"
NAME = "2026-03-02-scan_rdp-x.csv"
HELD, DONE = 1, 2
NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.getuid() == 0 else []


def states(home):
    """(state, reason) of each batch."""
    return [(row[8], row[9]) for row in rows(home, "batch")]


def put(data):
    path = f"{story.tmp}/{NAME}"
    with open(path, "wb") as out:
        out.write(data)
    return path


def bad_bytes():
    """(what, bytes, what is said)"""
    with open(REPORT, "rb") as given:
        whole = given.read()
    head, *lines = whole.splitlines(keepends=True)
    noise = random.Random(4)
    packed = gzip.compress(b"".join([head, *[noise.choice(lines) for _ in range(20000)]]))
    zstd = subprocess.run(["zstd", "-q"], input=whole, stdout=subprocess.PIPE, check=True).stdout
    yield "UTF-16", whole.decode().encode("utf-16"), "is UTF-16"
    yield "a captive portal", b"<!DOCTYPE html><html><body>Log in</body></html>", "is a web page"
    yield "nothing", b"", "is empty"
    yield "another report", b'"a","b"\n"1","2"\n', 'record 1: the header has no column "ip"'
    yield "gzip cut off", packed[:-9], f"is cut off after {len(packed) - 9} bytes"
    yield "gzip cut off in the middle", packed[:len(packed) // 2], "is cut off after"
    yield "zstd cut off", zstd[:-9], f"is cut off after {len(zstd) - 9} bytes"
    yield "gzip with something behind it", packed + b"x" * 9, "is damaged"
    yield "a bomb", gzip.compress(head) + gzip.compress(bytes(1 << 20)) * 600, "as a bomb"
    yield "random bytes", noise.randbytes(10**6), 'has no column "ip"'


def bytes_that_are_bad(base):
    for what, data, says in bad_bytes():
        home = copy(base, f"{story.tmp}/home")
        before = kept(home)
        ran = Ran("-C", home, "feed", "run", "shadowserver", put(data))
        now = kept(home)
        held = [s for s in states(home) if s[0] == HELD]
        same = all(now[t] == before[t] for t in ("finding", "sighting", "evidence", "batch_junk"))
        good = ran.is_sentence(65, f"{NAME}: ", says) and same and len(held) == 1 and says in held[0][1]
        again = Ran("-C", home, "feed", "run", "shadowserver", f"{story.tmp}/{NAME}")
        twice = again.is_sentence(65, says) and len(states(home)) == len(now["batch"])
        story.ok(good and twice and is_sound(home), f"{what} is held, says why, and changes no finding", ran, states(home), again)


def no_file(base):
    """What is no file at all makes no batch."""
    home = copy(base, f"{story.tmp}/home")
    before = kept(home)
    os.mkfifo(f"{story.tmp}/pipe")
    for what, path, status, says in (("a folder", story.tmp, 65, "is a folder: name the files in it"),
                                     ("a file that is not there", f"{story.tmp}/none", 66, "No such file"),
                                     ("a pipe that nobody writes to", f"{story.tmp}/pipe", 65, "start its writer first"),
                                     ("a file that fails while it is read", "/proc/self/mem", 71, "cannot be read: Input/output error")):
        ran = Ran("-C", home, "feed", "run", "generic-iplist", path)
        story.ok(ran.is_sentence(status, os.path.basename(path), says) and "archive" not in ran.err and not differs(kept(home), before), f"{what} is a sentence, and no batch", ran)
    secret = f"{story.tmp}/secret"
    with open(secret, "w", encoding="ascii") as out:
        out.write("192.0.2.1\n")
    os.chmod(secret, 0)
    os.chmod(story.tmp, 0o755)
    if NOBODY:
        subprocess.run(["chown", "-R", "65534:65534", home], check=True)
    ran = Ran("-C", home, "feed", "run", "generic-iplist", secret, before=NOBODY)
    story.ok(ran.is_sentence(71, secret, "Permission denied"), "a file that may not be read is a sentence", ran)


def by_pipe(base):
    """Bytes that come once are in the archive before they are read."""
    plain, piped = copy(base, f"{story.tmp}/plain"), copy(base, f"{story.tmp}/piped")
    must("-C", plain, "feed", "run", "generic-iplist", f"{EXAMPLES}/list.txt")
    want = kept(plain)
    os.mkfifo(f"{story.tmp}/pipe2")
    feed = subprocess.Popen(["sh", "-c", f"sleep 0.2; cat '{EXAMPLES}/list.txt' >'{story.tmp}/pipe2'"])
    hold = os.open(f"{story.tmp}/pipe2", os.O_RDWR)
    threading.Timer(0.5, os.close, (hold,)).start()
    ran = Ran("-C", piped, "feed", "run", "generic-iplist", f"{story.tmp}/pipe2")
    feed.wait()
    got = kept(piped)
    for one in want, got:  # but the name of the file
        one["batch"] = [row[:11] + row[12:] for row in one["batch"]]
    story.ok(ran.status == 0 and not differs(got, want), "a named pipe is read to its end, once", ran, differs(got, want))


def others(base):
    """One bad file of three, named on the command line and in the inbox."""
    home = copy(base, f"{story.tmp}/home")
    bad = put(b"<html>\n")
    ran = Ran("-C", home, "feed", "run", "shadowserver", bad, REPORT, "--json")
    done = [json.loads(line) for line in ran.out.splitlines()]
    story.ok(ran.status == 3 and len(done) == 1 and done[0]["known"] is False and sorted(s for s, _ in states(home))[-2:] ==
             [HELD, DONE] and rows(home, "finding"), "one bad file of two: the other is done, status 3", ran, states(home))
    home = copy(base, f"{story.tmp}/home")
    os.makedirs(f"{home}/inbox/shadowserver")
    os.rename(bad, f"{home}/inbox/shadowserver/{NAME}")
    subprocess.run(["cp", REPORT, f"{home}/inbox/shadowserver"], check=True)
    ran = Ran("-C", home, "feed", "run")
    waits = os.listdir(f"{home}/inbox/shadowserver")
    story.ok(ran.status == 3 and waits == [NAME] and f"{NAME}: " in ran.err, "in the inbox the bad one stays to be looked at",
             ran, waits)


def nothing_readable(base):
    """A batch of nothing but junk is not done without a word."""
    home = copy(base, f"{story.tmp}/home")
    before = kept(home)
    names = {"junk.txt": "no address\nnor this\n", "list.txt": "192.0.2.5\n", "context.json": json.dumps(
        {"type": "bundle", "objects": [{"type": "malware", "id": "malware--1", "spec_version": "2.1", "name": "x", "is_family": False}]})}
    for name, text in names.items():
        with open(f"{story.tmp}/{name}", "w", encoding="ascii") as out:
            out.write(text)
    junk, good, none = f"{story.tmp}/junk.txt", f"{story.tmp}/list.txt", f"{story.tmp}/none.txt"
    ran = Ran("-C", home, "feed", "run", "generic-iplist", junk)
    held = [s for s in states(home) if s[0] == HELD]
    story.ok(ran.is_sentence(65, "none of its records could be read, 2 of them for: an address that cannot be read") and len(held) == 1 and
             kept(home)["finding"] == before["finding"], "a batch of which no record can be read is held, and says why", ran, held)
    os.makedirs(f"{home}/feeds", exist_ok=True)
    with open(f"{home}/feeds/generic-iplist.feed", "w", encoding="ascii") as out:  # the feed file put right
        out.write("[feed]\nname = generic-iplist\nprovider = x\nrole = victims\npresence = list\n[format]\nkind = lines\n"
                  "[columns]\nwhat = source.fqdn | compose \"terp.example\"\n[match]\nsource.fqdn = name\n[issue]\nlisted = always\n")
    ran = Ran("-C", home, "feed", "run", "generic-iplist", junk)
    story.ok(ran.status == 0 and [s for s, _ in states(home)] == [DONE], "and is done once the feed file is right", ran, states(home))
    os.remove(f"{home}/feeds/generic-iplist.feed")
    home = copy(base, f"{story.tmp}/home")
    ran = Ran("-C", home, "feed", "run", "generic-iplist", junk, good, none, "--json")
    errors = [json.loads(line) for line in ran.err.splitlines()]
    story.ok(ran.status == 3 and [x["status"] for x in errors] == [65, 66] and all(x["command"] == "feed run" for x in errors) and
             "none of its records" in errors[0]["message"], "--json: what failed beside others is told, a line of JSON each", ran)
    ran = Ran("-C", home, "feed", "run", "generic-iplist", junk, good, none, "--quiet")
    said = ran.err.splitlines()
    story.ok(ran.status == 3 and len(said) == 2 and all(x.startswith("waker feed run: ") for x in said), "--quiet: also", ran)
    ran = Ran("-C", home, "feed", "run", "stix", f"{story.tmp}/context.json", "--json")
    one = json.loads(ran.out) if ran.out else {}
    story.ok(ran.status == 7 and "nothing in it can be matched" in (one.get("warning") or ""),
             "what can be read, but has nothing to match, is done with a warning, status 7", ran)


def main():
    base = new_home(f"{story.tmp}/base")
    bytes_that_are_bad(base)
    no_file(base)
    by_pipe(base)
    others(base)
    nothing_readable(base)


try:
    main()
finally:
    story.end()
