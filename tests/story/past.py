"""What past.sh plays: a small home whose archive is harmed and asked, and, where ../shared is there, sixty days
(../shared/bench/DAYS.md) in which some assets are known from the last day on alone."""
import glob
import importlib.machinery
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time

from play import TREE, WAKER, Ran, Story, copy, feed_file, kept, must

story = Story("past")


def lines(home, *words, **env):
    ran = Ran("-C", home, *words, "--json", **env)
    return [json.loads(line) for line in ran.out.splitlines()]


# ---- a small archive, asked and harmed

RULES = {"rdp": "exposed.rdp", "exchange": "vuln.exchange", "bot": "infected.qakbot"}
HEAD = "when,ip,name,how,port,transport,what,peer,hash,cves,password"
ROSTER = """record,member,names,kind,value,since,proven
member,m1,One,hospital,,,
member,m2,Two,hospital,,,
asset,m1,,prefix,198.18.1.0/24,2025-01-01,yes
asset,m2,,domain,m2.example,,
asset,m2,,prefix,2001:db8:2::/48,2025-01-01,yes
"""
MD5 = "0123456789abcdef0123456789abcdef"


def feed(name, presence):
    """Records with the other side, a hash and CVE numbers; vault has a column of passwords, and is sealed."""
    return feed_file(name, presence, RULES, format=[f"file = {{date}}-{name}.csv"],
                     columns=["peer = destination.ip", "hash = malware.hash.md5", "cves = product.vulnerabilities",
                              "password = extra.password secret" if name == "vault" else "password = -"])


REPORTS = {  # day, feed: (ip, name, what, peer, hash, cves)
    (1, "scan"): [("198.18.1.5", "", "rdp", "", "", ""), ("203.0.113.9", "www.evil.example", "rdp", "", "", "")],
    (1, "bots"): [("198.18.1.6", "", "bot", "203.0.113.77", MD5, ""), ("203.0.113.8", "", "bot", "203.0.113.77", MD5.upper(), "")],
    (2, "vault"): [("198.18.1.7", "", "bot", "203.0.113.77", "", "")],
    (3, "scan"): [("2001:DB8:2:0::5", "", "exchange", "", "", "CVE-2024-1234"), ("2001:0db8:0002:0000:0000:0000:0000:0005", "", "exchange", "", "", "cve-2024-99999")],
    (4, "bots"): [("203.0.113.77", "mail.m2.example", "bot", "198.18.1.70", "", "")],
}


def small_home(name):
    home = f"{story.tmp}/{name}"
    must("init", "--example", home)
    for f, presence in ("scan", "report"), ("bots", "stream"), ("vault", "stream"):
        with open(f"{home}/feeds/{f}.feed", "w", encoding="ascii") as out:
            out.write(feed(f, presence))
    with open(f"{home}/roster.csv", "w", encoding="ascii") as out:
        out.write(ROSTER)
    must("-C", home, "member", "import", f"{home}/roster.csv", "--yes")
    for (day, f), records in REPORTS.items():
        path = f"{home}/2026-03-{day:02d}-{f}.csv"
        with open(path, "w", encoding="ascii") as out:
            out.write(HEAD + "\n")
            for ip, host, what, peer, md5, cves in records:
                out.write(f"2026-03-{day:02d}T06:00:00Z,{ip},{host},sni,443,tcp,{what},{peer},{md5},{cves},{'hunter2' if f == 'vault' else ''}\n")
        must("-C", home, "feed", "run", f, path, WAKER_NOW=f"2026-03-{day:02d}T12:00:00Z")
    return home


def asked(home, what, *words):
    """(day, feed, record, member) of each answer, and what stands below them."""
    got = lines(home, "ask", what, *words, WAKER_NOW=LATER)
    return (sorted((int(a["time"][8:10]), a["feed"], a["record"] - 1, a["member"]) for a in got if "record" in a),
            {a["limits"]: a["no_evidence_before"] for a in got if "limits" in a}, {a["left_out"].split()[0]: a["batches"] for a in got if "left_out" in a})


LATER = "2026-03-20T12:00:00Z"


