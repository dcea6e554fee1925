"""What audit.sh plays: each command that changes something, then each kind of damage, done with SQLite beside Waker."""
import hashlib
import json
import os
import sqlite3
import struct
import subprocess

from play import EXAMPLES, WAKER, Ran, Story, copy, must, new_home, rows

story = Story("audit")
NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.getuid() == 0 else []
FIELDS = "id", "at", "who", "verb", "subject", "digest", "previous", "hash"
BREACH = {"Domain": "zeehaven.example", "DomainEmails": ["j.jansen@zeehaven.example"],
          "Breach": {"Name": "Acme", "AddedDate": "2026-03-01T10:00:00Z"}}


# ---- the chain as model/audit/chain.h states it, a second time

def number(n):
    return struct.pack(">q", n)


def text(s):
    s = s if isinstance(s, bytes) else s.encode()
    return number(len(s)) + s


def value_digest(place, key, salt, value):
    return hashlib.sha256(b"waker audit value 1\n" + number(place) + text(key) + text(salt) + text(value)).digest()


def row_digest(values):
    """Of [(key, digest)]."""
    all_of = b"".join(number(i) + text(key) + text(digest) for i, (key, digest) in enumerate(values))
    return hashlib.sha256(b"waker audit values 1\n" + number(len(values)) + all_of).digest()


def row_hash(r):
    return hashlib.sha256(b"waker audit row 1\n" + text(r["previous"]) + number(r["id"]) + number(r["at"]) +
                          b"".join(text(r[f]) for f in ("who", "verb", "subject", "digest"))).digest()


def audit(home):
    return [dict(zip(FIELDS, row)) for row in rows(home, "audit")]


def values(home, row):
    """[(key, value, salt, digest, erased)] of a row."""
    return [v[2:] for v in rows(home, "audit_value") if v[0] == row]


def fits(home):
    """Does every row fit, by this second implementation?"""
    previous = bytes(32)
    for i, r in enumerate(audit(home), 1):
        mine = values(home, i)
        good = all(erased or value_digest(at, key, salt, value) == digest
                   for at, (key, value, salt, digest, erased) in enumerate(mine))
        if not (good and r["id"] == i and r["previous"] == previous and row_hash(r) == r["hash"] and
                r["digest"] == row_digest([(v[0], v[3]) for v in mine])):
            return False
        previous = r["hash"]
    return True


def sql(home, *statements):
    store = sqlite3.connect(f"{home}/waker.db")
    for s in statements:
        store.execute(*([s] if isinstance(s, str) else s))
    store.commit()
    store.close()


def verify(home, *more):
    ran = Ran("-C", home, "audit", "verify", "--json", *more)
    return ran.status, json.loads(ran.out) if ran.out else {"fault": ran.err}


def is_whole(home):
    status, said = verify(home)
    return status == 0 and said["whole"] and said["fault"] is None


# ---- every change is a row

def findings(home):
    return [json.loads(line) for line in must("-C", home, "finding", "list", "--all", "--json").out.splitlines()]


def new(home, before):
    return [(r["who"], r["verb"], r["subject"]) for r in audit(home)[before:]]


def said_of(home, row):
    return {v[0]: v[1] for v in values(home, row)}


