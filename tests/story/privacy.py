"""What privacy.sh plays: `waker retention` over years, also where a removal fails, and `waker person`."""
import datetime
import json
import os
import random
import signal
import sqlite3
import subprocess
import time

from play import EXAMPLES, NOW, SOAK, TREE, WAKER, Ran, Story, copy, must, new_home, rows

story = Story("privacy")
BREACH = {"Domain": "zeehaven.example", "DomainEmails": ["j.jansen@zeehaven.example"],
          "Breach": {"Name": "Acme", "AddedDate": "2026-03-01T10:00:00Z"}}
START = datetime.datetime.fromisoformat(NOW[:-1])


def later(days):
    return {"WAKER_NOW": (START + datetime.timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")}


def sql(home, *statements):
    store = sqlite3.connect(f"{home}/waker.db")
    for s in statements:
        store.execute(s)
    store.commit()
    store.close()


def objects(ran):
    return [json.loads(line) for line in ran.out.splitlines()]


def plan(home, days):
    return {p["kept"]: p["due"] for p in objects(must("-C", home, "retention", "plan", "--json", **later(days)))}


def due(home, days):
    return {kept: n for kept, n in plan(home, days).items() if n > 0}


def files(home):
    return sorted(os.path.relpath(os.path.join(at, f), f"{home}/archive")
                  for at, _, names in os.walk(f"{home}/archive") for f in names)


def batches(home):
    """{number: (state, archive)}"""
    return {row[0]: (row[8], row[12]) for row in rows(home, "batch")}


def whole(home):
    return json.loads(Ran("-C", home, "audit", "verify", "--json").out)


def findings(home):
    return objects(must("-C", home, "finding", "list", "--all", "--json"))


def make(home):
    for report in "scan_rdp", "scan_telnet":
        must("-C", home, "feed", "run", "shadowserver", f"{EXAMPLES}/2026-03-02-{report}-example.csv")
    secret = f"{story.tmp}/2026-03-02-compromised_account-x.csv"
    with open(secret, "w", encoding="utf-8") as out:
        out.write('"timestamp","email","detail"\n"2026-03-02 01:02:03","k.bakker@zeehaven.example","hunter2"\n')
    must("-C", home, "feed", "run", "shadowserver", secret)
    held = f"{story.tmp}/2026-03-02-scan_rdp-held.csv"
    with open(held, "wb") as out:
        out.write(b"<!DOCTYPE html><html></html>")
    Ran("-C", home, "feed", "run", "shadowserver", held)
    breach = f"{story.tmp}/breach.json"
    with open(breach, "w", encoding="utf-8") as out:
        json.dump(BREACH, out)
    must("-C", home, "feed", "run", "hibp", breach)
    return home


# ---- retention

def terms(home):
    table = objects(must("-C", home, "retention", "plan", "--json"))
    story.ok(len(table) >= 8 and all(p["purpose"] and p["ground"] and p["days"] > 0 for p in table),
             "every term has a purpose and a ground", table)
    story.ok(due(home, 0) == {}, "nothing is due on the first day", due(home, 0))
    done = [b for b in batches(home).values() if b[0] == 2]
    sealed = sum(1 for _, path in done if path.endswith(".sealed"))
    at = [plan(home, days) for days in (29, 30, 399, 400)]
    story.ok([p["sealed"] for p in at] == [0, sealed, sealed, sealed] and sealed > 0 and
             [p["archive"] for p in at] == [0, 0, 0, len(done) - sealed] and len(done) > sealed,
             "the bytes of a feed with secrets are due after 30 days, others after 400", at, done)


def own_terms(base):
    """A feed file may say fewer days than all have, and never more."""
    home = copy(base, f"{story.tmp}/own")
    text = open(f"{TREE}/feeds/shadowserver.feed", encoding="utf-8").read()
    own = lambda days: open(f"{home}/feeds/shadowserver.feed", "w", encoding="utf-8").write(text.replace("[feed]\n", f"[feed]\nkeep = {days} days\n", 1))
    own(20)
    done = {n: path for n, (state, path) in batches(home).items() if state == 2}
    ours = next(number for number, name in rows(home, "feed") if name == "shadowserver")
    of = {row[0] for row in rows(home, "batch") if row[1] == ours} & done.keys()
    sealed = {n for n in of if done[n].endswith(".sealed")}
    kinds = "archive/shadowserver", "sealed/shadowserver", "archive", "sealed"
    at = [[plan(home, days)[kind] for kind in kinds] for days in (19, 20, 30, 400)]
    plain, closed = len(of - sealed), len(sealed)
    all_sealed = sum(path.endswith(".sealed") for path in done.values())
    story.ok(at == [[0, 0, 0, 0], [plain, closed, 0, 0], [plain, 0, 0, all_sealed], [0, 0, len(done) - all_sealed, all_sealed]] and plain and closed,
             "a feed's own term goes before that of all, and each file is due by one of them", at, of, sealed)
    must("-C", home, "retention", "apply", "--yes", **later(20))
    now = batches(home)
    row = max(r for r in rows(home, "audit") if r[3] == "retention apply")
    said = {v[2]: int(v[3]) for v in rows(home, "audit_value") if v[0] == row[0]}
    story.ok(all((now[n][1] == "") == (n in of) for n in done) and not {done[n] for n in of} & set(files(home)) and
             said == {"archive": plain, "sealed": closed} and due(home, 20) == {},
             "its files go, those of others stay, and the audit has the counts", now, said)
    own(90)
    story.ok("sealed/shadowserver" not in plan(home, 0) and "archive/shadowserver" in plan(home, 0), "what is sealed never waits longer than 30 days")
    for wrong in 0, 401:
        own(wrong)
        ran = Ran("-C", home, "feed", "show", "shadowserver")
        story.ok(ran.is_sentence(78, "shadowserver.feed", "1 to 400 days"), f"{wrong} days are no term", ran)
    ran = Ran("-C", home, "retention", "plan", **later(20))
    story.ok(ran.status == 0 and "feed shadowserver cannot be read" in ran.err, "a feed file that cannot be read is said", ran)


def apply(base):
    home = copy(base, f"{story.tmp}/apply")
    must("-C", home, "finding", "close", "--of", "zeehaven", "--yes", "--reason", "called J. Jansen")
    before, here = batches(home), files(home)
    dry = Ran("-C", home, "retention", "apply", "--dry-run", **later(800))
    no = Ran("-C", home, "retention", "apply", **later(800))
    story.ok(dry.status == 0 and no.status == 77 and files(home) == here and batches(home) == before and
             not any(r[3] == "retention apply" for r in rows(home, "audit")),
             "without a yes nothing goes, nor in a dry run", dry, no)
    would = due(home, 800)
    ran = Ran("-C", home, "retention", "apply", "--yes", **later(800))
    now = batches(home)
    held = [path for state, path in before.values() if state == 1]
    story.ok(ran.status == 0 and files(home) == held and len(held) == 1, "the files go, but what is held", ran, files(home), held)
    story.ok(now.keys() == before.keys() and all(path == "" if state == 2 else path for state, path in now.values()),
             "the batches stay, and say that their bytes are gone", now)
    row = max(r for r in rows(home, "audit") if r[3] == "retention apply")
    said = {v[2]: int(v[3]) for v in rows(home, "audit_value") if v[0] == row[0]}
    story.ok(said == would and due(home, 800) == {}, "one row of the audit has the counts that the plan had", said, would)
    verdict = whole(home)
    story.ok(verdict["whole"] and verdict["erased"] == would["audit"], "the audit's values are erased, its chain is whole", verdict)
    again = Ran("-C", home, "retention", "apply", "--yes", **later(800))
    story.ok(again.status == 0 and len(rows(home, "audit")) == row[0], "the second time nothing is done, and nothing told", again)
    text = open(f"{home}/waker.db", "rb").read()
    live = [f for f in findings(home) if f["state"] != "closed"]
    why = must("-C", home, "finding", "explain", live[0]["id"]).out if live else ""
    story.ok(live and "bytes were kept their time and are gone" in why, "what is still open is explained without them", why[:600])
    story.ok(b"j.jansen@" not in text, "the leaked account of what was closed is nowhere in the store", text.count(b"j.jansen@"))


def fails_half_way(base):
    home = copy(base, f"{story.tmp}/fails")
    done = sorted(path for state, path in batches(home).values() if state == 2 and not path.endswith(".sealed"))
    last = f"{home}/archive/{done[-1]}"
    os.remove(last)
    os.makedirs(f"{last}/x")  # what cannot be removed as a file
    before, told = batches(home), len(rows(home, "audit"))
    ran = Ran("-C", home, "retention", "apply", "--yes", **later(800))
    story.ok(ran.status == 71 and batches(home) == before and len(rows(home, "audit")) == told,
             "where a removal fails, no batch says that its bytes are gone, and the audit tells of nothing", ran)
    os.rmdir(f"{last}/x")
    os.rmdir(last)
    ran = Ran("-C", home, "retention", "apply", "--yes", **later(800))
    left = [path for state, path in batches(home).values() if state == 2 and path]
    story.ok(ran.status == 0 and not left and due(home, 800) == {} and whole(home)["whole"],
             "the next time does the rest, also of files that are gone already", ran, left)


def killed(base):
    """Whenever it is killed: no file stays that no batch names, and the next time does the rest."""
    chance, wrong, cut = random.Random(5), [], 0
    for i in range(200 if SOAK else 25):
        home = copy(base, f"{story.tmp}/killed")
        run = subprocess.Popen([WAKER, "-C", home, "retention", "apply", "--yes"], stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, env={**os.environ, **later(800)})
        time.sleep(chance.uniform(0, 0.03))
        run.send_signal(signal.SIGKILL)
        cut += run.wait() != 0
        named = {path for _, path in batches(home).values()}
        status = Ran("-C", home, "audit", "verify").status
        if not set(files(home)) <= named or status != 0:
            wrong.append((i, files(home), named, status))
        again = Ran("-C", home, "retention", "apply", "--yes", **later(800))
        if again.status != 0 or due(home, 800) or not whole(home)["whole"]:
            wrong.append((i, str(again), due(home, 800), whole(home)))
    story.ok(not wrong and cut > 0, "killed at any moment, it leaves no file that no batch names, and the next time does the rest",
             cut, *wrong[:3])


def shared(base):
    home = copy(base, f"{story.tmp}/shared")
    path = next(p for state, p in batches(home).values() if state == 2)
    sql(home, f"UPDATE batch SET archive = '{path}' WHERE state = 1")
    must("-C", home, "retention", "apply", "--yes", **later(800))
    story.ok(path in files(home) and all(p == path for state, p in batches(home).values() if p),
             "bytes that a held batch shares with one that is done are kept", files(home))


def reasons(base):
    """What officers wrote goes too, also where a recall put it into the history of what it voided."""
    home = copy(base, f"{story.tmp}/reasons")
    one = next(f["id"] for f in findings(home) if f["state"] == "open")
    must("-C", home, "suppress", "add", one, "--reason", "Piet Bakker says so", "--by", "p.bakker")
    must("-C", home, "suppress", "remove", "1")
    done = next(str(n) for n, (state, path) in batches(home).items() if state == 2 and not path.endswith(".sealed"))
    must("-C", home, "recall", done, "--yes", "--reason", "Piet Bakker called")
    where = {h["where"]: h["until"] for h in person(home, "piet bakker")}
    day = later(730)["WAKER_NOW"]
    story.ok(where.keys() == {"batches", "suppress", "history", "audit"} and all(u == day for u in where.values()),
             "what an officer wrote is found in batches, false alarms and histories, with the day on which it goes", where, day)
    must("-C", home, "retention", "apply", "--yes", **later(730))
    text = open(f"{home}/waker.db", "rb").read()
    story.ok(b"piet bakker" not in text.lower() and person(home, "Piet Bakker", 730) == [] and whole(home)["whole"],
             "and is nowhere in the store then, the search for it included")


def leaves(base):
    home = copy(base, f"{story.tmp}/leaves")
    must("-C", home, "member", "change", "zeehaven", "--until", "2026-03-10")
    had = len(rows(home, "contact"))
    story.ok(plan(home, 37)["contacts"] == 0 and plan(home, 38)["contacts"] == 1, "contacts go 30 days after their member left",
             plan(home, 38))
    must("-C", home, "retention", "apply", "--yes", **later(38))
    story.ok(len(rows(home, "contact")) == had - 1, "and only those")


# ---- a person

def person(home, search, days=0, **env):
    return objects(must("-C", home, "person", search, "--json", **later(days), **env))


def persons(base):
    home = copy(base, f"{story.tmp}/person")
    soc = person(home, "SOC@zeehaven")
    where = {h["where"] for h in soc}
    story.ok({"contact", "audit"} <= where and all("soc@zeehaven" in h["value"] for h in soc),
             "a mail address is found in the contacts and in the audit, in capitals too", soc)
    leak = person(home, "j.jansen@zeehaven.example")
    account = [h for h in leak if h["where"] == "accounts"]
    story.ok(len(account) == 1 and account[0]["id"].startswith("F-") and account[0]["until"] is None and
             account[0]["term"] == "30 days since the finding is over", "a leaked account is found, and kept while its finding is open", leak)
    must("-C", home, "finding", "close", account[0]["id"], "--as", "fixed", "--reason", "J. Jansen called")
    account = [h for h in person(home, "j.jansen@zeehaven.example") if h["where"] == "accounts"]
    story.ok(account and account[0]["until"].startswith("2026-04-01"), "and 30 days from the day on which it is over", account)
    notes = {h["where"] for h in person(home, "J. Jansen")}
    story.ok({"history", "audit"} <= notes, "a name is found in reasons and notes", notes)
    last = max(rows(home, "audit"))
    plain = json.dumps([[str(c) for c in r[:5]] for r in rows(home, "audit")])
    story.ok(last[3:5] == ("person", "person") and "jansen" not in plain.lower(),
             "the search is a row of the audit, and what was looked for stands beside it only", last)
    story.ok(whole(home)["whole"], "which stays whole", whole(home))
    story.ok(person(home, "%%%") == [] and person(home, "___") == [], "a sign that means anything to the store means itself here")
    before = len(rows(home, "audit"))
    short = Ran("-C", home, "person", "j")
    story.ok(short.status == 64 and len(rows(home, "audit")) == before, "one letter is no search", short)


def erases(base):
    """One whose account leaked, who is a contact, vouched for something, and is named in an officer's notes."""
    home, who = copy(base, f"{story.tmp}/erase"), "j.jansen@zeehaven.example"
    must("-C", home, "contact", "add", "zeehaven", "--role", "security", "--name", "J. Jansen", "--mail", who, "--yes")
    must("-C", home, "asset", "add", "zeehaven", "account", who, "--yes")
    leaked = [h["id"] for h in person(home, who) if h["where"] == "accounts"][0]
    must("-C", home, "finding", "note", leaked, "--reason", f"called {who}", "--by", "anna")
    had = person(home, who)
    places = {h["where"] for h in had}
    story.ok({"contact", "asset", "accounts", "history", "audit", "archive"} <= places, "a person stands in many places", places)
    batch = next(h for h in had if h["where"] == "archive")
    story.ok(batch["value"] in files(home) and batch["until"].startswith("2027-04-06"), "batches that have it are named, with their day", batch)
    words = ["-C", home, "person", who.upper(), "--erase"]
    for more, says in ([], "--reason TEXT"), (["--reason", f"{who} asks"], "must not say again"):
        ran = Ran(*words, *more, "--yes")
        story.ok(ran.status == 64 and says in ran.err, f"erase: {says}", ran)
    before = {t: rows(home, t) for t in ("contact", "asset", "evidence", "finding_change")}
    dry = Ran(*words, "--reason", "request 17", "--dry-run", "--json")
    no = Ran(*words, "--reason", "request 17")
    story.ok(dry.status == 0 and no.status == 77 and {t: rows(home, t) for t in before} == before and
             {h["where"] for h in objects(dry)} == places, "without a yes nothing is erased, and all of it shown", dry, no)
    done = must(*words, "--reason", "request 17", "--by", "anna", "--yes", "--json")
    kept = [h for h in objects(done) if not h["erased"]]
    story.ok({h["where"] for h in kept} == {"archive"} and all(h["says"] and h["until"] for h in kept), "what stays is said, with the reason", kept)
    text = b"".join(open(f"{home}/{name}", "rb").read() for name in os.listdir(home) if name.startswith("waker.db"))
    story.ok(who.encode() not in text.lower() and person(home, who) == [], "it is nowhere in the store then", text.lower().count(who.encode()))
    row = max(r for r in rows(home, "audit") if r[3] == "person --erase")
    said = {v[2]: v[3] for v in rows(home, "audit_value") if v[0] == row[0]}
    story.ok(row[2] == "anna" and said["reason"] == "request 17" and said["contact"] == "1" and said["accounts"] == "1" and
             str(batch["id"]) in said["batches that keep it"].split(", "), "the audit has counts, and who did it", row, said)
    story.ok(whole(home)["whole"] and whole(home)["erased"] > 0, "and is whole", whole(home))
    shown = must("-C", home, "finding", "explain", leaked).out
    story.ok("erased" in shown and who not in shown, "the finding lives on without it", shown[:500])
    must("-C", home, "member", "export")
    story.ok(Ran("-C", home, "feed", "run", "shadowserver", f"{EXAMPLES}/2026-03-02-scan_rdp-example.csv").status == 0, "and so does the roster")
    officer = objects(must("-C", home, "person", "anna", "--erase", "--reason", "request 18", "--yes", "--json"))
    story.ok([h["says"] for h in officer if h["where"] == "history" and not h["erased"]] == ["an officer's name: who did it is accounted for"],
             "an officer's name is accounted for, and said to stay", officer)


# ---- who is written to

JAN = "jan.veer@zeehaven.example"


def own_key(name, user):
    """A file with the OpenPGP key of somebody."""
    place = f"{story.tmp}/{name}"
    if os.path.exists(place):
        return f"{place}/key.asc"
    os.mkdir(place, 0o700)
    words = ["gpg", "--homedir", place, "--batch", "--pinentry-mode", "loopback", "--passphrase", ""]
    subprocess.run([*words, "--quick-gen-key", user, "default", "default", "1y"], capture_output=True, check=True)
    with open(f"{place}/key.asc", "wb") as out:
        out.write(subprocess.run([*words, "--armor", "--export"], capture_output=True, check=True).stdout)
    subprocess.run(["gpgconf", "--homedir", place, "--kill", "all"], capture_output=True, check=False)
    return f"{place}/key.asc"


def told(base):
    """A home of which a member's new first contact has a key, an alert waits for him, and a machine is told in his name."""
    home = copy(base, f"{story.tmp}/told")
    roster = f"{story.tmp}/jan.csv"
    with open(roster, "w", encoding="ascii") as out:
        out.write(f"record,member,names,kind,language,role,name,mail,order\ncontact,zeehaven,,,nl,security,Jan Veer,{JAN},0\n"
                  "contact,zeehaven,,,nl,technical,,net@zeehaven.example,5\n")
    must("-C", home, "member", "import", roster, "--yes")
    real = {"WAKER_NOW": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())}  # GnuPG's clock is the machine's
    must("-C", home, "key", "import", own_key("jan", f"Jan Veer <{JAN}>"), **real)
    must("-C", home, "key", "verify", "1", "--method", "call-back", "--evidence", "read out by Jan Veer", "--by", "k.key", **real)
    must("-C", home, "hook", "add", "webhook", "https://soc.zeehaven.example/jan.veer", "--of", "zeehaven", "--by", "k.key")
    must("-C", home, "notice", "mode", "on", "--reason", "Jan Veer agreed", "--by", "k.key", "--yes")
    text = f"{story.tmp}/alert.md"
    with open(text, "w", encoding="ascii") as out:
        out.write(f"Ask {JAN} how.\n")
    must("-C", home, "alert", "new", "member:zeehaven", "--title", "Update gateway X", "--text", text, "--by", "k.key", "--yes")
    return home


def store_says(home, word):
    """How often the files of the store say it, as it lies on the disk."""
    with sqlite3.connect(f"{home}/waker.db") as store:
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    with open(f"{home}/waker.db", "rb") as f:
        return f.read().lower().count(word.lower().encode())


def written_to(base):
    home = told(base)
    had = {h["where"]: h for h in person(home, "veer")}
    story.ok({"contact", "keys", "key-checks", "messages", "alerts", "hooks", "sending", "audit"} <= had.keys(),
             "who is written to is found in keys and their checks, messages, alerts, machines and decisions about sending", had.keys())
    story.ok(had["messages"]["id"].startswith("N-") and had["messages"]["until"] is None and had["messages"]["term"] == "400 days since all that they tell of is over" and
             had["alerts"]["until"].startswith("2028-03-01") and JAN in had["keys"]["value"] and had["key-checks"]["what"] == "k.key",
             "a message by its number, kept while it is on its way; an alert for two years", had["messages"], had["alerts"])
    officer = {h["where"] for h in person(home, "k.key")}
    story.ok({"key-checks", "hooks", "alerts", "sending"} <= officer, "an officer by what he did", officer)
    for word in JAN, "Jan Veer", "jan.veer":
        must("-C", home, "person", word, "--erase", "--reason", "request 19", "--yes")
    left = [h for h in person(home, "veer") if h["where"] != "audit"]
    story.ok(left == [] and rows(home, "contact_key") == [] and rows(home, "key_check") == [], "erased, his key is gone with its ledger", left)
    went = [(r[3], r[4], r[7]) for r in rows(home, "delivery")]
    story.ok((0, "erased", 4) in went and (0, "net@zeehaven.example", 0) in went, "what waited for him goes to the next contact, and says no more where it was to go", went)
    story.ok(rows(home, "alert")[0][4:8] == ("Update gateway X", "", "erased", ""), "of an alert the text goes that named him, no other", rows(home, "alert"))
    story.ok((rows(home, "hook")[0][3] == "erased") and rows(home, "hook")[0][6] > 0, "a machine of his address is told no more", rows(home, "hook"))
    story.ok(store_says(home, JAN) == 0 and whole(home)["whole"], "and he is nowhere in the store", store_says(home, JAN))
    kept = objects(must("-C", home, "person", "k.key", "--erase", "--reason", "request 20", "--yes", "--json"))
    story.ok({h["where"] for h in kept if not h["erased"]} == {"hooks", "alerts", "sending"} and all("officer" in h["says"] for h in kept if not h["erased"]),
             "the officer is accounted for", kept)


def keys_go(base):
    home = told(base)
    must("-C", home, "contact", "add", "veldzicht", "--role", "technical", "--mail", JAN.upper(), "--yes")
    one = must("-C", home, "contact", "remove", "zeehaven", JAN, "--yes")
    story.ok(len(rows(home, "contact_key")) == 1 and "keys:" not in one.err, "a key stays while it is another contact's too", rows(home, "contact_key"), one)
    last = must("-C", home, "contact", "remove", "veldzicht", JAN.upper(), "--yes")
    row = [r for r in rows(home, "audit") if r[4] == "keys"]
    story.ok(rows(home, "contact_key") == [] and rows(home, "key_check") == [] and "keys: 1 gone" in last.err and row and row[-1][3] == "contact remove",
             "with its last contact it goes, with its ledger, and the audit tells of it", rows(home, "contact_key"), last, row)
    home = told(base)
    must("-C", home, "member", "change", "zeehaven", "--until", "2026-03-10")
    must("-C", home, "retention", "apply", "--yes", **later(37))
    there = len(rows(home, "contact_key"))
    must("-C", home, "retention", "apply", "--yes", **later(38))
    story.ok(there == 1 and rows(home, "contact_key") == [], "so it does 30 days after its contact's member left", there, rows(home, "contact_key"))


def messages_go(base):
    home = told(base)
    sql(home, "UPDATE message SET state = 2", "UPDATE delivery SET state = 3, said = '250 ok'")
    with_finding = "INSERT INTO message_part SELECT m.id, f.id, 0 FROM message m, finding f WHERE f.state = 1 LIMIT 1"
    at = [plan(home, days) for days in (399, 400, 729, 730)]
    went = len([r for r in rows(home, "delivery") if r[4]])
    story.ok([p["messages"] for p in at] == [0, went, went, went] and [p["alerts"] for p in at] == [0, 0, 0, 1] and went > 0,
             "where a message went is kept 400 days, what an officer wrote to members 730", at, went)
    sql(home, with_finding)
    story.ok(plan(home, 800)["messages"] == 0, "but not while a finding that it tells of lives", plan(home, 800))
    sql(home, "DELETE FROM message_part")
    must("-C", home, "retention", "apply", "--yes", **later(800))
    story.ok(all(r[4] == r[13] == "" for r in rows(home, "delivery")) and set(rows(home, "alert")[0][4:8]) == {rows(home, "alert")[0][2]} == {""} and plan(home, 800)["messages"] == 0,
             "then the address goes, and the text; that something was told stays", rows(home, "delivery"), rows(home, "alert"))


def main():
    home = make(new_home(f"{story.tmp}/home"))
    terms(home)
    own_terms(home)
    apply(home)
    fails_half_way(home)
    killed(home)
    shared(home)
    reasons(home)
    leaves(home)
    persons(home)
    erases(home)
    written_to(home)
    keys_go(home)
    messages_go(home)


try:
    main()
finally:
    story.end()
