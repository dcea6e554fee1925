"""What backup.sh compares and does to backups: homes row by row and file by file, manifests made anew, stores that were harmed."""
import hashlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time
from datetime import datetime, timedelta, timezone

from play import WAKER, Ran

HEAD = "when,ip,name,how,port,transport,what\n"
TODAY = datetime.now(timezone.utc).replace(microsecond=0)
# What a restore changes by design: the place of jobs, who works, the row of the audit that tells of it.
MOVES = ("job", "worker", "audit", "audit_value", "backup", "condition")


def records(seed, count=400):
    """Records of the last hours, some of them members'."""
    chance, lines = random.Random(seed), []
    for _ in range(count):
        when = TODAY - timedelta(seconds=chance.randrange(40 * 3600))
        lines.append(f"{when:%Y-%m-%d %H:%M:%S},198.18.{chance.randrange(1, 9)}.{chance.randrange(256)},,,{chance.choice([443, 3389])},tcp,rdp\n")
    return HEAD + "".join(lines)


def whole(place):
    """The backups in a place that pass for whole, oldest first."""
    return sorted(n for n in os.listdir(place) if n[0] != "." and os.path.exists(f"{place}/{n}/manifest") and not n.endswith(".part"))


def newest(place):
    return f"{place}/{whole(place)[-1]}"


def tables(path, leave=MOVES):
    """All rows of all tables of a store in a file, as another reader of SQLite sees them."""
    store = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        names = [n for n, in store.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")]
        return {n: sorted(map(repr, store.execute(f"SELECT * FROM {n}"))) for n in names if n not in leave}  # the names are ours
    finally:
        store.close()


def files(home, parts=("archive", "feeds", "warninglists", "inbox")):
    """{path: (digest, mode, microseconds)} of what lies in these folders of a home or backup."""
    found = {}
    for part in parts:
        for at, _, names in os.walk(f"{home}/{part}"):
            for name in names:
                path, st = f"{at}/{name}", os.stat(f"{at}/{name}")
                with open(path, "rb") as f:
                    found[os.path.relpath(path, home)] = (hashlib.sha256(f.read()).hexdigest(), st.st_mtime_ns // 1000 if part != "archive" else 0)
    return found


def looks(node_or_home):
    """What officers see of it."""
    run = node_or_home.run if hasattr(node_or_home, "run") else lambda *words: Ran("-C", node_or_home, *words)
    return {" ".join(words): str((ran := run(*words)).status) + ran.out for words in
            (("finding", "list", "--all", "--json"), ("notice", "plan", "--json"), ("member", "export", "--as", "json"), ("batch", "list", "--json"))}


def remade(folder, change):
    """The manifest with its lines changed, and a digest that fits again: as no accident makes it."""
    path = f"{folder}/manifest"
    with open(path, "rb") as f:
        text = f.read()
    body = change(text[:text.rindex(b"end ")])
    with open(path, "wb") as f:
        f.write(body + b"end " + hashlib.sha256(body).hexdigest().encode() + b"\n")


def altered(path, text):
    """What something else than Waker did to a store in a file: it asks for no foreign keys."""
    store = sqlite3.connect(path)
    store.executescript(text)
    store.close()


NEW = ("key_told", "key_step", "key_year", "key_master")  # what the last migration made, in the order in which it goes
WAS = ("ALTER TABLE team_key DROP COLUMN since; ALTER TABLE team_key DROP COLUMN revoked; "
       "CREATE UNIQUE INDEX team_key_now ON team_key (kind) WHERE ended = 0; ")  # and what else it changed


def older(folder):
    """What a waker of before had made: the store without its last migration, and a manifest that says so."""
    store = sqlite3.connect(f"{folder}/waker.db")
    newest = store.execute("SELECT max(version) FROM schema_version").fetchone()[0]
    store.close()
    altered(f"{folder}/waker.db", "".join(f"DROP TABLE {table}; " for table in NEW) + WAS +
            f"DELETE FROM schema_version WHERE version = {newest}; PRAGMA wal_checkpoint(TRUNCATE)")
    with open(f"{folder}/waker.db", "rb") as f:
        data = f.read()

    def change(text):
        lines = [line for line in text.splitlines(True) if not any(line.startswith(b"rows %s " % table.encode()) for table in NEW)]
        lines = [b"schema %d\n" % (newest - 1) if line.startswith(b"schema ") else b"rows schema_version %d\n" % (newest - 1) if line.startswith(b"rows schema_version ") else line for line in lines]
        return b"".join(b"file %s %d 0 waker.db\n" % (hashlib.sha256(data).hexdigest().encode(), len(data)) if line.endswith(b" waker.db\n") else line for line in lines)

    remade(folder, change)


def harm(path, at=None):
    """One bit of a file."""
    os.chmod(path, 0o600)
    size = os.path.getsize(path)
    with open(path, "r+b") as f:
        f.seek(size // 2 if at is None else at)
        byte = f.read(1)
        f.seek(-1, 1)
        f.write(bytes([byte[0] ^ 4]))


def copied(folder, to):
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(folder, to)
    return to


def killed(seconds, *words):
    """A command that is killed after so long; True: it was still at work."""
    child = subprocess.Popen([WAKER, *words], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    hit = child.poll() is None
    if hit:
        child.send_signal(signal.SIGKILL)
    child.wait()
    return hit


def took(*words):
    begun = time.monotonic()
    ran = Ran(*words)
    return time.monotonic() - begun, ran


def wrong_of(ran):
    """The checks that are not well, of `check --store --json`."""
    return {row["what"]: row["says"] for row in map(json.loads, ran.out.splitlines()) if row["state"] != "ok"}
