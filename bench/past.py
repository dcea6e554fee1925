#!/usr/bin/env python3
"""What it costs to ask the past: a new prefix over a year, and one address.

usage: bench/past.py [--waker FILE] [--folder DIR] [--runs N] [--quick | --large] [--seed S]

A year of one batch a day of the generator in ../shared/bench, as the archive keeps it: the files are written and their
rows put into the store by this script, for reading them in would take longer than all that is measured. PAST_ROWS is
how many records a month has: 300,000 if not said, 1,400,000 with --large. A nation's 14,000,000 are some 36 GB to unpack.
Against the retro-match of one prefix stands `zstd -dc` of the same files, piped into `waker match` with that prefix alone.
"""
import glob
import hashlib
import os
import shutil
import sqlite3
import subprocess
import threading
from datetime import datetime, timedelta, timezone

from table import DAY, Bench, Cost, options, row

DAYS, FEED, TYPE, NOW = 365, "shadowserver", "scan_telnet", "2027-01-01T12:00:00Z"
BEGIN = datetime(2026, 1, 1, tzinfo=timezone.utc)


def micro(t):
    return int(t.timestamp()) * 1000000


class Year:
    def __init__(self, o):
        self.bench, self.o = Bench(o), o
        self.rows = int(os.environ.get("PAST_ROWS", 1400000 if o.large else 30000 if o.quick else 300000)) * 12 // DAYS
        self.home = self.bench.path(f"past.{self.rows}.home")
        os.environ["WAKER_NOW"] = NOW
        self.assets = [line.rstrip("\n").split("\t") for line in open(self.bench.members(), encoding="utf-8") if line[0] != "#"]
        self.late = next(a for a in self.assets if a[1] == "ipv4-prefix" and a[2].endswith("/24"))
        if not os.path.exists(f"{self.home}/made"):
            self.make()
            open(f"{self.home}/made", "w", encoding="ascii").close()

    def run(self, *words):
        return subprocess.run([self.o.waker, "-C", self.home, *words], check=True, capture_output=True, text=True).stdout

    def tsv(self, name, assets):
        path = self.bench.path(name)
        with open(path, "w", encoding="utf-8") as out:
            out.writelines("\t".join(a) + "\n" for a in assets)
        return path

    def make(self):
        shutil.rmtree(self.home, ignore_errors=True)
        subprocess.run([self.o.waker, "init", "--example", self.home], check=True, capture_output=True)
        self.run("member", "import", self.tsv("past.now.tsv", [a for a in self.assets if a != self.late]), "--yes")
        store = sqlite3.connect(f"{self.home}/waker.db")
        store.execute("INSERT INTO feed (id, name) VALUES (1, ?)", (FEED,))
        for day, text in enumerate(self.days()):
            self.keep(store, BEGIN + timedelta(days=day), text)
        store.commit()
        store.close()

    def days(self):
        """The rows of each day with its date, cut off one stream of the generator."""
        pipe = self.bench.path("past.pipe")
        for path in pipe, f"{pipe}.truth":
            if os.path.lexists(path):
                os.remove(path)
        os.mkfifo(pipe)
        os.symlink("/dev/null", f"{pipe}.truth")
        made = subprocess.Popen([self.bench.generator, "feed", *self.bench.size(False), "--format", FEED, "--rows",
                                 str(self.rows * DAYS), "--out", pipe], stderr=subprocess.DEVNULL)
        with open(pipe, "rb", buffering=1 << 22) as stream:
            head = stream.readline()
            for day in range(DAYS):
                now = (BEGIN + timedelta(days=day)).strftime("%Y-%m-%d")
                lines = []
                for line in stream:
                    lines.append(line)
                    if len(lines) >= self.rows:
                        break
                yield (head + b"".join(lines)).replace(f'"{DAY} '.encode(), f'"{now} '.encode())
        made.wait()

    def keep(self, store, day, text):
        digest = hashlib.sha256()
        hashed = threading.Thread(target=digest.update, args=(text,))
        hashed.start()
        part = f"{self.home}/archive/part"
        with open(part, "wb") as out:
            subprocess.run(["zstd", "-q", "--fast=3", "-c"], input=text, stdout=out, check=True)
        hashed.join()
        came = day + timedelta(days=1, hours=6)
        path = f"{came:%Y/%m/%d}/{digest.hexdigest()}.zst"
        os.makedirs(os.path.dirname(f"{self.home}/archive/{path}"), exist_ok=True)
        os.rename(part, f"{self.home}/archive/{path}")
        store.execute("INSERT INTO batch (feed, type, day, sha256, bytes, records, hits, state, reason, arrived, file, archive) "
                      "VALUES (1, ?, ?, ?, ?, ?, 0, 2, '', ?, ?, ?)",
                      (TYPE, micro(day), digest.digest(), len(text), self.rows, micro(came), f"{day:%Y-%m-%d}-{TYPE}-nl.csv", path))

    def files(self):
        return sorted(glob.glob(f"{self.home}/archive/*/*/*/*.zst"))

    def measure(self):
        new = f"{self.home}.new"
        shutil.rmtree(new, ignore_errors=True)
        os.makedirs(new)
        for name in os.listdir(self.home):
            if name == "archive":
                os.symlink(f"{self.home}/archive", f"{new}/archive")
            elif os.path.isdir(f"{self.home}/{name}"):
                shutil.copytree(f"{self.home}/{name}", f"{new}/{name}")
            else:
                shutil.copy(f"{self.home}/{name}", new)
        was, self.home = self.home, new
        self.run("asset", "add", self.late[0], "prefix", self.late[2], "--since", "2025-01-01", "--proven", "yes", "--yes")
        self.home = was
        alone = self.tsv("past.alone.tsv", [self.late])
        retro = Cost([self.o.waker, "-C", new, "retro", "run", "1", "--jobs", "2"])
        piped = Cost(["sh", "-c", f"find {self.home}/archive/ -name '*.zst' | sort | xargs -n 1000000 zstd -dcq | "
                      f"{self.o.waker} match --members {alone} --feed {FEED} --type {TYPE} -"])
        address = self.late[2].rsplit(".", 1)[0] + ".77"
        ask = Cost([self.o.waker, "-C", new, "ask", address, "--jobs", "2"])
        prefix = Cost([self.o.waker, "-C", new, "match", "--archive", "--members", alone, "--jobs", "2"])
        verify = Cost([self.o.waker, "-C", new, "archive", "verify", "--jobs", "2"])
        found = len(subprocess.run([self.o.waker, "-C", new, "finding", "list", "--all"], check=True, capture_output=True,
                                   text=True).stdout.splitlines()) - 1
        return retro, piped, ask, prefix, verify, found


def main():
    year = Year(options(__doc__))
    size = sum(os.path.getsize(f) for f in year.files())
    retro, piped, ask, prefix, verify, found = year.measure()
    print("| what | figure | accept | aim | met |")
    print("| --- | --- | --- | --- | --- |")
    row("retro-match, CPU ÷ (`zstd -dc` piped into `waker match`)", retro.cpu / piped.cpu, 2, "≤ 1.2", "≤ 1")
    row(f"a new prefix over a year of {year.rows * DAYS:,} records, {size >> 20:,} MiB: wall on 2 cores, s", retro.wall, 1, "≤ 300", "≤ 60")
    row("`ask` of one address over it: wall, s", ask.wall, 1, "≤ 300", "≤ 10")
    print(f"\n{found} findings; `match --archive` of that prefix: {prefix.wall:.1f} s; `archive verify`: {verify.wall:.1f} s; "
          f"the pipe: {piped.wall:.1f} s, {piped.cpu:.1f} s of CPU")


if __name__ == "__main__":
    main()
