"""The inputs of bad_input.sh, for every format, plain, as gzip and as zstd: what each ends in, and what it may cost."""
import functools
import gzip
import multiprocessing
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time

WAKER = os.path.realpath(sys.argv[1])
os.environ["WAKER_FEEDS"] = os.path.join(os.path.dirname(os.path.realpath(__file__)), "../../feeds")
os.environ.pop("MALLOC_PERTURB_", None)  # of the test runner; megabytes would be filled for each run
SOAK = "WAKER_SOAK" in os.environ
# What a run may take. A record may have 16 MiB, and a zstd window 128 (os/zstd.h).
SECONDS, KIB, KIB_WINDOW = 60, 48 << 10, 192 << 10
HEADER = b'"timestamp","severity","ip","protocol","port","hostname","tag","asn"\n'
# For each feed: the options that name it, what stands before its records, a record with %s where something can match,
# a value that does, what is said of a value that cannot be read, and of a record of another shape.
FEEDS = {
    "shadowserver": (["--type", "scan_telnet"], HEADER,
                     b'"2026-01-01 00:00:00","high","%s","tcp","23","","telnet","64500"\n', b"192.0.2.7",
                     "an address that cannot be read", "more or fewer columns"),
    "generic-iplist": ([], b"", b"%s\n", b"192.0.2.7", "an address that cannot be read",
                       "an address that cannot be read"),
    "generic-hostlist": ([], b"", b"%s\n", b"www.member.example", "a name that cannot be read",
                         "a name that cannot be read"),
    "abuse-ch-urlhaus": ([], b"", b'"1","2026-01-01 00:00:00","http://%s/x","online","","malware","elf","u","r"\n',
                         b"192.0.2.7", "a URL whose host cannot be read", "more or fewer columns"),
    "microsoft-ctip": ([], b"", b'{"SourceIp":"%s","Malware":"x"}\n', b"192.0.2.7",
                       "an address that cannot be read", "not a record of this format"),
}
FORMS = "plain", "gzip", "zstd"
UTF16 = "is UTF-16; Waker reads UTF-8: convert it"
PAGE = "is a web page (HTML), not a feed"
tmp = tempfile.mkdtemp()
tests = 0


@functools.lru_cache(maxsize=64)
def pack(form, data):
    """As a member of gzip or a frame of zstd; several make one file."""
    if form == "zstd":
        return subprocess.run(["zstd", "-q1"], input=data, stdout=subprocess.PIPE, check=True).stdout
    return gzip.compress(data, 1) if form == "gzip" else data


def ok(good, sentence, *why):
    global tests
    tests += 1
    print(f"{'ok' if good else 'not ok'} {tests} - bad input: {sentence}", flush=True)
    if not good:
        for line in why:
            print(f"# {line}"[:600])


def measure(command, stdin):
    """Run it: status, KiB of its greatest process, seconds. Called in a small process, since a child's memory is
    counted from what its parent had when it began."""
    began = time.monotonic()
    with open(f"{tmp}/out", "wb") as out, open(f"{tmp}/err", "wb") as err:
        given = os.open(stdin, os.O_RDONLY)
        child = subprocess.Popen(command, stdin=given, stdout=out, stderr=err)
        os.close(given)
        timer = threading.Timer(SECONDS, child.kill)
        timer.start()
        _, status, used = os.wait4(child.pid, 0)
        timer.cancel()
    return os.waitstatus_to_exitcode(status), used.ru_maxrss, time.monotonic() - began


class Run:
    """One `waker match` over bytes or a path."""

    def __init__(self, feed, source, stdin="/dev/null", members="members", before=()):
        path = source
        if isinstance(source, bytes):
            path = f"{tmp}/in"
            with open(path, "wb") as out:
                out.write(source)
        command = [*before, WAKER, "match", "--members", f"{tmp}/{members}", "--feed", feed, *FEEDS[feed][0], path]
        self.status, self.kib, self.seconds = runner.apply(measure, (command, stdin))
        with open(f"{tmp}/out", "rb") as out:
            self.hits = sum(1 for _ in out)
        with open(f"{tmp}/err", encoding="utf-8", errors="replace") as err:
            self.said = err.read()

    def ends(self, status, hits, *says, kib=KIB):
        """In what it should: an error is one line that names the program; nothing is said of input that is well."""
        one = status == 0 or self.said.startswith("waker match: ") and self.said.count("\n") == 1
        return (self.status == status and self.hits == hits and one and bool(says) == bool(self.said) and
                all(s in self.said for s in says) and self.kib <= kib and self.seconds < SECONDS)

    def why(self):
        return (f"status {self.status}, {self.hits} hits, {self.kib} KiB, {self.seconds:.1f} s",
                *self.said.splitlines()[:6])


def case(sentence, feed, source, status, hits, *says, kib=KIB, **how):
    run = Run(feed, source, **how)
    ok(run.ends(status, hits, *says, kib=kib), f"{feed}: {sentence}", *run.why())


