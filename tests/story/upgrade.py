"""What upgrade.sh plays: each stored schema of tests/fixture/schema becomes today's, and every row is compared."""
import glob
import json
import os
import re
import sqlite3
import subprocess
import sys

from play import TREE, Ran, Story, must

sys.path.append(f"{TREE}/tools")
import sqlgen  # the migrations as each store reads them

URL = os.environ.pop("WAKER_TEST_POSTGRES", "")
story = Story("upgrade")
PATHS = sorted(glob.glob(f"{TREE}/src/store/sql/migrations/*.sql"))
STEPS = [sqlgen.migration(path) for path in PATHS]  # number, name, [SQLite's, PostgreSQL's], what for
NEWEST = STEPS[-1][0]
NEVER = {1, 13, 14, 15}  # came together with the one behind it: no store was left at one of these
EMPTY = {"listing", "feed_certificate", "vanished", "recalling", "publisher_host",
         "backup", "key_chase", "mail_trouble", "call_log", "mail_signed",
         "page", "page_try", "contact_test", "archive_file", "retro", "retro_asset"}  # of Shadowserver and of https alone; empty between commands; play.sh does not come to it
NOW_CALLED = {("finding", "feeds"): "sources"}
CHECK = ["check", "--store"] if "--store" in Ran("check", "--help").out else ["store", "check"]
GROWS = {"schema_version", "audit", "audit_value"}