def questions(home):
    rows = [("an address", "198.18.1.5", [(1, "scan", 1, "m1")]),
            ("a control server, in what is another's record", "203.0.113.77", [(1, "bots", 1, "m1"), (1, "bots", 2, None), (4, "bots", 1, "m2")]),
            ("an IPv6 address in other writings", "2001:db8:2::5", [(3, "scan", 1, "m2"), (3, "scan", 2, "m2")]),
            ("a prefix", "198.18.1.0/26", [(1, "bots", 1, "m1"), (1, "scan", 1, "m1")]),
            ("a name that is nobody's, and below it", "evil.example", [(1, "scan", 2, None)]),
            ("a name of a member's", "m2.example", [(4, "bots", 1, "m2")]),
            ("a hash, in either case", MD5.upper(), [(1, "bots", 1, "m1"), (1, "bots", 2, None)]),
            ("a CVE number, and no longer one", "cve-2024-1234", [(3, "scan", 1, "m2")]),
            ("what is nowhere", "192.0.2.200", [])]
    for name, what, want in rows:
        got, limits, left = asked(home, what)
        story.ok(got == want and left == {"sealed": 1} and limits["scan"] == "2026-03-01T00:00:00Z", f"asked for {name}", got, limits, left)
    lives = {(x["said_by"], x["first"][:10], x["last"][:10], (x["gone"] or "")[:10], x["records"]) for x in lines(home, "ask", "203.0.113.77", WAKER_NOW=LATER) if "said_by" in x}
    story.ok(lives == {("bots", "2026-03-01", "2026-03-04", "", 3)}, "when a feed said it first and last stands below", lives)
    lives = {(x["said_by"], x["last"][:10], (x["gone"] or "")[:10]) for x in lines(home, "ask", "198.18.1.5", WAKER_NOW=LATER) if "said_by" in x}
    story.ok(lives == {("scan", "2026-03-01", "2026-03-03")}, "and since when its reports no longer do", lives)
    got, limits, _ = asked(home, "203.0.113.77", "--since", "2026-03-02", "--until", "2026-03-03", "--key", f"{home}/archive.key")
    story.ok(got == [(2, "vault", 1, "m1")], "with days and the officers' key", got)
    got, limits, left = asked(home, "203.0.113.77", "--feed", "scan")
    story.ok(got == [] and set(limits) == {"scan"} and not left, "of one feed", got, limits, left)
    ran = Ran("-C", home, "ask", "192.0.2.200", WAKER_NOW=LATER)
    story.ok("no evidence is possible before 2026-03-01" in ran.err and "sealed to the officers' key" in ran.err, "none is never all that is said", ran)
    story.ok("hunter2" not in json.dumps(lines(home, "ask", "203.0.113.77", "--key", f"{home}/archive.key", WAKER_NOW=LATER)) and
             asked(home, "hunter2", "--key", f"{home}/archive.key")[0] == [], "a secret is neither shown nor found")
    story.ok(any("203.0.113.77" in str(a["values"]) for a in lines(home, "audit", "list", WAKER_NOW=LATER)), "each look is a row of the audit")
    story.ok(Ran("-C", home, "ask", "198.18.1.5/24").status == 65 and Ran("-C", home, "ask", "ab").status == 65, "what cannot be asked is a sentence")


def again(home):
    """Bytes that come a second time, on a later day, leave no file of nobody; also where the first is let go by then."""
    def all_files():
        return sorted(os.path.join(at, f) for at, _, names in os.walk(f"{home}/archive") for f in names)

    before, batches = all_files(), lines(home, "batch", "list")
    for name in "2026-03-01-bots.csv", "2026-03-02-vault.csv":
        ran = Ran("-C", home, "feed", "run", name[11:-4], f"{home}/{name}", "--json", WAKER_NOW="2026-03-20T12:00:00Z")
        story.ok(ran.status == 0 and json.loads(ran.out)["known"] and json.loads(ran.out)["day"].startswith(name[:10]), f"{name} comes again, and is known", ran)
    story.ok(all_files() == before and lines(home, "batch", "list") == batches, "and nothing is kept a second time", set(all_files()) - set(before))
    gone = copy(home, f"{story.tmp}/gone")
    must("-C", gone, "retention", "apply", "--yes", WAKER_NOW="2026-04-20T12:00:00Z")
    ran = Ran("-C", gone, "feed", "run", "vault", f"{gone}/2026-03-02-vault.csv", WAKER_NOW="2026-04-20T12:00:00Z")
    story.ok(ran.status == 0 and not [f for at, _, names in os.walk(f"{gone}/archive") for f in names if f.endswith(".sealed")],
             "nor what was let go, and comes once more", ran)