def changes(home):
    known = [f["id"] for f in findings(home) if f["state"] == "open"]
    one, two = known[0], known[1]
    by = ["--by", "j.doe"]
    held = f"{story.tmp}/2026-03-02-scan_rdp-held.csv"
    with open(held, "wb") as out:
        out.write(b"<!DOCTYPE html><html></html>")
    Ran("-C", home, "feed", "run", "shadowserver", held)
    bad = next(row[0] for row in rows(home, "batch") if row[8] == 1)
    done = next(row[0] for row in rows(home, "batch") if row[8] == 2)
    steps = [  # the command, the rows that it writes (verb, subject)
        (["finding", "acknowledge", one, "--reason", "called J. Jansen", *by], [("finding acknowledge", one)]),
        (["finding", "undo", one, *by], [("finding undo", one)]),
        (["finding", "close", one, two, *by], [("finding close", one), ("finding close", two)]),
        (["suppress", "add", one, *by], [("suppress add", "suppress 1")]),
        (["suppress", "remove", "1", *by], [("suppress remove", "suppress 1")]),
        (["batch", "discard", str(bad), *by], [("batch discard", f"batch {bad}")]),
        (["recall", str(done), "--yes", *by], [("recall", f"batch {done}")]),
        (["contact", "change", "zeehaven", "security", "--wishes", "ask for J. Jansen"], [("contact change", "zeehaven")]),
        (["member", "add", "nieuw", "Nieuw Huis", "--kind", "hospital"], [("member add", "nieuw")]),
        (["asset", "add", "nieuw", "prefix", "203.0.113.0/28"], [("asset add", "nieuw")]),
        (["asset", "remove", "nieuw", "203.0.113.0/28", "--yes"], [("asset remove", "nieuw")]),
        (["feed", "enable", "shadowserver"], [("feed enable", "shadowserver")]),
        (["feed", "disable", "shadowserver"], [("feed disable", "shadowserver")]),
        (["feed", "coverage", "hibp", "zeehaven.example", "--since", "2026-01-01"], [("feed coverage", "hibp")]),
    ]
    wrong = []
    for words, rows_of in steps:
        before = len(audit(home))
        dry = Ran("-C", home, *words, "--dry-run", USER="m.smit")
        if dry.status != 0 or len(audit(home)) != before:
            wrong.append(f"dry run of {words}: {dry}, {new(home, before)}")
        ran = Ran("-C", home, *words, USER="m.smit")
        who = "j.doe" if "--by" in words else "m.smit"
        if ran.status != 0 or new(home, before) != [(who, *r) for r in rows_of] or not is_whole(home):
            wrong.append(f"{words}: {ran}, {new(home, before)}, {verify(home)}")
    story.ok(not wrong, "each command that changes something writes its row, and its dry run none", *wrong)
    story.ok(fits(home), "the digests are those of the stated encoding, made by another program")
    row = next(r["id"] for r in audit(home) if r["verb"] == "contact change")
    said = said_of(home, row)
    story.ok(said.get("wishes") == "ask for J. Jansen" and "mail" not in said and said.get("change") == "changed",
             "a changed contact is told by the field that changed", said)
    plain = json.dumps([[r[f] for f in FIELDS[2:5]] for r in audit(home)])
    story.ok("Jansen" not in plain and "@" not in plain, "and nothing of a person stands in the chain itself", plain)


def refusals(home):
    known = [f["id"] for f in findings(home) if f["state"] == "open"]
    before = len(audit(home))
    wrong = []
    for words, status in [
            (["finding", "confirm", known[0]], 75), (["finding", "close", "--feed", "shadowserver"], 77),
            (["finding", "close", known[0], "F-000000-0"], 66), (["member", "remove", "zeehaven"], 77),
            (["member", "change", "nobody-there", "--language", "nl"], 66), (["suppress", "remove", "77"], 66),
            (["batch", "release", "999"], 66), (["feed", "enable", "no-such-feed"], 66)]:
        ran = Ran("-C", home, *words)
        if ran.status != status or len(audit(home)) != before:
            wrong.append(f"{words}: {ran} {new(home, before)}")
    story.ok(not wrong, "what is refused writes nothing", *wrong)


def imports():
    home = f"{story.tmp}/big"
    must("init", "--example", home)
    path = f"{story.tmp}/roster.json"
    assets = [{"member": "zeehaven", "kind": "prefix", "value": f"198.{18 + (i >> 8)}.{i & 255}.0/24"} for i in range(500)]
    assets += [{"member": "zeehaven", "kind": "host", "value": f"h{i}.zeehaven.example"} for i in range(700)]
    with open(path, "w", encoding="utf-8") as out:
        json.dump({"members": [{"slug": "zeehaven", "names": ["Zeehaven"], "kind": "hospital"}], "assets": assets}, out)
    ran = Ran("-C", home, "member", "import", path, "--yes")
    with open(path, "rb") as given:
        digest = hashlib.sha256(given.read()).hexdigest()
    said = said_of(home, 2)
    good = [r["verb"] for r in audit(home)] == ["init", "member import"] and said.get("sha256") == digest
    story.ok(good and said.get("assets added") == "1200" and said.get("members added") == "1",
             "an import of more than 1,000 changes is one row, with the file's digest and the counts", ran, said)
    again = Ran("-C", home, "member", "import", path, "--yes")
    story.ok(again.status == 0 and len(audit(home)) == 2, "and one that changes nothing is none", again)


