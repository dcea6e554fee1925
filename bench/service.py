#!/usr/bin/env python3
"""What the service costs: a large file dropped into its inbox, its rest, its jobs, and a roster that changes.

usage: bench/service.py [--waker FILE] [--folder DIR] [--runs N] [--quick | --large] [--seed S]

A home of 320 members with 100,000 prefixes. Jobs are counted on a file, and on a PostgreSQL of its own where there is one.
"""
import json
import os
import random
import shutil
import signal
import statistics
import subprocess
import time

from table import FEED, HERE, MILLION, Cost, options, row

class Service:
    def __init__(self, o):
        self.o, self.rows, self.home = o, MILLION // 10 if o.quick else MILLION, os.path.join(o.folder, "service.home")
        os.makedirs(o.folder, exist_ok=True)
        shutil.rmtree(self.home, ignore_errors=True)
        os.environ.pop("WAKER_NOW", None)
        os.environ.update(WAKER_FEEDS=f"{o.folder}/none", WAKER_WARNINGLISTS=f"{o.folder}/none")
        self.waker("init", "--example", self.home, home=False)
        self.roster(0)
        with open(f"{self.home}/feeds/lab.feed", "w", encoding="ascii") as out:
            out.write(FEED.format(issue="exposed.rdp"))
        os.makedirs(f"{self.home}/inbox/lab")
        with open(f"{self.home}/run.log", "ab") as log:
            self.child = subprocess.Popen([o.waker, "-C", self.home, "run"], stdin=subprocess.DEVNULL, stderr=log)
        self.until(lambda: self.status()["running"])

    def waker(self, *words, home=True):
        ran = subprocess.run([self.o.waker, *(["-C", self.home] if home else []), *words], check=False, capture_output=True, text=True)
        if ran.returncode not in (0, 7):
            raise SystemExit(f"waker {' '.join(words)}: {ran.stderr}")
        return ran.stdout

    def roster(self, moved):
        """320 members of 100,000 prefixes between them; `moved` more of the first."""
        path = os.path.join(self.o.folder, "service.csv")
        with open(path, "w", encoding="ascii") as out:
            out.write("record,member,names,kind,value\n")
            for m in range(320):
                out.write(f"member,m{m},Member {m},hospital,\n")
            for i in range(100000):
                out.write(f"asset,m{i % 320},,prefix,10.{i >> 12}.{i >> 4 & 255}.{(i & 15) << 4}/28\n")
            for i in range(moved):
                out.write(f"asset,m0,,prefix,198.18.{i}.0/24\n")
        self.waker("member", "import", path, "--yes")

    def status(self):
        return json.loads(self.waker("status", "--json"))

    def until(self, true, step=0.002):
        end = time.monotonic() + 120
        while not true():
            if time.monotonic() > end:
                raise SystemExit(f"the service does not come to it: see {self.home}/run.log")
            time.sleep(step)

    def pids(self):
        with open(f"/proc/{self.child.pid}/task/{self.child.pid}/children", encoding="ascii") as f:
            return [self.child.pid, *map(int, f.read().split())]

    def cpu(self):
        """Seconds of all roles, with what they started and has ended."""
        ticks = 0
        for pid in self.pids():
            with open(f"/proc/{pid}/stat", encoding="ascii") as f:
                ticks += sum(map(int, f.read().rsplit(")", 1)[1].split()[11:15]))
        return ticks / os.sysconf("SC_CLK_TCK")

    def memory(self):
        """MiB, each shared page counted once."""
        total = 0
        for pid in self.pids():
            with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as f:
                total += sum(int(line.split()[1]) for line in f if line.startswith("Pss:"))
        return total / 1024

    def file(self, name, last):
        """So many records, 300 of them members', and one of its own."""
        chance, when = random.Random(self.o.seed), time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(time.time() - 3600))
        if not hasattr(self, "text"):
            self.text = "".join(f"{when},{chance.randrange(11, 198)}.{chance.randrange(256)}.{chance.randrange(256)}.{chance.randrange(256)},3389\n"
                                for _ in range(self.rows - 300)) + "".join(f"{when},10.0.{i}.1,3389\n" for i in range(300))
        path = f"{self.home}/inbox/lab/.{name}"
        with open(path, "w", encoding="ascii") as out:
            out.write(f"when,ip,port\n{self.text}{when},10.1.{last}.1,3389\n")
        return path

    def batches(self):
        return self.status()["queue"] == 0 and len(self.waker("batch", "list", "--json", "--state", "done").splitlines())

    def drop(self, n):
        """Seconds of wall and of CPU, from the rename to the file's going, which is after the commit."""
        path = self.file(f"{n:02d}.csv", n)
        to = path.replace("/.", "/")
        before, start = self.cpu(), time.monotonic()
        os.rename(path, to)
        self.until(lambda: not os.path.exists(to))
        wall = time.monotonic() - start
        self.until(lambda: self.status()["queue"] == 0, 0.1)
        return wall, self.cpu() - before

    def known(self):
        """Seconds until a changed roster is what a file is matched by: the least file, dropped after the import."""
        self.roster(3)
        start = time.monotonic()
        path = f"{self.home}/inbox/lab/.known.csv"
        with open(path, "w", encoding="ascii") as out:
            out.write(f"when,ip,port\n{time.strftime('%Y-%m-%d %H:%M:%S', time.gmtime())},198.18.2.9,3389\n")
        os.rename(path, path.replace("/.", "/"))
        self.until(lambda: not os.path.exists(path.replace("/.", "/")))
        wall = time.monotonic() - start
        if "198.18.2.9" not in self.waker("finding", "list"):
            raise SystemExit("the file was matched by the roster of before")
        return wall

    def stop(self):
        self.child.send_signal(signal.SIGTERM)
        self.child.wait()