def harmed(home):
    """What is damaged, missing and foreign is each found, with its batch; and is well when it is put back."""
    files = {b["file"]: f"{home}/archive/{b['archive']}" for b in lines(home, "batch", "list")}
    numbers = {b["file"]: b["batch"] for b in lines(home, "batch", "list")}
    ran = Ran("-C", home, "archive", "verify", WAKER_NOW=LATER)
    story.ok(ran.status == 0 and f"files: {len(files)}, of which 1 are sealed" in ran.err, "a whole archive is whole", ran)
    spoilt, sealed, gone = files["2026-03-01-scan.csv"], files["2026-03-02-vault.csv"], files["2026-03-04-bots.csv"]
    held = {path: open(path, "rb").read() for path in (spoilt, sealed, gone)}
    for path in spoilt, sealed:
        os.chmod(path, 0o600)
        with open(path, "r+b") as f:
            f.seek(len(held[path]) - 3)
            f.write(bytes([held[path][-3] ^ 1]))
    os.remove(gone)
    foreign = os.path.join(os.path.dirname(spoilt), "left-behind.zst")
    shutil.copy(files["2026-03-01-bots.csv"], foreign)
    os.utime(foreign, (1, 1))
    dry = Ran("-C", home, "archive", "verify", "--dry-run", WAKER_NOW=LATER)
    found = {(f["fault"], f["batch"]) for f in lines(home, "archive", "verify", WAKER_NOW=LATER)}
    want = {("damaged", numbers["2026-03-01-scan.csv"]), ("damaged", numbers["2026-03-02-vault.csv"]),
            ("missing", numbers["2026-03-04-bots.csv"]), ("foreign", None)}
    story.ok(found == want and dry.status == 7, "damaged, damaged though sealed, missing and foreign files are found", found, want, dry)
    story.ok(Ran("-C", home, "archive", "verify", "--feed", "bots", "--since", "2026-03-04", WAKER_NOW=LATER).status == 7 and
             Ran("-C", home, "archive", "verify", "--feed", "bots", "--since", "2026-03-05", WAKER_NOW=LATER).status == 0, "of a feed, and since a day")
    state = lines(home, "batch", "show", str(numbers["2026-03-01-scan.csv"]))[0]
    story.ok(state["archive_state"] == "damaged" and state["findings"] == 1 and state["records"] == 3, "the batch says so", state)
    story.ok("files of the archive: 2 damaged, 1 missing, 1 of nobody" in Ran("-C", home, "status", WAKER_NOW=LATER).out, "and a condition stays open")
    got, limits, left = asked(home, "198.18.1.5")
    story.ok(got == [] and left == {"no": 1, "could": 2}, "what cannot be read is no \"none\"", got, limits, left)
    for path, bytes_of in held.items():
        with open(path, "wb") as f:
            f.write(bytes_of)
    os.remove(foreign)
    ran = Ran("-C", home, "archive", "verify", WAKER_NOW=LATER)
    story.ok(ran.status == 0 and "3 marked before: well again" in ran.err and "files of the archive" not in Ran("-C", home, "status", WAKER_NOW=LATER).out,
             "put back, all is well", ran)
    story.ok([a["record"] for a in lines(home, "ask", "198.18.1.5", WAKER_NOW=LATER) if "record" in a] == [2], "and can be asked again")