def all_forms(feed):
    """Each kind of bad bytes between two records that hit: what stands around is read."""
    _, header, record, value, unread, misshapen = FEEDS[feed]
    hit = record % value
    first = f"record {header.count(b'%c' % 10) + 2}"
    listed = misshapen == unread  # a line is one value, so that any other is a bad one

    def around(middle):
        return header + hit, middle, hit

    lacks = b"".join(around(b"")).replace(b'"ip"', b'"address"').replace(b"SourceIp", b"src")
    lack = {"shadowserver": (65, 0, 'record 1: the header has no column "ip"'),
            "microsoft-ctip": (0, 0, "record 1 and 1 more: a record with none of the keys")}.get(feed)
    empty = (65, 0, "the input is empty: such a report has a header line") if header else (0, 0)
    deep = b"[" * 1000000 + b"\n" + b'{"a":' * 1000000 + b"\n"
    text = b"".join(around(b"")).decode()
    # (sentence, bytes, status, hits, what is said)
    yield "a field of a megabyte", around(record % (b"a" * 1000000)), 0, 2, *(
        [] if feed == "microsoft-ctip" else [f"{first}: {unread}"])
    yield "a million columns", around(b",".join([b"1"] * 1000000) + b"\n"), 0, 2, f"{first}: {misshapen}"
    yield "a million nested brackets", around(deep), 0, 2, f"{first} and 1 more: {misshapen}"
    yield "100,000 NULs", around(bytes(100000) + b"\n"), 0, 2, f"{first}: {misshapen}"
    yield "a NUL in a field", around(record % (value + b"\0")), 0, 2, "cannot be read" if listed else f"{first}: "
    for order in "le", "be":
        yield f"UTF-16 {order}", text.encode("utf-16-" + order), 65, 0, UTF16
        yield f"UTF-16 {order}, marked", ("\ufeff" + text).encode("utf-16-" + order), 65, 0, UTF16
    yield "a captive portal", b"\n <!DOCTYPE html>\n<html><body>Welcome, guest</body></html>\n", 65, 0, PAGE
    yield "nothing", b"", *empty
    yield "random bytes", random.Random(1).randbytes(1000000), *(
        (65, 0, 'the header has no column "ip"') if header else (0, 0, "record 1 and "))
    if lack:
        yield "the column that matters is not there", lacks, *lack


def unclosed(feed):
    """A quote that is never closed costs its own record, in whatever is left of the file, in every size of it."""
    _, header, record, value, *_ = FEEDS[feed]
    hit = record % value
    for rows in 3, 300000:
        run = Run(feed, header + hit + record.replace(b"%s", b'"1') + hit * rows)
        ok(run.status == 0 and run.hits == rows + 1 and run.kib <= KIB and (value[:1] != b"1" or "record" in run.said),
           f"{feed}: a quote not closed to the end of {rows} records costs its own alone", *run.why())
    if record[:1] == b'"':  # in the last field, so that the record has all its columns
        case("a quote not closed in the last field", feed, header + hit + hit[:-2], 0, 1, "not a record of this format")


