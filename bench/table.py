#!/usr/bin/env python3
"""What waker costs, as ratios in one run; a speed counts only if that output is perfect.

usage: bench/table.py [--waker FILE] [--folder DIR] [--runs N] [--quick | --large] [--seed S]

The feeds come from the generator in ../shared/bench and are kept in the folder, so that a second run
only measures. --large adds ten million rows and a million assets (some 5 GB); --quick takes a tenth of
the rows and three runs, which shows that all is in order, but no figure to be quoted.
"""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SHARED = os.path.join(HERE, "..", "..", "shared", "bench")
FEEDS = {
    "shadowserver": ["shadowserver", "--type", "scan_telnet"],
    "urlhaus": ["abuse-ch-urlhaus"],
    "jsonl": ["microsoft-ctip"],
    "iplist": ["generic-iplist"],
    "hostlist": ["generic-hostlist"],
}
MILLION = 1000000
DAY = "2026-01-01"  # the generator's events are of this day

# A feed for a service's inbox: when, ip and port of one issue.
FEED = """[feed]
name = lab
provider = the bench
role = victims
presence = stream
tlp = AMBER
[format]
kind = delimited
header = yes
[columns]
when = time.source
ip = source.ip
port = source.port
[select]
ip = address
[set]
classification.taxonomy = vulnerable
classification.type = vulnerable-system
protocol.transport = tcp
[issue]
{issue} = always
"""


class Cost:
    """User and system seconds and wall seconds of one run."""

    def __init__(self, command, out="/dev/null"):
        with open(out, "wb") as to:
            start = time.monotonic()
            child = subprocess.Popen(command, stdout=to, stderr=subprocess.PIPE)
            said = child.stderr.read()
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = status
            self.wall = time.monotonic() - start
        if status:
            sys.exit(f"{' '.join(command)}: status {status}\n{said.decode(errors='replace')}")
        self.cpu = usage.ru_utime + usage.ru_stime


def peak(command):
    """Most bytes in memory at once. A child of Python would begin with Python's own, so time(1) asks."""
    said = subprocess.run(["/usr/bin/time", "-f", "%M", *command], stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, check=True, text=True).stderr
    return int(said.split()[-1]) * 1024


class Bench:
    def __init__(self, options):
        self.options = options
        self.rows = MILLION // 10 if options.quick else MILLION
        options.runs = options.runs or (3 if options.quick else 9)
        os.makedirs(options.folder, exist_ok=True)
        self.generator = self.path("genfeed")
        if not os.path.exists(self.generator):
            subprocess.run(["cc", "-O2", os.path.join(SHARED, "genfeed.c"), "-o", self.generator], check=True)

    def path(self, name):
        return os.path.join(self.options.folder, name)

    def size(self, large):
        return ["--seed", str(self.options.seed)] + (
            ["--orgs", "10000", "--assets", str(MILLION)] if large else ["--orgs", "320"])

    def members(self, large=False):
        path = self.path(f"members{'.large' if large else ''}.{self.options.seed}.tsv")
        if not os.path.exists(path):
            with open(path, "wb") as to:
                subprocess.run([self.generator, "constituency", *self.size(large)], stdout=to, check=True)
        return path

    def feed(self, form, rows, large=False):
        path = self.path(f"{form}.{rows}{'.large' if large else ''}.{self.options.seed}")
        if not os.path.exists(path):
            subprocess.run([self.generator, "feed", *self.size(large), "--format", form, "--rows", str(rows),
                            "--out", path], check=True, stderr=subprocess.DEVNULL)
        return path

    def command(self, form, feed, large=False, jobs=1):
        return [self.options.waker, "match", "--members", self.members(large), "--feed", *FEEDS[form],
                "--jobs", str(jobs), feed]

    def score(self, what, truth, out):
        said = subprocess.run([os.path.join(SHARED, "score.py"), "--also", truth, out], capture_output=True, text=True)
        if said.returncode:
            sys.exit(f"{what}: not perfect\n{said.stdout}{said.stderr}")

    def must_be_perfect(self, form, feed, large=False, jobs=1):
        out = self.path("out.tsv")
        Cost(self.command(form, feed, large, jobs), out)
        self.score(form, feed + ".truth", out)

    def taken_in_turn(self, *commands):
        """Each command `runs` times, taken in turn: a list of runs, each a list of costs."""
        return [[Cost(c) for c in commands] for _ in range(self.options.runs)]