def in_a_row():
    """Small batches that one child reads, sealed ones too: what is wrong with one is no other's matter."""
    home = f"{story.tmp}/row"
    must("init", "--example", home)
    for f, presence, days in ("scan", "report", range(1, 7)), ("vault", "stream", range(7, 13)):
        with open(f"{home}/feeds/{f}.feed", "w", encoding="ascii") as out:
            out.write(feed(f, presence))
        for day in days:
            with open(f"{home}/2026-03-{day:02d}-{f}.csv", "w", encoding="ascii") as out:
                out.write(HEAD + f"\n2026-03-{day:02d}T06:00:00Z,203.0.113.{day},,sni,443,tcp,rdp,198.18.1.9,,,hunter{day}\n")
            must("-C", home, "feed", "run", f, out.name, WAKER_NOW=f"2026-03-{day:02d}T12:00:00Z")
    files = {b["file"][8:-4]: f"{home}/archive/{b['archive']}" for b in lines(home, "batch", "list")}
    for name, keep in ("03-scan", 20), ("09-vault", 100):  # cut off
        os.chmod(files[name], 0o600)
        os.truncate(files[name], keep)
    for jobs in "1", "3":
        got, _, left = asked(home, "198.18.1.9", "--jobs", jobs, "--key", f"{home}/archive.key")
        story.ok([day for day, _, _, _ in got] == [d for d in range(1, 13) if d not in (3, 9)] and
                 left == {"could": 2}, f"with {jobs} readers, of twelve batches the ten are heard that are whole", got, left)


def tried(home):
    """A roster that is only tried: what it would have met, and what of that lies within its proofs."""
    with open(f"{home}/new.csv", "w", encoding="ascii") as out:
        out.write("record,member,names,kind,value,since,proven\nmember,new,New,hospital,,,\n"
                  "asset,new,,prefix,203.0.113.8/29,2025-01-01,yes\nasset,new,,domain,evil.example,,\n")
    before = kept(home)
    got = [(m["record"], m["file"][:10], m["asset"], m["rule"], m["told"]) for m in
           lines(home, "match", "--archive", "--members", f"{home}/new.csv", WAKER_NOW="2026-04-10T12:00:00Z") if "record" in m]
    want = [(3, "2026-03-01", "203.0.113.8/29", "both", True), (3, "2026-03-01", "203.0.113.8/29", "prefix", True)]
    story.ok(sorted(got, key=str) == sorted(want, key=str) and kept(home) == before, "a roster is tried on the archive, and nothing is kept", got)
    few = [m for m in lines(home, "match", "--archive", "--since", "20d", "--members", f"{home}/new.csv", WAKER_NOW="2026-04-10T12:00:00Z") if "record" in m]
    story.ok(few == [] and Ran("-C", home, "match", "--archive", "--since", "soon", "--members", f"{home}/new.csv").status == 64, "of some days only")


def replayed(home):
    number = {b["file"]: str(b["batch"]) for b in lines(home, "batch", "list")}["2026-03-01-scan.csv"]
    out = f"{story.tmp}/got.csv"
    must("-C", home, "batch", "get", number, "-o", out)
    story.ok(open(out, encoding="ascii").read() == open(f"{home}/2026-03-01-scan.csv", encoding="ascii").read(), "batch get gives the bytes as they came")
    before = kept(home)
    plan = lines(home, "notice", "plan", "--all")
    ran = lines(home, "batch", "replay", number, WAKER_NOW="2026-03-04T13:00:00Z")[0]
    story.ok(ran["opened"] == 0 and ran["again"] == 1 and kept(home) == before and lines(home, "notice", "plan", "--all") == plan,
             "a replay finds nothing twice, and tells nothing twice", ran)
    with open(f"{home}/feeds/scan.feed", "a", encoding="ascii") as f:
        f.write("")
    text = open(f"{home}/feeds/scan.feed", encoding="ascii").read()
    with open(f"{home}/feeds/scan.feed", "w", encoding="ascii") as f:
        f.write(text.replace("exposed.rdp = classification.identifier is rdp", "exposed.telnet = classification.identifier is rdp"))
    ran = lines(home, "batch", "replay", number, "--reason", "the feed file was wrong", WAKER_NOW="2026-03-04T13:00:00Z")[0]
    issues = {f["issue"] for f in lines(home, "finding", "list", "--all") if f["seen"].startswith("198.18.1.5")}
    story.ok(ran["opened"] == 1 and issues == {"exposed.rdp", "exposed.telnet"}, "a feed file put right finds what it had missed", ran, issues)
    with open(f"{home}/feeds/scan.feed", "w", encoding="ascii") as f:
        f.write(text)