# ---- damage

def renumber(home, low, by):
    """Rows from `low` on, and their values, get other numbers."""
    order = "DESC" if by > 0 else "ASC"
    store = sqlite3.connect(f"{home}/waker.db")
    for (i,) in store.execute(f"SELECT id FROM audit WHERE id >= ? ORDER BY id {order}", (low,)).fetchall():
        store.execute("UPDATE audit SET id = ? WHERE id = ?", (i + by, i))
        store.execute("UPDATE audit_value SET audit = ? WHERE audit = ?", (i + by, i))
    store.commit()
    store.close()


def swap(home, x, y):
    for a, b in ((x, -1), (y, x), (-1, y)):
        sql(home, ("UPDATE audit SET id = ? WHERE id = ?", (b, a)),
            ("UPDATE audit_value SET audit = ? WHERE audit = ?", (b, a)))


def remove(home, *ids):
    for i in ids:
        sql(home, ("DELETE FROM audit WHERE id = ?", (i,)), ("DELETE FROM audit_value WHERE audit = ?", (i,)))


def forge(home, row, **what):
    """Alter a row and make its hash anew, as who knows the encoding would."""
    r = {**audit(home)[row - 1], **what}
    sql(home, ("UPDATE audit SET who = ?, hash = ? WHERE id = ?", (r["who"], row_hash(r), row)))


def put_in(home, row):
    """A row of one's own before this one, that fits the one before it."""
    before = audit(home)[row - 2]
    renumber(home, row, 1)
    r = {**before, "id": row, "who": "nobody", "previous": before["hash"], "digest": row_digest([])}
    r["hash"] = row_hash(r)
    sql(home, (f"INSERT INTO audit ({', '.join(FIELDS)}) VALUES (?,?,?,?,?,?,?,?)", [r[f] for f in FIELDS]))


def rewrite(home):
    """All of it anew, with one name changed, and the note too: only who noted a hash elsewhere sees it."""
    previous, last = bytes(32), None
    for r in audit(home):
        last = {**r, "who": "nobody" if r["id"] == 5 else r["who"], "previous": previous}
        previous = last["hash"] = row_hash(last)
        sql(home, ("UPDATE audit SET who = ?, previous = ?, hash = ? WHERE id = ?",
                   (last["who"], last["previous"], last["hash"], r["id"])))
    with open(f"{home}/audit.head", "w", encoding="ascii") as out:
        out.write(f"{last['id']} {last['hash'].hex()}\n")