def row(what, value, digits, accept, aim, unit=""):
    """A line of the table. A bound is "≤ 6" or "≥ 1,500"."""
    def meets(bound):
        number = float(bound[2:].replace(",", ""))
        return value <= number if bound[0] == "≤" else value >= number
    met = "aim" if meets(aim) else "accepted" if meets(accept) else "NO"
    print(f"| {what} | {value:,.{digits}f}{unit} | {accept} | {aim} | {met} |", flush=True)


def lines(b, form, accept, aim):
    feed = b.feed(form, b.rows)
    b.must_be_perfect(form, feed)
    runs = b.taken_in_turn(["wc", "-l", feed], b.command(form, feed))
    ratio = statistics.median(match.cpu / wc.cpu for wc, match in runs)
    row(f"{b.rows:,} {form} rows, 320 members, 1 job: CPU ÷ `wc -l`", ratio, 1, accept, aim)
    return statistics.median(match.cpu for _, match in runs), peak(b.command(form, feed))


def lists(b, form):
    feed, empty = b.feed(form, b.rows), b.feed(form, 0)
    b.must_be_perfect(form, feed)
    runs = b.taken_in_turn(b.command(form, feed), b.command(form, empty))
    each = statistics.median(full.cpu - none.cpu for full, none in runs) / b.rows
    row(f"{form}: ns a row above an empty feed", each * 1e9, 0, "≤ 120", "≤ 60")


def two_jobs(b):
    feed = b.feed("shadowserver", b.rows)
    b.must_be_perfect("shadowserver", feed, jobs=2)
    runs = b.taken_in_turn(b.command("shadowserver", feed), b.command("shadowserver", feed, jobs=2))
    row("wall, 2 jobs ÷ 1 job", statistics.median(two.wall / one.wall for one, two in runs), 2, "≤ 0.75", "≤ 0.6")


def ten_times(b):
    one, ten = b.feed("shadowserver", b.rows), b.feed("shadowserver", 10 * b.rows)
    b.must_be_perfect("shadowserver", ten)
    runs = b.taken_in_turn(b.command("shadowserver", one), b.command("shadowserver", ten))
    row(f"CPU at {10 * b.rows:,} rows ÷ at {b.rows:,}", statistics.median(t.cpu / o.cpu for o, t in runs), 1,
        "≤ 10.5", "≤ 10")
    grown = (peak(b.command("shadowserver", ten)) - peak(b.command("shadowserver", one))) / 2**20
    row("growth of peak memory, MiB", max(round(grown, 1), 0), 1, "≤ 2", "≤ 0")


def million_assets(b):
    """Matching is what a feed costs above an empty one; loading is what an empty one costs."""
    form, each = "shadowserver", []
    b.must_be_perfect(form, b.feed(form, MILLION, True), True)
    for large in (False, True):
        full, none = (b.command(form, b.feed(form, rows, large), large) for rows in (MILLION, 0))
        runs = b.taken_in_turn(full, none)
        each.append((statistics.median(f.cpu for f, _ in runs) - statistics.median(n.cpu for _, n in runs),
                     statistics.median(n.cpu for _, n in runs), peak(none)))
    small, large = each
    row("matching a row at 1 M assets ÷ at 3,800", large[0] / small[0], 2, "≤ 3", "≤ 1.6")
    row("loading the roster at 1 M: µs an asset", large[1] - small[1], 2, "≤ 2", "≤ 1")
    row("loading the roster at 1 M: bytes an asset", (large[2] - small[2]) / MILLION, 0, "≤ 160", "≤ 100")


