#!/usr/bin/env python3
"""What `waker match` costs, as ratios in one run; a speed counts only if that output is perfect.

usage: bench/match.py [--waker FILE] [--folder DIR] [--runs N] [--large] [--seed S]

The feeds come from the generator in ../shared/bench and are kept in the folder, so that a second run
only measures. --large adds ten million rows and a million assets (some 5 GB).
"""
import argparse
import os
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

    def must_be_perfect(self, form, feed, large=False, jobs=1):
        out = self.path("out.tsv")
        Cost(self.command(form, feed, large, jobs), out)
        said = subprocess.run([os.path.join(SHARED, "score.py"), "--also", feed + ".truth", out],
                              capture_output=True, text=True)
        if said.returncode:
            sys.exit(f"{form}: not perfect\n{said.stdout}{said.stderr}")

    def taken_in_turn(self, *commands):
        """Each command `runs` times, taken in turn: a list of runs, each a list of costs."""
        return [[Cost(c) for c in commands] for _ in range(self.options.runs)]


def row(what, figure, accept, aim):
    print(f"| {what} | {figure} | {accept} | {aim} |", flush=True)


def lines(b, form, accept, aim):
    feed = b.feed(form, MILLION)
    b.must_be_perfect(form, feed)
    runs = b.taken_in_turn(["wc", "-l", feed], b.command(form, feed))
    ratio = statistics.median(match.cpu / wc.cpu for wc, match in runs)
    cpu = statistics.median(match.cpu for _, match in runs)
    row(f"1 M {form} rows, 320 members, 1 job: CPU ÷ `wc -l`", f"{ratio:.1f}", accept, aim)
    return cpu, peak(b.command(form, feed))


def lists(b, form):
    feed, empty = b.feed(form, MILLION), b.feed(form, 0)
    b.must_be_perfect(form, feed)
    runs = b.taken_in_turn(b.command(form, feed), b.command(form, empty))
    each = statistics.median(full.cpu - none.cpu for full, none in runs) / MILLION
    row(f"{form}: ns a row above an empty feed", f"{each * 1e9:.0f}", "≤ 120", "≤ 60")


def two_jobs(b):
    feed = b.feed("shadowserver", MILLION)
    b.must_be_perfect("shadowserver", feed, jobs=2)
    runs = b.taken_in_turn(b.command("shadowserver", feed), b.command("shadowserver", feed, jobs=2))
    row("wall, 2 jobs ÷ 1 job", f"{statistics.median(two.wall / one.wall for one, two in runs):.2f}", "≤ 0.75", "≤ 0.6")


def ten_million(b):
    one, ten = b.feed("shadowserver", MILLION), b.feed("shadowserver", 10 * MILLION)
    b.must_be_perfect("shadowserver", ten)
    runs = b.taken_in_turn(b.command("shadowserver", one), b.command("shadowserver", ten))
    row("CPU at 10 M rows ÷ at 1 M", f"{statistics.median(t.cpu / o.cpu for o, t in runs):.1f}", "≤ 10.5", "≤ 10")
    grown = (peak(b.command("shadowserver", ten)) - peak(b.command("shadowserver", one))) / 2**20
    row("growth of peak memory, MiB", f"{grown:.1f}", "≤ 2", "0")


def million_assets(b):
    form, each = "shadowserver", []
    b.must_be_perfect(form, b.feed(form, MILLION, True), True)
    for large in (False, True):
        runs = b.taken_in_turn(b.command(form, b.feed(form, MILLION, large), large),
                               b.command(form, b.feed(form, 0, large), large))
        each.append((statistics.median(full.cpu - none.cpu for full, none in runs),
                     statistics.median(none.cpu for _, none in runs),
                     peak(b.command(form, b.feed(form, 0, large), large))))
    small, large = each
    row("matching a row at 1 M assets ÷ at 3,800", f"{large[0] / small[0]:.2f}", "≤ 3", "≤ 1.6")
    row("loading the roster at 1 M: µs an asset", f"{large[1] - small[1]:.2f}", "≤ 2", "≤ 1")
    row("loading the roster at 1 M: bytes an asset", f"{(large[2] - small[2]) / MILLION:.0f}", "≤ 160", "≤ 100")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--waker", default=os.path.join(HERE, "..", "build", "waker"))
    parser.add_argument("--folder", default="/tmp/waker-bench")
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--large", action="store_true")
    b = Bench(parser.parse_args())
    row("what", "figure", "accept", "aim")
    row("---", "---", "---", "---")
    cpu, most = lines(b, "shadowserver", "≤ 6", "≤ 4.5")
    row("events per CPU second ÷ 2,400", f"{MILLION / cpu / 2400:.0f}", "≥ 1,500", "≥ 2,300")
    row("peak of the process at 3,800 assets, MiB", f"{most / 2**20:.1f}", "≤ 24", "≤ 12")
    lines(b, "urlhaus", "≤ 10", "≤ 6")
    lines(b, "jsonl", "≤ 10", "≤ 6")
    lists(b, "iplist")
    lists(b, "hostlist")
    two_jobs(b)
    if b.options.large:
        ten_million(b)
        million_assets(b)


if __name__ == "__main__":
    main()