def tables(db):
    return [t for t, in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")]


def plain(value):
    return "\\x" + value.hex() if isinstance(value, bytes) else value


def told(db, table):
    """All rows of a table, by today's names of its columns."""
    got = db.execute(f"SELECT * FROM {table}")
    names = [NOW_CALLED.get((table, c[0]), c[0]) for c in got.description]
    return [{n: plain(v) for n, v in zip(names, row)} for row in got]


def sql(url, text):
    return subprocess.run(["psql", url, "-AtqX", "-v", "ON_ERROR_STOP=1", "-f", "-"], input=text, check=True,
                          capture_output=True, text=True).stdout


class Fixture:
    def __init__(self, path):
        with open(path, encoding="utf-8") as f:
            self.text = f.read()
        self.number = int(os.path.basename(path)[:3])
        self.head = re.match(r"-- Schema .* audit\.head: (.*)\n", self.text)[1]
        self.db = sqlite3.connect(":memory:")
        self.db.executescript(self.text)
        self.rows = {t: told(self.db, t) for t in tables(self.db)}

    def home(self, name):
        """A home whose store this is."""
        home = f"{story.tmp}/{name}-{self.number:03d}"
        must("init", "--example", home)
        os.remove(f"{home}/waker.db")
        with open(f"{home}/audit.head", "w", encoding="ascii") as out:
            out.write(self.head + "\n" if self.head else "")
        return home

    def in_a_file(self):
        home = self.home("file")
        file = sqlite3.connect(f"{home}/waker.db")
        file.executescript(self.text)
        file.close()
        return home, lambda *of: file_rows(home, of)

    def on_a_server(self):
        """As its migrations of then made the tables there, with the same rows in them."""
        sql(URL, f"CREATE DATABASE schema_{self.number}")
        url = URL.replace("/waker?", f"/schema_{self.number}?")
        lines = ["BEGIN;"] + [texts[1] for number, _, texts, _ in STEPS if number <= self.number]
        for table, rows in self.rows.items():
            lines.append(f"DELETE FROM {table};")
            was = {now: old for (t, old), now in NOW_CALLED.items() if t == table and self.number < 5}
            for row in rows:
                lines.append(f"INSERT INTO {table} ({', '.join(was.get(c, c) for c in row)}) VALUES ("
                             + ", ".join(map(literal, row.values())) + ");")
        lines.append(sqlgen.numbering([c for c in sqlgen.copies(self.db)]))
        sql(url, "\n".join([*lines, "COMMIT;"]))
        home = self.home("server")
        with open(f"{home}/waker.conf", encoding="utf-8") as conf:
            text = conf.read()
        with open(f"{home}/waker.conf", "w", encoding="utf-8") as conf:
            conf.write(text.replace("store = waker.db", f"store = {url}"))
        return home, lambda *of: server_rows(url, of)


def file_rows(home, of):
    store = sqlite3.connect(f"file:{home}/waker.db?mode=ro", uri=True)
    return {table: told(store, table) for table in of}


def server_rows(url, of):
    found = {table: [] for table in of}
    for line in sql(url, "".join(f"SELECT '{t} ' || row_to_json(x) FROM {t} x;\n" for t in of)).splitlines():
        table, row = line.split(" ", 1)
        found[table].append(json.loads(row))
    return found


def literal(value):
    return "NULL" if value is None else str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


def shape(db):
    """What a store's tables and indexes are, however they came to be."""
    return ({t: sorted((n, of, must_be, key) for _, n, of, must_be, _, key in db.execute(f"PRAGMA table_info({t})")) for t in tables(db)},
            sorted(n for n, in db.execute("SELECT name FROM sqlite_master WHERE type = 'index'")))


def lost(fixture, read):
    """What is not there any more, or is otherwise, in a few words."""
    there = read(*fixture.rows)
    for table, rows in fixture.rows.items():
        now = [{c: row[c] for c in rows[0] if c in row} for row in there[table]] if rows else []
        gone = [r for r in rows if r not in now]
        if gone:
            yield f"{table}: {len(gone)} of {len(rows)} rows, {gone[0]}"
        if table not in GROWS and len(now) > len(rows):
            yield f"{table}: {len(now)} rows instead of {len(rows)}"


def foretold(fixture, home, where):
    """A dry run says what is missing and changes nothing."""
    ran = Ran("-C", home, "store", "migrate", "--dry-run", "--json")
    said = [json.loads(line) for line in ran.out.splitlines()]
    story.ok(ran.status == 0 and [(m["migration"], m["name"], m["says"]) for m in said] ==
             [(number, name, says) for number, name, _, says in STEPS if number > fixture.number],
             f"schema {fixture.number:03d} {where}: a dry run lists what is missing, each with its sentence", ran)
    rows = {m["migration"]: m["rows"] for m in said}
    if fixture.number < 5:
        least = 7 * len(fixture.rows["finding"]) + len(fixture.rows["sighting"]) # an update, six indexes
        story.ok(least <= rows[5] < 2 * least and rows[6] == rows[7] == 0, "with the rows that it goes through", rows, least)
    if said:
        ran = Ran("-C", home, "store", "migrate", "--dry-run")
        story.ok("There is no way back" in ran.err and "waker backup" in ran.err and re.search("in about [1-9] seconds?:", ran.err),
                 "and how long it takes, and that there is no way back but a copy", ran)


def upgrade(fixture, home, read, where):
    foretold(fixture, home, where)
    ran = Ran("-C", home, "store", "migrate", "--json")
    said = json.loads(ran.out) if ran.status == 0 else {}
    story.ok((said.get("from"), said.get("to")) == (fixture.number, NEWEST), f"schema {fixture.number:03d} {where} is brought up to date", ran)
    missing = list(lost(fixture, read))
    story.ok(not missing, f"every row of its {len(fixture.rows)} tables is there, and is what it was", *missing)
    ran = Ran("-C", home, *CHECK)
    wrong = [line for line in ran.out.splitlines() if "\twrong\t" in line and not line.startswith("archive\t")]  # a fixture has none
    story.ok(ran.status == 7 and not wrong, "and its store is as it should be", ran, wrong)
    if fixture.number >= 6:
        ran = Ran("-C", home, "audit", "verify", "--json")
        story.ok(ran.status == 0, "its audit is whole, up to the head that was noted then", ran)
    ids = {f["public"]: (f["seen"], f["issue"]) for f in fixture.rows["finding"]}
    found = [json.loads(line) for which in ("--all", "--held")
             for line in must("-C", home, "finding", "list", which, "--json").out.splitlines()]
    story.ok(sorted((f["seen"], f["issue"]) for f in found) == sorted(ids.values()) and len({f["id"] for f in found}) == len(ids),
             "findings are listed as before", set(ids.values()) ^ {(f["seen"], f["issue"]) for f in found})
    ran = Ran("-C", home, "asset", "add", "m1", "prefix", "198.18.200.0/24", "--yes")
    story.ok(ran.status == 0, "and work goes on", ran)


def whole(fixture):
    """Is the fixture worth something: are its tables those of the migrations, and is there something in each?"""
    made = sqlite3.connect(":memory:")
    for number, _, texts, _ in STEPS:
        if number <= fixture.number:
            made.executescript(texts[0])
    story.ok(shape(made) == shape(fixture.db), f"migrations to {fixture.number:03d} make today what they made then")
    empty = [t for t, rows in fixture.rows.items() if not rows and t not in EMPTY]
    story.ok(not empty, "and each of its tables has a row", empty)


def newer():
    """A store that a later waker has touched is refused by whatever is typed, and stays as it is."""
    home = f"{story.tmp}/newer"
    must("init", "--example", home)
    store = sqlite3.connect(f"{home}/waker.db", isolation_level=None)
    store.execute("INSERT INTO schema_version VALUES (999, 'later', 0)")
    before = store.execute("SELECT group_concat(sql) FROM sqlite_master").fetchall()
    store.close()
    with open(f"{home}/list.txt", "w", encoding="ascii") as out:
        out.write("198.18.1.7\n")
    typed = ["member list", "member export", "asset list", "contact list", "whose 192.0.2.7", "finding list", "finding explain F-7K2QXM-5",
             "finding acknowledge F-7K2QXM-5", "feed run", "feed fetch", f"feed run generic-iplist {home}/list.txt", "batch list", "notice plan",
             "suppress list", "audit list", "audit verify", "retention plan", "person x@m1.example", "job list", "condition list",
             "status", "run", "store migrate", "store migrate --dry-run", "store copy --to postgresql:///nowhere --yes",
             f"once {home}/list.txt --title T --issue vuln.citrix --yes", f"member import {TREE}/examples/roster.json --yes"]
    wrong = [(words, ran) for words in typed for ran in [Ran("-C", home, *words.split())]
             if not ran.is_sentence(78, "schema 999", f"knows {NEWEST}", "use the newer waker")]
    story.ok(not wrong, f"a store of a newer waker is refused, in one sentence: {len(typed)} commands", *[f"{w}: {r}" for w, r in wrong])
    for words in "check", " ".join(CHECK):
        ran = Ran("-C", home, *words.split())
        story.ok(ran.status == 7 and f"schema{' ' if words == 'check' else ''}" in ran.out and "999" in ran.out and "newer" in ran.out,
                 f"`waker {words}` finds it", ran)
    after = sqlite3.connect(f"{home}/waker.db").execute("SELECT group_concat(sql) FROM sqlite_master").fetchall()
    story.ok(before == after, "and nothing is changed in it")


FIXTURES = [Fixture(path) for path in sorted(glob.glob(f"{TREE}/tests/fixture/schema/*.sql"))]
have = {f.number for f in FIXTURES}
lacks = [f"{n:03d}" for n in range(1, NEWEST) if n not in have | NEVER]
story.ok(not lacks, "each schema before the newest is kept: tests/fixture/schema/make.sh NNN writes one", lacks)
fresh = f"{story.tmp}/fresh"
must("init", "--example", fresh)
for x in FIXTURES:
    whole(x)
    at, reads = x.in_a_file()
    upgrade(x, at, reads, "in a file")
    story.ok(shape(sqlite3.connect(f"{at}/waker.db")) == shape(sqlite3.connect(f"{fresh}/waker.db")), "its tables are those of a new store")
    if URL:
        upgrade(x, *x.on_a_server(), "on a server")
    else:
        story.skip(f"schema {x.number:03d} on a server", "there is no PostgreSQL")
newer()
story.end()