def damaged(feed):
    """Cut off anywhere, bent, or with something behind it: one error that says so, and that the hits are not all."""
    _, header, record, value, *_ = FEEDS[feed]
    noise, count = random.Random(2), 60000 if SOAK or feed == "shadowserver" else 3000
    rows = (b"192.0.2.%d" % noise.randrange(256) if value[:1] == b"1" else b"h%d.member.example" % noise.randrange(10**6)
            for _ in range(count))
    whole = header + b"".join(record % row for row in rows)
    for form in "gzip", "zstd":
        packed = pack(form, whole)
        cuts = {f"cut off after {keep} bytes": (packed[:keep], f"is cut off after {keep} bytes: fetch it again")
                for keep in (3, 20, len(packed) // 2, len(packed) - 1)}
        bent = bytearray(packed)
        bent[len(bent) // 2] ^= 0x55
        cuts["bent in the middle"] = bytes(bent), ": fetch it again"
        cuts["with something behind it"] = packed + b"something", "data is damaged"
        for sentence, (data, says) in cuts.items():
            run = Run(feed, data)
            warned = "what was printed is not all: do not use it" in run.said
            ok(run.ends(65, run.hits, f"waker match: {tmp}/in: ", says) and warned == (run.hits > 0) and run.hits < count,
               f"{feed}: {form} {sentence}", *run.why())


def bombs(feed):
    """A line of 300 MB is one record, and what grows without end is refused; both in bounded memory."""
    _, header, record, value, *_ = FEEDS[feed]
    hit = record % value
    head, zeros = header + hit, bytes(1 << 20)
    noise = random.Random(3).randbytes(1 << 20).replace(b"\n", b"a") + b"\n"
    for form in FORMS:
        with open(f"{tmp}/long", "wb") as out:
            out.write(pack(form, head) + pack(form, b"a" * 1000000) * 200 + pack(form, noise) + pack(form, hit))
        case(f"a line of 200 MB, {form}", feed, f"{tmp}/long", 0, 2, "a record over 16 MiB")
        if form == "plain":
            continue
        with open(f"{tmp}/long", "wb") as out:
            out.write(pack(form, head) + (gzip.compress(zeros) if form == "gzip" else pack(form, zeros)) * 600)
        case(f"a bomb of 600 MB, {form}", feed, f"{tmp}/long", 65, 0, "grows to over 300 times its size", "as a bomb")
    with open(f"{tmp}/long", "wb") as out:
        out.write(head)
        for _ in range(300):
            out.write(b"a" * 1000000)
        out.write(b"\n" + hit)
    case("a line of 300 MB", feed, f"{tmp}/long", 0, 2, "a record over 16 MiB")
    os.unlink(f"{tmp}/long")


def windows():
    """How far back zstd may look is memory: 128 MiB at most."""
    line = b"192.0.2.1\n"
    for log, status, says in (27, 0, ()), (31, 65, ("needs a window over 128 MiB: decompress it first",)):
        with open(f"{tmp}/zst", "wb") as out:
            with subprocess.Popen(["zstd", "-q1", f"--long={log}", "-"], stdin=subprocess.PIPE, stdout=out) as zstd:
                for _ in range(200):
                    zstd.stdin.write(b"#" + os.urandom(500000).hex().encode() + b"\n")
                zstd.stdin.write(line)
                zstd.stdin.close()
        case(f"zstd with a window of 2^{log}", "generic-iplist", f"{tmp}/zst", status, 1 - status // 65, *says, kib=KIB_WINDOW)


def places():
    """What is no file, and bytes that come by and by."""
    feed, line = "generic-iplist", b"192.0.2.1\n192.0.2.2\n"
    case("a folder", feed, tmp, 65, 0, f"{tmp} is a folder: name the files in it")
    case("a file that is not there", feed, f"{tmp}/none", 66, 0, f"{tmp}/none: No such file")
    case("a file that fails while it is read", feed, "/proc/self/mem", 71, 0, "/proc/self/mem: Input/output error")
    case("a folder as standard input", feed, "-", 71, 0, "standard input: cannot read the input", stdin=tmp)
    os.mkfifo(f"{tmp}/pipe")
    case("a pipe that nobody writes to", feed, f"{tmp}/pipe", 65, 0, "a pipe that nobody writes to: start its writer")
    for path in f"{tmp}/pipe", "-", "/dev/stdin":
        for form in FORMS:
            by_and_by(feed, path, form, pack(form, line))
    with open(f"{tmp}/secret", "wb") as out:
        out.write(line)
    os.chmod(f"{tmp}/secret", 0)
    os.chmod(tmp, 0o755)
    nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.getuid() == 0 else []
    case("a file that may not be read", feed, f"{tmp}/secret", 71, 0, f"{tmp}/secret: Permission denied", before=nobody)


def by_and_by(feed, path, form, data):
    """A pipe gives its bytes one by one at first; none of them is lost."""
    source = f"{tmp}/pipe" if path.startswith(tmp) else f"{tmp}/pipe2"
    if not os.path.exists(source):
        os.mkfifo(source)

    def write():
        with open(source, "wb", buffering=0) as out:
            for i in range(5):
                out.write(data[i:i + 1])
                time.sleep(0.02)
            out.write(data[5:])
    writer = threading.Thread(target=write)
    hold = os.open(source, os.O_RDWR | os.O_NONBLOCK) if path.startswith(tmp) else -1  # so that there is a writer at once
    writer.start()
    if hold >= 0:
        threading.Timer(0.3, os.close, (hold,)).start()
    run = Run(feed, path, stdin="/dev/null" if path.startswith(tmp) else source)
    writer.join()
    ok(run.ends(0, 2), f"{feed}: {form} by {'a named pipe' if path.startswith(tmp) else path}, byte by byte", *run.why())


def rosters():
    """The other file of `match` is told with its line too."""
    for text, says in ("org1\tipv4-prefix\t192.0.2.0/33\n", "line 1: "), ("org1\tdomain\n", "line 1: "), ("\0", "line 1"):
        with open(f"{tmp}/bad", "w", encoding="utf-8") as out:
            out.write(text)
        case(f"a roster {text!r}", "generic-iplist", b"", 65, 0, f"{tmp}/bad: {says}", members="bad")


def main():
    with open(f"{tmp}/members", "w", encoding="utf-8") as out:
        out.write("org1\tipv4-prefix\t192.0.2.0/24\norg1\tdomain\tmember.example\n")
    for feed in FEEDS:
        for sentence, data, status, hits, *says in all_forms(feed):
            for form in FORMS:
                pieces = data if isinstance(data, tuple) else (data,)
                case(f"{sentence}, {form}", feed, b"".join(pack(form, p) for p in pieces), status, hits, *says)
        unclosed(feed)
        damaged(feed)
    for feed in FEEDS if SOAK else ("shadowserver",):
        bombs(feed)
    windows()
    places()
    rosters()


runner = multiprocessing.get_context("fork").Pool(1)
try:
    main()
finally:
    runner.terminate()
    shutil.rmtree(tmp)
print(f"1..{tests}")
