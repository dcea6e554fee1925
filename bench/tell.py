#!/usr/bin/env python3
"""What telling costs: how soon an urgent hit is in a mailbox, and how many letters are written a second.

usage: bench/tell.py [--waker FILE] [--folder DIR] [--runs N] [--quick | --large] [--seed S]

A home of 600 members, a service, and a real Postfix with Dovecot behind it (tests/fake/mail.sh; as root). Then each
member has an OpenPGP key of its own, and a digest for many of them leaves: beside it, in the same run, what GnuPG does alone.
"""
import glob
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone

from table import FEED, HERE, options, row

MEMBERS, DROPS, DIGEST = 600, 50, 320  # fewer than a tenth, so that no breaker holds them


def waker(o, home, *words):
    ran = subprocess.run([o.waker, "-C", home, *words], check=False, capture_output=True, text=True)
    if ran.returncode not in (0, 7):
        raise SystemExit(f"waker {' '.join(words)}: {ran.stderr}")
    return ran.stdout


def keys(o, home, members):
    """The team's key, and one for each of the first members, which somebody checked."""
    folder = f"{o.folder}/gnupg"
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder, 0o700)
    with open(f"{folder}/batch", "w", encoding="ascii") as out:
        for i in range(members):
            out.write(f"%no-protection\nKey-Type: eddsa\nKey-Curve: ed25519\nSubkey-Type: ecdh\nSubkey-Curve: cv25519\n"
                      f"Name-Email: soc@m{i}.example\nExpire-Date: 1y\n%commit\n")
    gpg = ["gpg", "--homedir", folder, "--batch"]
    subprocess.run([*gpg, "--gen-key", f"{folder}/batch"], check=True, capture_output=True)
    waker(o, home, "key", "init")
    for i in range(members):
        with open(f"{folder}/{i}.key", "wb") as out:
            out.write(subprocess.run([*gpg, "--export", f"soc@m{i}.example"], check=True, capture_output=True).stdout)
        waker(o, home, "key", "import", f"{folder}/{i}.key")
        waker(o, home, "key", "verify", str(i + 1), "--method", "call-back", "--evidence", "bench")
    subprocess.run(["gpgconf", "--homedir", folder, "--kill", "gpg-agent"], check=False)


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
    with open(f"{home}/feeds/slow.feed", "w", encoding="ascii") as out:
        out.write(FEED.format(issue="exposed.rdp").replace("lab", "slow"))
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


class Service:
    def __init__(self, o, home, now=None):
        env = dict(os.environ, **({"WAKER_NOW": now} if now else {}))
        with open(f"{home}/run.log", "ab") as log:
            self.child = subprocess.Popen([o.waker, "-C", home, "run"], stdin=subprocess.DEVNULL, stderr=log, env=env)
        while '"running":true' not in waker(o, home, "status", "--json").replace(" ", ""):
            time.sleep(0.1)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.child.send_signal(signal.SIGTERM)
        self.child.wait()


def digest(o, home, members):
    """(mails sealed a second of a digest for so many, what GnuPG does alone before and after)."""
    now = datetime.now(timezone.utc)
    with open(f"{o.folder}/slow.csv", "w", encoding="ascii") as out:
        out.write("when,ip,port\n" + "".join(f"{now:%Y-%m-%dT%H:%M:%SZ},10.{i >> 8}.{i & 255}.{7 + n},3389\n" for i in range(members) for n in range(3)))
    waker(o, home, "feed", "run", "slow", f"{o.folder}/slow.csv")
    tree = os.path.dirname(os.path.realpath(o.waker))
    team = json.loads(waker(o, home, "key", "team", "--json").splitlines()[0])["fingerprint"]

    planned = json.loads(waker(o, home, "notice", "preview", "--of", "m0", "--json").splitlines()[0])
    with open(f"{o.folder}/text", "w", encoding="utf-8") as out:  # what is sealed: the same words
        out.write("".join(planned[k] for k in ("text", "html", "csv", "jsonl")))

    def alone():
        files = sorted(glob.glob(f"{o.folder}/gnupg/*.key"))[:members]
        return float(subprocess.run([f"{tree}/seals", f"{home}/gnupg", team, f"{o.folder}/text", *files], check=True, capture_output=True, text=True).stdout)

    before = alone()
    store = sqlite3.connect(f"{home}/waker.db")
    last = store.execute("SELECT max(id) FROM job").fetchone()[0]
    due = datetime.fromtimestamp(store.execute("SELECT min(due) FROM notice WHERE message = 0 AND issue = 'exposed.rdp'").fetchone()[0] / 1e6 - 5, timezone.utc)
    with Service(o, home, f"{due:%Y-%m-%dT%H:%M:%SZ}"):
        end = time.monotonic() + 120
        while True:
            n, first, ended = store.execute("SELECT count(*), min(ended), max(ended) FROM job WHERE kind = 3 AND state = 2 AND id > ? AND ended > ?",
                                             (last, (due.timestamp() + 5) * 1e6)).fetchone()
            if n >= members or time.monotonic() > end:
                break
            time.sleep(0.5)
    return n, (n - 1) / ((ended - first) / 1e6), before, alone()


def main():
    o = options(__doc__)
    if "WAKER_TEST_MAIL_ROOT" not in os.environ:
        os.execv(f"{HERE}/../tests/fake/mail.sh", ["mail.sh", sys.executable, *sys.argv])
    os.makedirs(o.folder, exist_ok=True)
    home = os.path.join(o.folder, "tell.home")
    make(o, home)
    tree = os.path.dirname(os.path.realpath(o.waker))
    subprocess.run(["ninja", "-C", tree, "--quiet", "letter", "seals"], check=True)
    drops, many = (10, 40) if o.quick else (DROPS, DIGEST)
    print("| what | figure | accept | aim | met |\n| --- | --- | --- | --- | --- |", flush=True)
    with Service(o, home):
        times = sorted(soon(o, home, i) for i in range(drops))
    row(f"an urgent hit dropped → in the mailbox, plain: seconds, p95 of {drops}", times[int(drops * 0.95)], 2, "≤ 5", "≤ 1.5")
    make(o, home)
    shutil.rmtree(os.environ["WAKER_TEST_MAIL_ROOT"] + "/m0.example", ignore_errors=True)
    for old in glob.glob(f"{os.environ['WAKER_TEST_MAIL_ROOT']}/m*.example"):
        shutil.rmtree(old, ignore_errors=True)
    keys(o, home, max(drops, many))
    with Service(o, home):
        times = sorted(soon(o, home, i) for i in range(drops))
    row(f"an urgent hit dropped → signed and encrypted in the mailbox: seconds, p95 of {drops}", times[int(drops * 0.95)], 2, "≤ 5", "≤ 1.5")
    n, rate, before, after = digest(o, home, many)
    row(f"of a digest for {n} members, each with its own key: mails sealed a second ({rate:.1f}) ÷ what GnuPG alone does ({before:.1f} before, {after:.1f} after)",
        rate / ((before + after) / 2), 2, "≥ 0.8", "≥ 0.95")
    for findings in 1, 5, 40:
        rates = sorted(int(subprocess.run([f"{tree}/letter", str(findings), "1"], check=True, capture_output=True, text=True).stdout) for _ in range(3))
        row(f"letters of {findings} findings written a second, without crypto", rates[1], 0, "≥ 2,000", "≥ 10,000")


main()