def damages(base):
    last = len(audit(base))
    valued = next(v[0] for v in rows(base, "audit_value") if v[0] > 5)
    kinds = [(f"column {f}", lambda h, f=f, v=v: sql(h, (f"UPDATE audit SET {f} = ? WHERE id = 5", (v,))), "row 5 was altered")
             for f, v in (("at", 1), ("who", "x"), ("verb", "x"), ("subject", "x"), ("digest", bytes(32)), ("previous", bytes(32)),
                          ("hash", bytes(32)), ("hash", b""))]
    kinds += [
        ("a value", lambda h: sql(h, f"UPDATE audit_value SET value = 'x' WHERE audit = {valued} AND place = 0"),
         f"row {valued} was altered: its value"),
        ("a salt", lambda h: sql(h, f"UPDATE audit_value SET salt = zeroblob(16) WHERE audit = {valued} AND place = 0"),
         f"row {valued} was altered: its value"),
        ("a value erased and not told as erased",
         lambda h: sql(h, f"UPDATE audit_value SET value = '', salt = zeroblob(0) WHERE audit = {valued} AND place = 0"),
         f"row {valued} was altered: its value"),
        ("a value's key", lambda h: sql(h, f"UPDATE audit_value SET key = 'x' WHERE audit = {valued} AND place = 0"),
         f"row {valued} was altered: its values"),
        ("a value taken away", lambda h: sql(h, f"DELETE FROM audit_value WHERE audit = {valued} AND place = 0"),
         f"row {valued} was altered: its values"),
        ("a value added", lambda h: sql(h, f"INSERT INTO audit_value VALUES ({valued}, 99, 'x', 'x', x'', x'', 1)"),
         f"row {valued} was altered: its values"),
        ("a row removed", lambda h: remove(h, 5), "row 5 is missing"),
        ("the first removed", lambda h: remove(h, 1), "row 1 is missing"),
        ("three removed", lambda h: remove(h, 5, 6, 7), "rows 5 to 7 are missing"),
        ("one removed and the rest moved up", lambda h: (remove(h, 5), renumber(h, 6, -1)),
         "row 5 is missing: what was row 6 stands in its place"),
        ("two neighbours exchanged", lambda h: swap(h, 5, 6), "row 5 and 6 changed places"),
        ("two far from each other exchanged", lambda h: swap(h, 5, 12), "row 5 and 12 changed places"),
        ("a row altered and its hash made anew", lambda h: forge(h, 5, who="nobody"), "row 5 was altered, and its hash made anew"),
        ("a row put in", lambda h: put_in(h, 5), "a row was put in before row 6, which was row 5"),
        ("the last removed", lambda h: remove(h, last), f"row {last} is missing"),
        ("the last three removed", lambda h: remove(h, last - 2, last - 1, last), f"rows {last - 2} to {last} are missing"),
        ("all removed", lambda h: sql(h, "DELETE FROM audit", "DELETE FROM audit_value"), f"rows 1 to {last} are missing"),
        ("the last altered and its hash made anew", lambda h: forge(h, last, who="nobody"),
         f"row {last} is not the one that audit.head has noted"),
        ("the last removed, and another command since",
         lambda h: (remove(h, last), must("-C", h, "feed", "enable", "hibp")), None),
        ("audit.head removed", lambda h: os.remove(f"{h}/audit.head"), "audit.head is not there"),
        ("audit.head overwritten", lambda h: open(f"{h}/audit.head", "w", encoding="ascii").close(), "audit.head is not what"),
        ("the last removed with audit.head, its values left",
         lambda h: (sql(h, f"DELETE FROM audit WHERE id > {valued - 1}"), os.remove(f"{h}/audit.head")), "audit.head is not there"),
    ]
    for what, do, says in kinds:
        home = copy(base, f"{story.tmp}/damaged")
        do(home)
        if says is None:  # the note is of the new row: only a hash that was noted elsewhere tells
            noted = audit(base)[last - 1]["hash"].hex()
            status, said = verify(home, "--noted", noted)
            story.ok(status == 7 and "no row has the hash" in said["fault"], f"{what}: seen by the hash that was noted", said)
            continue
        status, said = verify(home)
        story.ok(status == 7 and said["fault"].startswith(says) and not said["whole"], f"{what}: {says}", status, said)
    home = copy(base, f"{story.tmp}/damaged")
    noted = audit(base)[last - 1]["hash"].hex()
    rewrite(home)
    status, said = verify(home, "--noted", noted)
    story.ok(is_whole(home) and status == 7 and "no row has the hash" in said["fault"],
             "all of it made anew: seen by the hash that was noted elsewhere, and by nothing else", status, said)
    story.ok(verify(base, "--noted", noted)[0] == 0 and verify(base, "--noted", audit(base)[4]["hash"].hex())[0] == 0,
             "a hash that was noted long ago still has its row")