def jobs(o):
    """Jobs a second on a file and on a server."""
    tool, count = os.path.join(os.path.dirname(o.waker), "jobs"), "20000" if o.quick else "100000"
    subprocess.run(["ninja", "-C", os.path.dirname(o.waker), "--quiet", "jobs"], check=True)
    for name in "", "-wal", "-shm":
        if os.path.exists(f"{o.folder}/jobs.db{name}"):
            os.remove(f"{o.folder}/jobs.db{name}")
    row("jobs claimed and finished a second, SQLite", int(subprocess.check_output([tool, f"{o.folder}/jobs.db", count])), 0, "≥ 5,000", "≥ 10,000")
    said = subprocess.check_output([os.path.join(HERE, "../tests/fake/postgres.sh"), "sh", "-c",
                                    f'test -z "${{WAKER_TEST_POSTGRES:-}}" || "{tool}" "$WAKER_TEST_POSTGRES" {count}'])
    if said:
        row("the same, PostgreSQL", int(said), 0, "≥ 5,000", "≥ 10,000")


def main():
    o = options(__doc__)
    print("| what | figure | accept | aim | met |\n| --- | --- | --- | --- | --- |")
    s = Service(o)
    time.sleep(12)  # over the first beat
    before, start = s.cpu(), time.monotonic()
    time.sleep(10 if o.quick else 60)
    row("at rest: CPU, % of a core", (s.cpu() - before) / (time.monotonic() - start) * 100, 2, "≤ 0.5", "≤ 0.1")
    row("at rest: memory of all roles, MiB (PSS)", s.memory(), 1, "≤ 80", "≤ 40")
    runs = [s.drop(n) for n in range(o.runs or (3 if o.quick else 20))]
    walls = sorted(wall for wall, _ in runs)
    row(f"{s.rows:,} rows dropped → committed, seconds, p95 of {len(walls)}", walls[int(0.95 * (len(walls) - 1) + 0.5)], 2, "≤ 2", "≤ 0.8")
    row("a roster of 100,000 assets changed → in use, seconds", s.known(), 2, "≤ 1", "≤ 0.2")
    s.stop()
    path = s.file("again.csv", 99)
    other = os.path.join(o.folder, "service.other")
    shutil.rmtree(other, ignore_errors=True)
    shutil.copytree(s.home, other, ignore=lambda at, names: [n for n in names if n == "run"])
    by_hand = []
    for n in range(3):
        path = s.file("by-hand.csv", 100 + n)
        by_hand.append(Cost([o.waker, "-C", other, "feed", "run", "lab", path]).cpu)
    row("CPU of that ÷ CPU of `feed run` on the same", statistics.median(cpu for _, cpu in runs) / statistics.median(by_hand), 2, "≤ 1.3", "≤ 1.1")
    jobs(o)


if __name__ == "__main__":
    main()