# ---- sixty days

def player_of(folder, tmp):
    loader = importlib.machinery.SourceFileLoader("days", f"{TREE}/tests/days")
    days = importlib.util.module_from_spec(importlib.util.spec_from_loader("days", loader))
    loader.exec_module(days)
    return days.Player(folder, WAKER, tmp)


def whole(f):
    """What of a finding must be the same, whenever it was found. A finding of the past comes to the state in which it
    would be by now, but for how often it came back meanwhile."""
    return (f["seen"], f["issue"], f["class"], f["severity"], f["state"] == "closed", f["last_seen"], f["sightings"])


def sixty_days():
    made = f"{TREE}/../shared/bench/days.py"
    if not os.path.exists(made):
        story.skip("sixty days", "../shared is absent")
        return
    world, tmp = f"{story.tmp}/world", f"{story.tmp}/played"
    os.makedirs(tmp)
    subprocess.run([sys.executable, made, "make", world, "--days", "60", "--members", "40", "--seed", "5"], check=True, capture_output=True)
    truth = [json.loads(line) for line in open(f"{world}/expected.jsonl", encoding="ascii")][-1]["findings"]
    roster = json.load(open(f"{world}/roster.json", encoding="ascii"))
    late = {a["member"]: a for a in roster["assets"] if a["member"] in ("m17", "m24", "m34", "m25") and a["value"].startswith("198.18.")}
    roster["assets"] = [a for a in roster["assets"] if a not in late.values()]
    json.dump(roster, open(f"{world}/roster.json", "w", encoding="ascii"))
    p = player_of(world, tmp)
    try:
        p.play()
        judge_late(p, truth, late)
    finally:
        p.stop()


def judge_late(p, truth, late):
    def mine(findings, member):
        return sorted(whole(f) for f in findings if f["member"] == member and f["seen"].startswith(late[member]["value"][:-4]))

    def found(member):
        return [f for f in p.table("finding", "list", "--all", "--of", member) if f["state"] != "void"]

    def add(member, *words):
        p.run("asset", "add", member, "prefix", late[member]["value"], *words, "--yes")
        newest = p.table("retro", "list")[0]
        return p.table("retro", "run", str(newest["retro"]))[0]

    before = {m: mine(found(m), m) for m in late}
    story.ok(not any(before.values()) and all(len(mine(truth, m)) > 2 for m in late), "what nobody held was nobody's", before)
    ran = add("m17", "--since", "2025-01-01", "--proven", "yes")
    got, want = mine(found("m17"), "m17"), mine(truth, "m17")
    story.ok(got == want and ran["state"] == "done" and ran["found"] == len(want) and ran["early"] == 0,
             f"a proven prefix, added on the last day, finds its {len(want)} findings as they would be", got, want, ran)
    mineid = [f for f in found("m17") if f["seen"].startswith(late["m17"]["value"][:-4])]
    told = [n for n in p.table("notice", "plan", "--all") if n["finding"] in {f["id"] for f in mineid}]
    live = {f["id"] for f in mineid if f["state"] != "closed"}
    story.ok({n["finding"] for n in told} == live and live and all(n["urgency"] == "digest" for n in told),
             "what is over is told to nobody, what is open and old with the digest", told, live)
    shown = p.table("finding", "show", mineid[0]["id"])[0]
    story.ok(shown["found_later"] == ran["retro"], "a finding says that it was found later", shown)

    # a proof that begins in the middle
    proof = "2026-04-01T00:00:00Z"
    ran = add("m24", "--since", proof, "--proven", "yes")
    got, want = found("m24"), [f for f in truth if f["member"] == "m24" and f["seen"].startswith(late["m24"]["value"][:-4])]
    fresh = [f for f in got if f["seen"].startswith(late["m24"]["value"][:-4])]
    story.ok({(f["seen"], f["issue"]) for f in fresh} == {(f["seen"], f["issue"]) for f in want if f["last_seen"] >= proof},
             "a proof since the middle finds what happened after it", fresh, want)
    story.ok(all(f["first_seen"] >= proof for f in fresh), "and nothing older", fresh)

    # no proof: thirty days
    ran = add("m34")
    limit = "2026-03-30T23:00:00Z"  # thirty days before the last step
    fresh = [f for f in found("m34") if f["seen"].startswith(late["m34"]["value"][:-4])]
    want = [f for f in truth if f["member"] == "m34" and f["seen"].startswith(late["m34"]["value"][:-4])]
    story.ok(all(f["first_seen"] >= limit for f in fresh) and {f["seen"] for f in fresh} == {f["seen"] for f in want if f["last_seen"] >= limit} and
             ran["early"] > 0, "without a proof thirty days are told, and the rest is counted for officers", fresh, want, ran)

    # twice, and after a kill
    again = p.table("retro", "new", "m17", late["m17"]["value"])[0]
    was = [p.table("finding", "list", "--all"), p.table("notice", "plan", "--all")]
    ran = p.table("retro", "run", str(again["retro"]))[0]
    now = [p.table("finding", "list", "--all"), p.table("notice", "plan", "--all")]
    story.ok(ran["found"] == 0 and ran["again"] > 0 and was == now, "asked twice it finds nothing twice, and tells nothing twice", ran)
    killed(p, late)


