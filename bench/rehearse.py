#!/usr/bin/env python3
"""What it costs to ask what another roster would have made of the last thirty days.

usage: bench/rehearse.py [--waker FILE] [--folder DIR] [--runs N] [--quick | --large] [--seed S]

A world of its own: thirty days of four reports, of whose rows one in a hundred is a member's; the change is
one prefix that moves from one member to another. Against that stands `waker match` of the same batches, once,
out of the same archive.
"""
import glob
import os
import random
import shutil
import statistics
import subprocess

from table import MILLION, Cost, options, row

MEMBERS, EACH, DAYS = 320, 12, 30
TYPES = {"scan_telnet": 23, "scan_rdp": 3389, "scan_ftp": 21, "scan_smb": 445}


class World:
    def __init__(self, o):
        self.o, self.dice = o, random.Random(o.seed)
        self.rows = (MILLION // 10 if o.quick else MILLION) * 3 // DAYS // len(TYPES)
        self.home = os.path.join(o.folder, "rehearse.home")
        os.makedirs(o.folder, exist_ok=True)
        shutil.rmtree(self.home, ignore_errors=True)
        self.assets = [(m, f"{20 + m // 16}.{m % 16 * 16 + k}.{self.dice.randrange(256)}.0/24") for m in range(MEMBERS)
                       for k in range(EACH)]
        self.at(1)
        self.run("init", "--example", self.home)
        self.run("-C", self.home, "member", "import", self.roster("now.csv", self.assets), "--yes")

    def at(self, day):
        os.environ["WAKER_NOW"] = f"2026-03-{day:02d}T06:00:00Z"

    def run(self, *words):
        return subprocess.run([self.o.waker, *words], check=True, capture_output=True, text=True).stdout

    def path(self, name):
        return os.path.join(self.o.folder, "rehearse." + name)

    def roster(self, name, assets):
        with open(self.path(name), "w", encoding="ascii") as out:
            if name.endswith(".tsv"):
                out.writelines(f"m{m}\tprefix\t{value}\n" for m, value in assets)
            else:
                out.write("record,member,names,kind,value\n")
                out.writelines(f"member,m{m},Member {m},hospital,\n" for m in range(MEMBERS))
                out.writelines(f"asset,m{m},,prefix,{value}\n" for m, value in assets)
        return self.path(name)

    def address(self):
        if self.dice.random() < 0.01:
            return self.dice.choice(self.assets)[1].rsplit(".", 1)[0] + f".{self.dice.randrange(256)}"
        return ".".join(str(self.dice.randrange(60, 250)) for _ in range(4))

    def play(self):
        for day in range(1, DAYS + 1):
            files = []
            for kind, port in TYPES.items():
                files.append(self.path(f"2026-03-{day:02d}-{kind}-nl.csv").replace("rehearse.", ""))
                with open(files[-1], "w", encoding="ascii") as out:
                    out.write('"timestamp","ip","protocol","port","hostname","tag","asn"\n')
                    out.writelines(f'"2026-03-{day:02d} 12:00:00","{self.address()}","tcp","{port}","","{kind[5:]}","64512"\n'
                                   for _ in range(self.rows))
            self.at(day + 1)
            self.run("-C", self.home, "feed", "run", "shadowserver", *files)
            for file in files:
                os.remove(file)

    def batches(self, kind):
        """The archive's files of one report."""
        lines = [line.split("\t") for line in self.run("-C", self.home, "batch", "list", "--type", kind).splitlines()]
        place = lines[0].index("archive")
        return [os.path.join(self.home, "archive", line[place].removeprefix("archive/")) for line in lines[1:]]


def main():
    w = World(options(__doc__))
    w.play()
    members = w.roster("now.tsv", w.assets)
    changed = w.roster("changed.csv", [(m if i != 70 else 6, value) for i, (m, value) in enumerate(w.assets)])
    match = [[w.o.waker, "match", "--members", members, "--feed", "shadowserver", "--type", kind, *w.batches(kind)]
             for kind in TYPES]
    rehearse = [w.o.waker, "-C", w.home, "rehearse", changed, "--days", str(DAYS)]
    said = subprocess.run(rehearse, check=True, capture_output=True, text=True)
    moved = sum(line.startswith("moved\t") for line in said.stdout.splitlines())
    assert moved > 0, said.stdout + said.stderr
    runs = [(sum(Cost(c).cpu for c in match), Cost(rehearse)) for _ in range(w.o.runs or 5)]
    print("| what | figure | accept | aim | met |\n| --- | --- | --- | --- | --- |")
    row(f"`rehearse` of one moved prefix over {DAYS} days, {DAYS * len(TYPES)} batches of {w.rows:,} rows: CPU ÷ matching them once",
        statistics.median(r.cpu / m for m, r in runs), 2, "≤ 1.5", "≤ 1.1")
    print(f"\n{moved} findings would be another member's. Matching took {statistics.median(m for m, _ in runs):.2f} s of CPU, "
          f"the rehearsal {statistics.median(r.cpu for _, r in runs):.2f} s.")
    shutil.rmtree(w.home)
    for left in glob.glob(w.path("*")):
        os.remove(left)


if __name__ == "__main__":
    main()
