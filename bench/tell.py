#!/usr/bin/env python3
"""What telling costs: how soon an urgent hit is in a mailbox, and how many letters are written a second.

usage: bench/tell.py [--waker FILE] [--folder DIR] [--runs N] [--quick | --large] [--seed S]

A home of 600 members, a service, and a real Postfix with Dovecot behind it (tests/fake/mail.sh; as root).
"""
import glob
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone

from table import FEED, HERE, options, row

MEMBERS, DROPS = 600, 50  # fewer than a tenth, so that no breaker holds them


def waker(o, home, *words):
    ran = subprocess.run([o.waker, "-C", home, *words], check=False, capture_output=True, text=True)
    if ran.returncode not in (0, 7):
        raise SystemExit(f"waker {' '.join(words)}: {ran.stderr}")
    return ran.stdout


def make(o, home):
    shutil.rmtree(home, ignore_errors=True)
    os.environ.pop("WAKER_NOW", None)
    os.environ.update(WAKER_FEEDS=f"{o.folder}/none", WAKER_WARNINGLISTS=f"{o.folder}/none")
    subprocess.run([o.waker, "init", "--example", home], check=True, capture_output=True)
    with open(f"{o.folder}/tell.csv", "w", encoding="ascii") as out:
        out.write("record,member,names,kind,role,mail,value\n")
        for i in range(MEMBERS):
            out.write(f"member,m{i},Member {i},hospital,,,\ncontact,m{i},,,security,soc@m{i}.example,\nasset,m{i},,prefix,,,10.{i >> 8}.{i & 255}.0/24\n")
    waker(o, home, "member", "import", f"{o.folder}/tell.csv", "--yes")
    with open(f"{home}/waker.conf", encoding="utf-8") as old:
        text = old.read()
    for was, now in (("send = off", "send = relay"), ("relay = none", f"relay = smtp://127.0.0.1:{os.environ['WAKER_TEST_MAIL_SMTP']}"),
                     ("relay_enforces = no", "relay_enforces = yes"), ("from = none", "from = cert@z.example"),
                     ("authorities = system", f"authorities = {os.environ['WAKER_TEST_MAIL_CA']}")):
        text = text.replace(was, now)
    with open(f"{home}/waker.conf", "w", encoding="utf-8") as new:
        new.write(text)
    with open(f"{home}/feeds/lab.feed", "w", encoding="ascii") as out:
        out.write(FEED.format(issue="vuln.exchange"))
    os.makedirs(f"{home}/inbox/lab")
    waker(o, home, "notice", "mode", "on")


def soon(o, home, i):
    """Seconds from a file that is renamed into the inbox to a mail in the mailbox."""
    when = (datetime.now(timezone.utc) - timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    with open(f"{home}/inbox/lab/.{i}.csv", "w", encoding="ascii") as out:
        out.write(f"when,ip,port\n{when},10.{i >> 8}.{i & 255}.7,443\n")
    begun = time.monotonic()
    os.rename(f"{home}/inbox/lab/.{i}.csv", f"{home}/inbox/lab/{i}.csv")
    while not glob.glob(f"{os.environ['WAKER_TEST_MAIL_ROOT']}/m{i}.example/soc/new/*"):
        if time.monotonic() - begun > 60:
            raise SystemExit("no mail came within a minute")
        time.sleep(0.002)
    return time.monotonic() - begun


def main():
    o = options(__doc__)
    if "WAKER_TEST_MAIL_ROOT" not in os.environ:
        os.execv(f"{HERE}/../tests/fake/mail.sh", ["mail.sh", sys.executable, *sys.argv])
    os.makedirs(o.folder, exist_ok=True)
    home = os.path.join(o.folder, "tell.home")
    make(o, home)
    with open(f"{home}/run.log", "ab") as log:
        child = subprocess.Popen([o.waker, "-C", home, "run"], stdin=subprocess.DEVNULL, stderr=log)
    try:
        while '"running":true' not in waker(o, home, "status", "--json").replace(" ", ""):
            time.sleep(0.1)
        times = sorted(soon(o, home, i) for i in range(10 if o.quick else DROPS))
    finally:
        child.send_signal(signal.SIGTERM)
        child.wait()
    print("| what | figure | accept | aim | met |\n| --- | --- | --- | --- | --- |")
    row(f"an urgent hit dropped → in the mailbox, without crypto: seconds, p95 of {len(times)}", times[int(len(times) * 0.95)], 2, "≤ 5", "≤ 1.5")
    tree = os.path.dirname(os.path.realpath(o.waker))
    subprocess.run(["ninja", "-C", tree, "--quiet", "letter"], check=True)
    for findings in 1, 5, 40:
        rates = sorted(int(subprocess.run([f"{tree}/letter", str(findings), "1"], check=True, capture_output=True, text=True).stdout) for _ in range(3))
        row(f"letters of {findings} findings written a second, without crypto", rates[1], 0, "≥ 2,000", "≥ 10,000")


main()
