"""What adopt.sh plays."""
import json
import os
import pty
import signal

from play import NOW, SECONDS, WAKER, Ran, Story, feed_file, must, rows

story = Story("adopt")
HOME, LATER = f"{story.tmp}/home", "2026-03-11T12:00:00Z"
MEMBERS = 40
FEED = feed_file("scan", "report", {"rdp": "exposed.rdp"}, format=["file = {date}-scan.csv"])


def run(*words, home=HOME, now=NOW, how=Ran):
    return how("-C", home, *words, WAKER_NOW=now, WAKER_WARNINGLISTS=f"{story.tmp}/none", USER="officer")


def put(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as out:
        out.write(text)
    return path


def get(path):
    with open(path, encoding="ascii") as file:
        return file.read()


def roster(name, more=0):
    """The first `more` members have a second network."""
    lines = ["record,member,names,kind,value"]
    for i in range(MEMBERS):
        lines += [f"member,m{i},m{i},hospital,", f"asset,m{i},,prefix,10.{i}.0.0/24"]
    lines += [f"asset,m{i},,prefix,10.{100 + i}.0.0/24" for i in range(more)]
    return put(f"{story.tmp}/{name}", "\n".join(lines) + "\n")


def warninglist(name, count):
    return put(f"{story.tmp}/{name}.json", json.dumps({"name": name, "type": "cidr", "matching_attributes": ["ip-src"],
                                                      "list": [f"192.0.2.{i}" for i in range(count)]}))


def holds(home=HOME):
    return sorted(json.loads(line)["value"] for line in run("asset", "list", "--json", home=home, how=must).out.splitlines())


def typed(words, answer, home=HOME):
    """The command at a terminal, where somebody types this answer whenever asked. (what it wrote, its status)"""
    pid, terminal = pty.fork()
    if pid == 0:
        signal.alarm(SECONDS)
        os.environ.update(WAKER_NOW=NOW, WAKER_WARNINGLISTS=f"{story.tmp}/none", USER="officer")
        os.execv(WAKER, [WAKER, "-C", home, *words])
    said, answered = b"", 0
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:  # it is over
            break
        if not part:
            break
        said += part
        if said.count(b"to go on: ") > answered:
            answered += 1
            os.write(terminal, answer.encode() + b"\n")
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    os.close(terminal)
    return said.decode(), status


def begin():
    run("init", "--example", HOME, home=story.tmp, how=must)
    put(f"{HOME}/feeds/scan.feed", FEED)
    first = run("member", "import", roster("first.csv"))
    story.ok(first.status == 0, "a first roster is large, and there is no past to rehearse it with: it is taken in", first)
    record = "2026-03-02T03:00:00Z,10.{}.0.9,,,3389,tcp,rdp\n"
    day = put(f"{story.tmp}/2026-03-02-scan.csv", "when,ip,name,how,port,transport,what\n" + "".join(map(record.format, range(30))))
    run("feed", "run", "scan", day, how=must)


def rosters():
    was = holds()
    file = roster("large.csv", 25)
    asked = run("member", "import", file)
    story.ok(asked.is_sentence(77, "25 assets", "not rehearsed", f"waker rehearse {file}", "--yes") and holds() == was,
             "25 assets more than 40 ask for a rehearsal, and nothing changes", asked)
    dry = run("member", "import", file, "--dry-run")
    story.ok(dry.status == 0 and f"waker rehearse {file}" in dry.err and holds() == was, "a dry run says so", dry)
    said, status = typed(["member", "import", file], "24")
    story.ok(status == 77 and "Type 25 to go on" in said and holds() == was, "at a terminal another number than its own is a no", said, status)
    small = run("member", "import", roster("small.csv", 20))
    story.ok(small.status == 0, "twenty are no large change", small)
    run("member", "import", roster("first.csv"), "--yes", how=must)
    played = run("rehearse", file)
    story.ok(played.status == 0 and "25 members are concerned" in played.err, "it is rehearsed", played)
    late = run("member", "import", file, now=LATER)
    story.ok(late.is_sentence(77, "not rehearsed"), "a rehearsal of nine days ago is none", late)
    other = put(f"{story.tmp}/other.csv", get(file) + "\n")
    story.ok(run("member", "import", other).status == 77, "nor is that of another file")
    done = run("member", "import", file)
    story.ok(done.status == 0 and holds() != was, "what was rehearsed is taken in unasked", done)
    run("member", "import", roster("first.csv"), "--yes", how=must)
    said, status = typed(["member", "import", roster("third.csv", 30)], "30")
    story.ok(status == 0 and len(holds()) == MEMBERS + 30, "at a terminal its number is a yes", said, status)
    said, status = typed(["member", "import", roster("first.csv")], "30")
    story.ok(said.count("Type 30") == 2 and said.index("would end that much") < said.index("not rehearsed") and status == 0 and holds() == was,
             "what goes is asked for too, and first", said, status)
    forced = run("member", "import", roster("third.csv", 30), "--yes")
    story.ok(forced.status == 0 and holds() != was, "--yes does without", forced)
    run("member", "import", roster("first.csv"), "--yes", how=must)


def feeds():
    place, before = f"{HOME}/feeds/scan.feed", f"{HOME}/feeds/before/scan.feed"
    changed = FEED.replace("presence = report", "presence = list")
    file = put(f"{story.tmp}/scan.feed", changed)
    asked = run("adopt", file)
    story.ok(asked.is_sentence(77, "30 open findings", f"waker rehearse {file}") and get(place) == FEED and not os.path.exists(before),
             "a feed file of which 30 findings are asks for its rehearsal", asked)
    run("rehearse", file, how=must)
    dry = run("adopt", file, "--dry-run")
    story.ok(dry.status == 0 and "dry run" in dry.err and get(place) == FEED, "a dry run changes nothing", dry)
    done = run("adopt", file, "--json")
    row = json.loads(done.out or "{}")
    story.ok(done.status == 0 and get(place) == changed and get(before) == FEED and row["changed"] and row["file"] == place and row["before"] == before,
             "rehearsed, it is adopted; what stood there is kept", done)
    told = [json.loads(line) for line in run("audit", "list", "--of", "scan", "--json", how=must).out.splitlines()]
    story.ok([t["verb"] for t in told][-1:] == ["adopt"] and told[-1]["who"] == "officer", "who did it is in the audit", told)
    shown = run("feed", "show", "scan", "--json")
    story.ok('"presence":"list"' in shown.out.replace(" ", ""), "the feed is read by it", shown)
    audit = len(rows(HOME, "audit"))
    same = run("adopt", file)
    story.ok(same.status == 0 and "byte for byte" in same.err and get(before) == FEED and len(rows(HOME, "audit")) == audit,
             "what stands there already changes nothing", same)
    back = run("adopt", before, "--yes")
    story.ok(back.status == 0 and get(place) == FEED and get(before) == changed, "what was before is adopted again", back)
    new = run("adopt", put(f"{story.tmp}/other.feed", FEED.replace("name = scan", "name = other")))
    story.ok(new.status == 0 and os.path.exists(f"{HOME}/feeds/other.feed"), "a new feed concerns nothing yet", new)
    wrong = run("adopt", put(f"{story.tmp}/wrong/scan.feed", "[feed]\nnme = x\n"))
    story.ok(wrong.is_sentence(78, "scan.feed", "line 2", "nme") and get(place) == FEED, "one that cannot be read is refused, with the place", wrong)


def lists():
    place = f"{HOME}/warninglists"
    few = run("adopt", warninglist("few", 20))
    story.ok(few.status == 0 and os.path.exists(f"{place}/few.json"), "a warninglist of twenty entries is adopted", few)
    odd = run("adopt", put(f"{story.tmp}/odd.json", '{"type": "cidr", "list": ["192.0.2.1", "192.0.2/x"]}'))
    story.ok(odd.status == 0 and "1 of its entries cannot be read" in odd.err, "an entry that cannot be read is said", odd)
    file = warninglist("many", 21)
    asked = run("adopt", file)
    story.ok(asked.is_sentence(77, "21 entries of warninglists") and not os.path.exists(f"{place}/many.json"), "one of 21 asks", asked)
    run("rehearse", file, how=must)
    story.ok(run("adopt", file).status == 0 and os.path.exists(f"{place}/many.json"), "and is adopted once it was rehearsed")
    more = run("adopt", warninglist("many", 30))
    story.ok(more.status == 0 and "10.0" not in get(f"{place}/before/many.json"), "nine entries more are no large change", more)
    rules = put(f"{story.tmp}/rules/policy.conf", "[many]\nhold = all\n")
    asked = run("adopt", rules)
    story.ok(asked.is_sentence(77, "30 entries") and not os.path.exists(f"{place}/policy.conf"), "another rule for a list of 30 entries asks", asked)
    run("rehearse", rules, how=must)
    done = run("adopt", rules)
    held = [json.loads(line)["hold"] for line in run("warninglist", "list", "--json", how=must).out.splitlines() if '"many"' in line]
    story.ok(done.status == 0 and held == ["all"], "and counts once it was rehearsed", done, held)
    wrong = run("adopt", put(f"{story.tmp}/wrong/policy.conf", "[many]\nhold = evrything\n"))
    story.ok(wrong.is_sentence(78, "policy.conf", "line 2"), "a rule that cannot be read is refused, with the place", wrong)


def others():
    ran = run("adopt", f"{story.tmp}/first.csv")
    story.ok(ran.is_sentence(64, "waker member import"), "a roster: the command that takes it in is named", ran)
    ran = run("adopt", put(f"{story.tmp}/issues.tsv", run("issue", "list", how=must).out))
    story.ok(ran.is_sentence(64, "the program's own"), "a table of issues is not adopted", ran)
    ran = run("adopt", put(f"{story.tmp}/empty", ""))
    story.ok(ran.is_sentence(65, "none of what can be rehearsed"), "what is none of them", ran)
    ran = run("adopt", put(f"{story.tmp}/.json", get(warninglist("few", 3))))
    story.ok(ran.is_sentence(65, "none of what can be rehearsed"), "a warninglist without a name", ran)
    ran = run("adopt", f"{story.tmp}/none.feed")
    story.ok(ran.status == 66 and "none.feed" in ran.err, "a file that is not there", ran)


begin()
rosters()
feeds()
lists()
others()
story.end()
