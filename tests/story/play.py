"""What the stories in Python share: TAP lines, homes in a private folder, runs of waker, and what a store holds."""
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile

WAKER = os.path.realpath(sys.argv[1])
TREE = os.path.realpath(os.path.join(os.path.dirname(__file__), "../.."))
EXAMPLES = f"{TREE}/examples"
SOAK = "WAKER_SOAK" in os.environ
NOW = "2026-03-02T12:00:00Z"
SECONDS = 120  # that one command may take
for name in "WAKER_HOME", "LD_PRELOAD", "MALLOC_PERTURB_":
    os.environ.pop(name, None)
os.environ.update(WAKER_FEEDS=f"{TREE}/feeds", WAKER_ADVICE=f"{TREE}/advice", WAKER_NOW=NOW, LC_ALL="C")


FEED = """[feed]
name = {name}
provider = the story
role = victims
presence = {presence}
tlp = AMBER
[format]
kind = delimited
header = yes
{format}[columns]
when = time.source
ip = source.ip
name = source.fqdn
how = -
port = source.port
transport = protocol.transport
what = classification.identifier
{columns}[select]
ip = address
name = name by how
{select}[set]
classification.taxonomy = vulnerable
classification.type = vulnerable-system
[issue]
{issues}"""


def feed_file(name, presence, issues, **more):
    """A feed file whose records say which of the issues ({what: issue}) they are about. `more`: lines of these sections."""
    lines = {section: "".join(f"{line}\n" for line in more.get(section, ())) for section in ("format", "columns", "select")}
    return FEED.format(name=name, presence=presence, **lines,
                       issues="".join(f"{issue} = classification.identifier is {what}\n" for what, issue in issues.items()))


def memory():
    """A folder in memory, where there is room: a story that syncs often waits there for nobody."""
    try:
        room = os.statvfs("/dev/shm")
        return "/dev/shm" if room.f_bavail * room.f_frsize > 1 << 28 and os.access("/dev/shm", os.W_OK) else None
    except OSError:
        return None


class Story:
    """Counts, says, and has a folder that goes with it."""

    def __init__(self, name):
        self.name, self.count, self.tmp = name, 0, tempfile.mkdtemp(dir=memory())

    def ok(self, good, sentence, *why):
        self.count += 1
        print(f"{'ok' if good else 'not ok'} {self.count} - {self.name}: {sentence}", flush=True)
        for line in why if not good else ():
            print("# " + str(line).replace("\n", "\n# ")[:1500], flush=True)

    def skip(self, sentence, why):
        self.count += 1
        print(f"ok {self.count} - {self.name}: {sentence} # SKIP {why}", flush=True)

    def end(self):
        shutil.rmtree(self.tmp, ignore_errors=True)
        print(f"1..{self.count}")


class Ran:
    """One command that has ended: status (negative: of that signal), out, err."""

    def __init__(self, *words, before=(), **env):
        done = subprocess.run([*before, WAKER, *words], stdin=subprocess.DEVNULL, capture_output=True, check=False,
                              env={**os.environ, **env}, timeout=SECONDS)
        self.status = done.returncode
        self.out, self.err = done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")

    def __str__(self):
        return f"status {self.status}\n{self.out[-400:]}{self.err[-800:]}"

    def is_sentence(self, status, *parts):
        """One line that names the program, the last (remarks may stand before it), and it says all of these."""
        mine = [line for line in self.err.splitlines() if line.startswith("waker ")]
        return (self.status == status and len(mine) == 1 and self.err.endswith(mine[0] + "\n") and
                all(p in mine[0] for p in parts))


def must(*words, **how):
    ran = Ran(*words, **how)
    if ran.status != 0:
        print(f"Bail out! waker {' '.join(words)}: {ran}")
        sys.exit(1)
    return ran


def new_home(path):
    """A home with the roster of the examples."""
    must("init", "--example", path)
    must("-C", path, "member", "import", f"{EXAMPLES}/roster.json", "--yes")
    return path


def copy(home, to):
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(home, to)
    return to


def rows(home, table, leave=()):
    """All rows of a table, as another reader of SQLite sees them."""
    store = sqlite3.connect(f"file:{home}/waker.db?mode=ro", uri=True)
    try:
        got = store.execute(f"SELECT * FROM {table}")  # the names are ours
        keep = [i for i, column in enumerate(got.description) if column[0] not in leave]
        return sorted(tuple(row[i] for i in keep) for row in got)
    finally:
        store.close()


def kept(home):
    """All that the feeds brought: but public ids, which are drawn, and what lies in the archive."""
    all_of = {t: rows(home, t, ("public",)) for t in ("feed", "batch", "batch_junk", "finding", "sighting", "evidence",
                                                   "finding_change", "heard", "suppress")}
    all_of["archive"] = sorted(os.path.relpath(os.path.join(at, f), home)
                               for at, _, files in os.walk(f"{home}/archive") for f in files)
    return all_of


def is_sound(home):
    store = sqlite3.connect(f"file:{home}/waker.db?mode=ro", uri=True)
    try:
        return (store.execute("PRAGMA integrity_check").fetchall() == [("ok",)] and
                store.execute("PRAGMA foreign_key_check").fetchall() == [])
    finally:
        store.close()


def differs(a, b):
    """Where two results differ, in a few words; empty where they are the same."""
    return "; ".join(f"{key}: {str(a[key])[:300]} instead of {str(b[key])[:300]}" for key in a if a[key] != b[key])