def killed(p, late):
    p.run("asset", "add", "m25", "prefix", late["m25"]["value"], "--since", "2025-01-01", "--proven", "yes", "--yes")
    number = str(p.table("retro", "list")[0]["retro"])
    other, kills, first = copy(p.home, f"{story.tmp}/other"), 0, p.home
    env = {**os.environ, "WAKER_NOW": p.now, "WAKER_FEEDS": f"{TREE}/feeds", "WAKER_WARNINGLISTS": f"{p.tmp}/none"}
    for wait in (0.02, 0.05, 0.08, 0.12, 0.2, 0.3):
        child = subprocess.Popen([WAKER, "-C", other, "retro", "run", number], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(wait)
        kills += child.poll() is None
        child.send_signal(signal.SIGKILL)
        child.wait()
    for home in first, other:
        p.home = home
        p.run("retro", "run", number)
    p.home = first
    a, b = kept(first), kept(other)
    for table in "finding", "finding_change":
        a.pop(table), b.pop(table)  # numbers and moments of what was done
    def all_of(home):
        p.home = home
        return sorted((f["member"], whole(f)) for f in p.table("finding", "list", "--all"))
    same = all_of(first) == all_of(other)
    p.home = first
    story.ok(kills > 0 and same and len(a["sighting"]) == len(b["sighting"]), f"killed {kills} times, it comes to the same end",
             set(a["sighting"]) ^ set(b["sighting"]))


def serviced():
    """What comes of an asset that is added while the service runs."""
    from service_home import Node, until  # it lives now: from here on no clock is set

    day = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 2 * 86400))
    n = Node(story, "service")
    n.feed("lab")
    n.start()
    n.drop("lab", "one.csv", f"when,ip,name,how,port,transport,what\n{day}T06:00:00Z,203.0.113.5,,,3389,tcp,rdp\n"
                             f"{day}T07:00:00Z,198.18.1.5,,,3389,tcp,rdp\n")
    until(lambda: [b for b in lines(n.path, "batch", "list") if b["state"] == "done"])
    said = n.must("asset", "add", "m2", "prefix", "203.0.113.0/24", "--yes")
    ended = until(lambda: [r for r in lines(n.path, "retro", "list", "--all") if r["state"] == "done"])
    found = [f for f in lines(n.path, "finding", "list") if f["member"] == "m2"]
    jobs = [j for j in lines(n.path, "job", "list", "--all", "--kind", "retro") if j["state"] == "done"]
    story.ok("the past is asked for what is new" in said.err and ended and ended[0]["found"] == 1 and
             [f["seen"] for f in found] == ["203.0.113.5 tcp/3389"] and "new: 1" in jobs[0]["result"],
             "the service asks the past for it by itself", said, ended, found, jobs)
    n.child.terminate()
    n.child.wait(60)


small = small_home("small")
questions(small)
again(small)
harmed(small)
tried(small)
replayed(small)
in_a_row()
sixty_days()
serviced()
story.end()
