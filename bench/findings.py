#!/usr/bin/env python3
"""What findings cost when there are many: the next day's batch, ending them, and looking at them.

usage: bench/findings.py [--waker FILE] [--folder DIR] [--runs N] [--quick | --large] [--seed S]

A world of its own: every row of a report meets a member's asset and is a finding of its own, so that a
million rows are a million findings (--quick: a tenth). No generator is needed. With BENCH_STORE, the URL of an
empty PostgreSQL database, the store is there: tests/fake/postgres.sh sh -c 'BENCH_STORE=$WAKER_TEST_POSTGRES bench/findings.py …'.
"""
import os
import shutil
import socket
import statistics
import subprocess
import time

from table import MILLION, Cost, options, row

MEMBERS = 320
HEAD = '"timestamp","ip","protocol","port","hostname","tag","asn"\n'


class World:
    def __init__(self, o):
        self.o, self.rows = o, MILLION // 10 if o.quick else MILLION
        self.each = -(-self.rows // MEMBERS)
        self.home = os.path.join(o.folder, "findings.home")
        os.makedirs(o.folder, exist_ok=True)
        shutil.rmtree(self.home, ignore_errors=True)
        self.at("2026-03-01")
        store = os.environ.get("BENCH_STORE")
        self.run("init", "--example", self.home, *(["--store", store] if store else []))
        roster = os.path.join(o.folder, "findings.csv")
        with open(roster, "w", encoding="ascii") as out:
            out.write("record,member,names,kind,value\n")
            for m in range(MEMBERS):
                out.write(f"member,m{m},Member {m},hospital,\nasset,m{m},,prefix,10.{m // 16}.{m % 16 * 16}.0/20\n")
        self.run("-C", self.home, "member", "import", roster, "--yes")

    def at(self, day):
        os.environ["WAKER_NOW"] = f"{day}T06:00:00Z"

    def run(self, *words):
        return subprocess.run([self.o.waker, *words], check=True, capture_output=True, text=True).stdout

    def report(self, day, rows):
        """The report of a day, of the first `rows` addresses."""
        path = os.path.join(self.o.folder, f"2026-03-{day:02d}-scan_telnet-many.csv")
        with open(path, "w", encoding="ascii") as out:
            out.write(HEAD)
            for i in range(rows):
                m, k = i // self.each, i % self.each
                out.write(f'"2026-03-{day:02d} 12:00:00","10.{m // 16}.{m % 16 * 16 + k // 256}.{k % 256}","tcp","23","","telnet","64512"\n')
        return path

    def feed_run(self, day, rows):
        """The morning after."""
        path = self.report(day, rows)
        self.at(f"2026-03-{day + 1:02d}")
        cost = Cost([self.o.waker, "-C", self.home, "feed", "run", "shadowserver", path])
        os.remove(path)
        return cost


def look(w, what, words, ceiling=100):
    """The median wall of a command, in ms."""
    costs = [Cost([w.o.waker, "-C", w.home, *words]).wall for _ in range(w.o.runs or 5)]
    row(f"{what}, ms", statistics.median(costs) * 1e3, 0, f"≤ {ceiling}", "≤ 20")


def scrape(w):
    """The median time, in ms, that a running service takes for its metrics: the question and the whole answer."""
    where = f"{w.home}/run/metrics"
    with open(f"{w.home}.log", "ab") as log:
        service = subprocess.Popen([w.o.waker, "-C", w.home, "run"], stdin=subprocess.DEVNULL, stderr=log)
    took = []
    try:
        while len(took) < 11:
            time.sleep(1.1)  # what is asked again within a second gets the same page
            begun = time.monotonic()
            with socket.socket(socket.AF_UNIX) as s:
                try:
                    s.connect(os.path.relpath(where))
                except OSError:
                    assert service.poll() is None
                    continue
                s.sendall(b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
                text = b"".join(iter(lambda: s.recv(65536), b""))
            took.append((time.monotonic() - begun) * 1e3)
            assert f"waker_findings_total {w.rows}\n".encode() in text, text[-500:]
    finally:
        service.terminate()
        service.wait()
    return statistics.median(took[1:])  # the first has findings counted


def main():
    w = World(options(__doc__))
    print("| what | figure | accept | aim | met |\n| --- | --- | --- | --- | --- |")
    first, second = w.feed_run(2, w.rows), w.feed_run(3, w.rows)
    kept = int(w.run("-C", w.home, "finding", "list", "--of", "m0", "--json").count("\n"))
    assert kept == w.each, kept
    row(f"a day's {w.rows:,} rows against {w.rows:,} findings: CPU ÷ against an empty store", second.cpu / first.cpu, 2,
        "≤ 2", "≤ 1.3")
    public = w.run("-C", w.home, "finding", "list", "--of", "m0", "--json").split('"')[3]
    look(w, "`finding list --of MEMBER`", ["finding", "list", "--of", "m7", "--json"])
    look(w, "`finding list --severity 1`", ["finding", "list", "--severity", "1", "--json"])
    look(w, "`finding list --state claimed`", ["finding", "list", "--state", "claimed", "--json"])
    look(w, "`finding list --issue ISSUE`, none of them", ["finding", "list", "--issue", "exposed.rdp", "--json"])
    look(w, "`finding list --feed NAME`, none of them", ["finding", "list", "--feed", "generic-iplist", "--json"])
    look(w, "`finding show`", ["finding", "show", public])
    look(w, "`finding explain`", ["finding", "explain", public])
    row("a service's metrics, from the question to the whole answer, ms", scrape(w), 0, "≤ 50", "≤ 20")
    w.feed_run(4, 1)
    last = w.feed_run(5, 1)
    left = int(w.run("-C", w.home, "finding", "list", "--of", "m1", "--json").count("\n"))
    assert left == 0, left
    row(f"a clean batch ends {w.rows - 1:,} findings, seconds", last.wall, 2, "≤ 3", "≤ 0.5")
    file = f"{w.home}/waker.db"
    print((f"\nThe store of {w.rows:,} findings takes {os.path.getsize(file) / 2**20:,.0f} MiB; " if os.path.exists(file) else "\n") +
          f"the first batch took {first.cpu:.1f} s of CPU ({first.wall:.1f} s), the second {second.cpu:.1f} s ({second.wall:.1f} s).")
    shutil.rmtree(w.home)


if __name__ == "__main__":
    main()