class Home:
    """A home with the roster in it, made anew for each run of a feed. Its clock stands the day after the
    events, for what is older than the feed's news opens nothing."""

    def __init__(self, b):
        self.waker, self.made, self.path = b.options.waker, b.path("home"), b.path("home.run")
        os.environ["WAKER_NOW"] = "2026-01-02T06:00:00Z"
        shutil.rmtree(self.made, ignore_errors=True)
        self.run("init", "--example", self.made)
        self.run("-C", self.made, "member", "import", b.members(), "--yes")

    def run(self, *words):
        return subprocess.run([self.waker, *words], check=True, capture_output=True, text=True).stdout

    def again(self):
        shutil.rmtree(self.path, ignore_errors=True)
        shutil.copytree(self.made, self.path)
        return ["-C", self.path]


def feed_run(b):
    feed = b.path(f"{DAY}-scan_telnet-nl.{b.rows}.{b.options.seed}.csv")
    if not os.path.exists(feed):
        subprocess.run([b.generator, "feed", *b.size(False), "--format", "shadowserver", "--rows", str(b.rows),
                        "--hit-rate", "0.06", "--out", feed], check=True, stderr=subprocess.DEVNULL)
    b.must_be_perfect("shadowserver", feed)
    home = Home(b)
    words = ["feed", "run", "shadowserver", "--type", "scan_telnet", feed]
    runs = []
    for _ in range(b.options.runs):
        wc = Cost(["wc", "-l", feed])
        runs.append((wc, Cost([b.options.waker, *home.again(), *words])))
    row("file with 6 % hits to committed findings (`feed run`), CPU ÷ `wc -l`",
        statistics.median(run.cpu / wc.cpu for wc, run in runs), 1, "≤ 20", "≤ 12")
    most = peak([b.options.waker, *home.again(), *words]) / 2**20
    opened = len(home.run("-C", home.path, "finding", "list", "--json").splitlines())
    print(f"\n`feed run` kept {opened:,} findings and candidates; its peak was {most:.0f} MiB.")
    shutil.rmtree(home.path)


def start(b):
    """From a shell, as a person types it. The least of nine: others' work on the machine is no part of it."""
    loop = 'i=0; while [ $i -lt 20 ]; do "$0" --version >/dev/null; i=$((i+1)); done'
    each = min(Cost(["sh", "-c", loop, b.options.waker]).wall for _ in range(9)) / 20
    row("`waker --version`, ms from start to end", each * 1e3, 1, "≤ 10", "≤ 10")


def options(doc):
    """What every bench takes; its page is the bench's own."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--waker", default=os.path.join(HERE, "..", "build", "waker"))
    parser.add_argument("--folder", default="/tmp/waker-bench")
    parser.add_argument("--runs", type=int)
    parser.add_argument("--seed", type=int, default=1)
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--quick", action="store_true")
    how.add_argument("--large", action="store_true")
    return parser.parse_args()


def main():
    b = Bench(options(__doc__))
    print("| what | figure | accept | aim | met |\n| --- | --- | --- | --- | --- |")
    cpu, most = lines(b, "shadowserver", "≤ 6", "≤ 4.5")
    lines(b, "urlhaus", "≤ 10", "≤ 6")
    lines(b, "jsonl", "≤ 10", "≤ 6")
    lists(b, "iplist")
    lists(b, "hostlist")
    row("events per CPU second ÷ 2,400", b.rows / cpu / 2400, 0, "≥ 1,500", "≥ 2,300")
    if not b.options.quick:
        two_jobs(b)
    if b.options.large:
        ten_times(b)
        million_assets(b)
    row("peak of the process at 3,800 assets, MiB", most / 2**20, 1, "≤ 24", "≤ 12")
    start(b)
    feed_run(b)


if __name__ == "__main__":
    main()