def no_damage(base):
    home = copy(base, f"{story.tmp}/fine")
    sql(home, "UPDATE audit_value SET value = '', salt = zeroblob(0), erased = 1 WHERE value LIKE '%Jansen%'")
    status, said = verify(home)
    story.ok(status == 0 and said["whole"] and said["erased"] > 0, "an erased value is told as erased, and the chain is whole", said)
    listed = must("-C", home, "audit", "list", "--json").out
    story.ok("(erased)" in listed and "Jansen" not in listed, "and the list says so")
    with open(f"{home}/audit.head", encoding="ascii") as note:
        before = note.read()
    must("-C", home, "feed", "enable", "hibp")
    with open(f"{home}/audit.head", "w", encoding="ascii") as note:
        note.write(before)
    ran = Ran("-C", home, "audit", "verify")
    story.ok(ran.status == 0 and "is 1 behind" in ran.err, "a note that a crash left behind is told as such, and is no damage", ran)
    must("-C", home, "feed", "disable", "hibp")
    ran = Ran("-C", home, "audit", "verify")
    story.ok(ran.status == 0 and "behind" not in ran.err, "the next command writes it anew", ran)


def at_once(home):
    one = findings(home)[0]["id"]
    before = len(audit(home))
    many = [subprocess.Popen([WAKER, "-C", home, "finding", "note", one, "--reason", f"note {i}", "--by", f"o{i}"],
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for i in range(12)]
    ended = [p.wait() for p in many]
    whos = sorted(r["who"] for r in audit(home)[before:])
    story.ok(ended == [0] * 12 and whos == sorted(f"o{i}" for i in range(12)) and is_whole(home) and fits(home),
             "twelve officers at once make one chain", ended, whos, verify(home))


def lists(home):
    of = [json.loads(line) for line in must("-C", home, "audit", "list", "--of", "zeehaven", "--json").out.splitlines()]
    who = [json.loads(line) for line in must("-C", home, "audit", "list", "--who", "j.doe", "--json").out.splitlines()]
    late = must("-C", home, "audit", "list", "--since", "2026-03-03", "--json").out
    story.ok(of and all(r["subject"] == "zeehaven" for r in of) and who and all(r["who"] == "j.doe" for r in who) and late == "",
             "the list is narrowed by subject, officer and day", of[:1], who[:1], late[:200])


# ---- looks

def looks(base):
    home = copy(base, f"{story.tmp}/looks")
    path = f"{story.tmp}/breach.json"
    with open(path, "w", encoding="utf-8") as out:
        json.dump(BREACH, out)
    ran = Ran("-C", home, "feed", "run", "hibp", path)
    leaked = [f["id"] for f in findings(home) if f["class"] == "leaked"]
    if ran.status != 0 or not leaked:
        story.ok(False, "a leaked account is a finding", ran, findings(home)[:3])
        return
    before = len(audit(home))
    shown = must("-C", home, "finding", "explain", leaked[0], USER="m.smit").out
    must("-C", home, "finding", "show", leaked[0], USER="m.smit")
    plain = next(f["id"] for f in findings(home) if f["class"] != "leaked")
    must("-C", home, "finding", "explain", plain)
    story.ok("j.jansen" in shown and new(home, before) == [("m.smit", "finding explain", leaked[0]),
                                                           ("m.smit", "finding show", leaked[0])],
             "who looks at leaked accounts is written down, who looks at an open port is not", shown[-300:], new(home, before))
    if not NOBODY:
        story.skip("a store that can only be read is read, and the look told as not written down", "not root")
        return
    before = len(audit(home))
    os.chmod(story.tmp, 0o755)
    for at, folders, files in os.walk(home):
        for name in folders + files + ["."]:
            os.chmod(os.path.join(at, name), 0o755 if os.path.isdir(os.path.join(at, name)) else 0o644)
    ran = Ran("-C", home, "finding", "explain", leaked[0], before=NOBODY)
    story.ok(ran.status == 0 and "j.jansen" in ran.out and "not in the audit" in ran.err and len(audit(home)) == before,
             "a store that can only be read is read, and the look told as not written down", ran)


def by_row():
    """What is told by the command's own row: once it is done, or before it gives anything away."""
    home = f"{story.tmp}/told"
    must("init", "--example", home, USER="m.smit")
    must("-C", home, "member", "import", f"{EXAMPLES}/roster.json", "--yes")
    scan, bad = f"{EXAMPLES}/2026-03-02-scan_rdp-example.csv", f"{story.tmp}/2026-03-02-scan_vnc-example.csv"
    listed = f"{story.tmp}/list.txt"
    with open(bad, "wb") as out:
        out.write(b"<!DOCTYPE html><html></html>")
    with open(listed, "w", encoding="ascii") as out:
        out.write("198.51.100.9 3389\n")
    by = ["--by", "j.doe"]
    story.ok([(r["who"], r["verb"]) for r in audit(home)][:1] == [("m.smit", "init")], "the home begins with who made it", audit(home)[:1])
    steps = [  # the command, its status, what the row has
        (["feed", "run", "shadowserver", scan, *by], 0, ("feed run", "shadowserver")),
        (["feed", "run", "shadowserver", bad], 65, ("feed run", "shadowserver")),
        (["feed", "run", "nosuch", scan], 66, None),
        (["feed", "fetch", "nosuch"], 66, None),
        (["feed", "new", listed, "mylist", "--write", *by], 0, ("feed new", "feed")),
        (["once", listed, "--issue", "exposed.rdp", "--title", "mail of J. Jansen", "--yes", *by], 0, ("once", "once")),
        (["once", listed, "--issue", "exposed.rdp", "--title", "mail of J. Jansen"], 77, None),
        (["contact", "export", *by], 0, ("contact export", "contact")),
        (["member", "export"], 0, ("member export", "member")),
        (["feed", "coverage", "hibp", "--missing", "--export", *by], 0, ("feed coverage --export", "hibp")),
        (["feed", "list"], 0, None),
    ]
    wrong = []
    for words, status, row in steps:
        before = len(audit(home))
        ran = Ran("-C", home, *words, USER="m.smit")
        want = [("j.doe" if "--by" in words else "m.smit", *row)] if row else []
        if ran.status != status or new(home, before) != want or not is_whole(home):
            wrong.append(f"{words}: {ran}, {new(home, before)}")
    story.ok(not wrong, "what feeds, lists and exports do is a row each; what was refused is none", *wrong)
    kept = next(os.path.join(at, f) for at, _, files in os.walk(f"{home}/archive") for f in files)
    before = len(audit(home))
    with_home = Ran("-C", home, "archive", "open", kept, "-o", f"{story.tmp}/bytes", USER="m.smit")
    without = Ran("archive", "open", kept, "-o", f"{story.tmp}/bytes2")
    story.ok(with_home.status == 0 and new(home, before) == [("m.smit", "archive open", "archive")] and
             without.status == 0 and "not in the audit" in without.err, "a look into the archive is a row, where a home is named", with_home, without)
    failed = next(r["id"] for r in audit(home) if r["verb"] == "feed run" and r["who"] == "m.smit")
    story.ok("failed" in said_of(home, failed) and fits(home), "one that failed half-way says so", said_of(home, failed))
    plain = json.dumps([[str(c) for c in r[:5]] for r in rows(home, "audit")])
    story.ok("jansen" not in plain.lower(), "what was typed stands beside the chain only")
    os.remove(f"{home}/audit.head")
    os.mkdir(f"{home}/audit.head")
    none = Ran("-C", home, "contact", "export")
    story.ok(none.status != 0 and none.out == "", "where it cannot be written down nothing is given away", none)


def main():
    home = new_home(f"{story.tmp}/home")
    with open(f"{EXAMPLES}/roster.json", encoding="utf-8") as given:
        roster = json.load(given)
    things = sum(1 + len(m.get("contacts", [])) for m in roster["members"]) + len(roster["assets"])
    story.ok(len(audit(home)) >= things and is_whole(home), "an import of fewer than 1,000 changes is a row each",
             len(audit(home)), things)
    must("-C", home, "feed", "run", "shadowserver", f"{EXAMPLES}/2026-03-02-scan_rdp-example.csv")
    must("-C", home, "feed", "run", "shadowserver", f"{EXAMPLES}/2026-03-02-scan_telnet-example.csv")
    changes(home)
    refusals(home)
    lists(home)
    damages(home)
    no_damage(home)
    looks(home)
    at_once(home)
    imports()
    by_row()


try:
    main()
finally:
    story.end()
