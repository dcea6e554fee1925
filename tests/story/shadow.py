"""What shadow.sh plays: ten days beside an older system, and the days after."""
import json
import os
from email.message import EmailMessage

from play import Ran, Story, feed_file, must
from tell_home import notices, records, shown

story = Story("shadow")
URL = os.environ.pop("WAKER_TEST_POSTGRES", "")
ROSTER = """record,member,names,kind,language,role,mail,order,value
member,m1,Ziekenhuis Een,hospital,nl,,,,
member,m2,Second Hospital,hospital,en,,,,
contact,m1,,,nl,security,soc@m1.example,1,
contact,m2,,,en,security,soc@m2.example,1,
asset,m1,,prefix,,,,,198.18.1.0/24
asset,m1,,domain,,,,,m1.example
asset,m2,,prefix,,,,,198.18.2.0/24
"""
ISSUES = {"exchange": "vuln.exchange", "rdp": "exposed.rdp", "ftp": "exposed.ftp"}
THEIRS = "# what it calls our issues\nopen-rdp = exposed.rdp\nms-exchange = vuln.exchange\nopen-ftp = exposed.ftp\n"
HEAD = "ticket;organisation;identifier;ip;port;sent\n"


def mail(to, subject, date, text, table=None):
    """As an older system sent it."""
    m = EmailMessage()
    m["From"], m["To"], m["Subject"], m["Date"] = "Desk <desk@z.example>", to, subject, date
    m.set_content(text)
    if table:
        m.add_attachment(table.encode(), maintype="text", subtype="csv", filename="report.csv")
    return m.as_string()


class Home:
    def __init__(self, name, *store):
        self.path, self.now, self.count, self.name = f"{story.tmp}/{name}", "2026-03-02T08:00:00Z", 0, name
        self.env = {"WAKER_FEEDS": f"{story.tmp}/none", "WAKER_WARNINGLISTS": f"{story.tmp}/none", "USER": "officer"}
        must("init", "--example", *store, self.path, **self.env)
        self.must("member", "import", self.file("roster.csv", ROSTER), "--yes")
        self.file("theirs.txt", THEIRS)
        with open(f"{self.path}/feeds/lab.feed", "w", encoding="ascii") as out:
            out.write(feed_file("lab", "stream", ISSUES))

    def file(self, name, text):
        with open(f"{story.tmp}/{self.name}-{name}", "w", encoding="utf-8") as out:
            out.write(text)
        return f"{story.tmp}/{self.name}-{name}"

    def run(self, *words):
        return Ran("-C", self.path, *words, WAKER_NOW=self.now, **self.env)

    def must(self, *words):
        return must("-C", self.path, *words, WAKER_NOW=self.now, **self.env)

    def feed(self, now, *rows):
        self.now, self.count = now, self.count + 1
        return self.must("feed", "run", "lab", self.file(f"{self.count}.csv", records(*rows)))

    def clock(self, now):
        """What is due by time is made."""
        return self.feed(now, (now, "192.0.2.1", 1, "ftp"))

    def told(self):
        """{(member, kind, state): how many notices}."""
        all_of = {}
        for m in notices(self):
            key = m["member"], m["kind"], m["state"]
            all_of[key] = all_of.get(key, 0) + 1
        return all_of

    def import_(self, text, *words):
        return self.run("notice", "import", self.file("told.csv", text), "--issues", f"{story.tmp}/{self.name}-theirs.txt", *words)

    def compare(self, text, *words):
        """(the day, {(told by, member, issue, why): things})."""
        ran = self.run("notice", "compare", self.file("mailed.csv", text), "--issues", f"{story.tmp}/{self.name}-theirs.txt", "--json", *words)
        lines = [json.loads(line) for line in ran.out.splitlines()]
        assert ran.status == 0, ran
        return lines[0], {(x["told_by"], x["member"], x["issue"], x["why"]): x["things"] for x in lines[1:]}

    def findings(self):
        return {f["seen"]: f["state"] for f in map(json.loads, self.must("finding", "list", "--all", "--json").out.splitlines())}

    def held(self):
        """All that an import could change."""
        return (self.must("notice", "plan", "--all", "--json").out, notices(self), [shown(self, m["id"]) for m in notices(self)], self.findings())


def play(name, *store):
    h = Home(name, *store)

    def ok(good, sentence, *why):
        story.ok(good, f"{name}: {sentence}", *why)

    h.must("notice", "mode", "shadow")
    h.feed("2026-03-02T12:00:00Z", ("2026-03-02T11:30:00Z", "198.18.1.7", 443, "exchange"), ("2026-03-02T11:30:00Z", "198.18.1.8", 3389, "rdp"),
           ("2026-03-02T11:30:00Z", "198.18.2.7", 443, "exchange"), ("2026-03-02T11:30:00Z", "198.18.2.8", 443, "exchange"))
    ok(h.told() == {("m1", "critical", "shadow"): 1, ("m2", "critical", "shadow"): 1}, "what is critical is made at once, and stays", h.told())

    planned, everything = ({n["seen"] for n in map(json.loads, h.must("notice", "plan", "--json", *words).out.splitlines())} for words in ((), ("--all",)))
    ok(planned == {"198.18.1.8 tcp/3389"} and everything == planned | {f"198.18.{x} tcp/443" for x in ("1.7", "2.7", "2.8")},
       "what stands in a notice is planned no more, and --all shows it", planned, everything)

    # -- a day in words
    day = (HEAD + "1;m1;ms-exchange;198.18.1.7;443;2026-03-02T10:00:00Z\n" + "2;ziekenhuis een;open-rdp;198.18.1.8;3389;2026-03-02T10:00:00Z\n" +
           "3;;ms-exchange;198.18.2.7;;2026-03-02T10:00:00Z\n" + "4;m9;open-rdp;198.18.9.9;;2026-03-02T10:00:00Z\n" +
           "5;;open-rdp;203.0.113.9;;2026-03-02T10:00:00Z\n" + "6;m1;open-rdp;198.18.1.99;;2026-03-02T10:00:00Z\n" +
           "7;m1;open-rdp;198.18.1.98;;2026-03-02T10:00:00Z\n" + "8;m1;open-ftp;198.18.1.7;;2026-03-02T10:00:00Z\n" +
           "9;m1;heartbleed;198.18.1.7;;2026-03-02T10:00:00Z\n" + "10;m1;open-rdp;198.18.1.7;;tomorrow\n" +
           "11;m2;ms-exchange;198.18.2.8;;2026-03-01T10:00:00Z\n")
    head, rows = h.compare(day, "--day", "2026-03-02")
    ok(rows == {("both", "m1", "vuln.exchange", "both"): 1, ("both", "m2", "vuln.exchange", "both"): 1, ("older", "m1", "exposed.rdp", "waits"): 1,
                ("older", "m9", "exposed.rdp", "no-member"): 1, ("older", "", "exposed.rdp", "nobodys"): 1, ("older", "m1", "exposed.rdp", "unseen"): 2,
                ("older", "m1", "exposed.ftp", "other-issue"): 1, ("older", "m1", "heartbleed", "no-issue"): 1, ("older", "m1", "exposed.rdp", "unread"): 1,
                ("waker", "m2", "vuln.exchange", "said-then"): 1}, "what both told, and each alone, and why", rows)
    ok((head["day"], head["both"], head["older"], head["waker"], head["other_days"]) == ("2026-03-02T00:00:00Z", 2, 8, 1, 1), "and how many", head)
    ok(sum(h.compare(day, "--day", "2026-03-02", "--each")[1].values()) == 10, "or each by itself")
    ran = h.run("notice", "compare", h.file("mailed.csv", day), "--issues", h.file("theirs.txt", THEIRS), "--day", "2026-03-02")
    ok("column \"ticket\" is ignored" in ran.err and "Waker has no record of it" in ran.out and "2026-03-02" in ran.out, "in words for people", ran)
    ok("it waits for its time: the feed is new: its first 7 days are one digest, 2026-03-10" in ran.out and
       "the line cannot be read: its time is none" in ran.out and "Waker has another issue of it: vuln.exchange" in ran.out, "and says when, what and why", ran.out)
    ok(h.compare(HEAD, "--day", "2026-03-02")[1] == {("waker", "m1", "vuln.exchange", "silent"): 1, ("waker", "m2", "vuln.exchange", "silent"): 2},
       "what it says nothing of is Waker's alone")
    monday = "Mon, 2 Mar 2026 11:00:00 +0100"
    box = "".join("From desk@z.example Mon Mar  2 10:00:00 2026\n" + m + "\n" for m in (
        mail("SOC Één <soc@m1.example>", "Report", monday, "Dear member, see 203.0.113.5", "timestamp,source.ip,source.port,classification.identifier\n"
             "2026-03-02T01:00:00Z,198.18.1.7,443,ms-exchange\n2026-03-02T01:00:00Z,198.18.1.8,3389,open-rdp\n"),
        mail("soc@m2.example", "=?utf-8?q?Uw_ms-exchange?=", monday, "Dear member,\n\n198.18.2[.]7 can be taken over, see https://cert.z.example/exchange\n"),
        mail("who@x.example", "ms-exchange", monday, "198.18.2.8"), mail("soc@m2.example", "ms-exchange", "Sun, 1 Mar 2026 11:00:00 +0100", "198.18.2.8"),
        mail("soc@m2.example", "ms-exchange", monday, "-----BEGIN PGP MESSAGE-----")))
    head, rows = h.compare(box, "--day", "2026-03-02")
    ok(rows == {("both", "m1", "vuln.exchange", "both"): 1, ("both", "m2", "vuln.exchange", "both"): 1, ("older", "m1", "exposed.rdp", "waits"): 1,
                ("older", "who@x.example", "vuln.exchange", "no-member"): 1, ("older", "m2", "vuln.exchange", "unread"): 1,
                ("waker", "m2", "vuln.exchange", "said-then"): 1}, "its mailbox says the same, by recipients, dates, tables and text", rows)
    ok((head["other_days"], head["foreign"]) == (1, 1), "and of what it points to that no member has, how many", head)
    for text, says in (("ticket;ip\n", "no column says when (told)"), ("", "is empty"), (HEAD[:-1] + ";date\n", "several columns say when")):
        ran = h.run("notice", "compare", h.file("bad.csv", text))
        ok(ran.is_sentence(65, says, "bad.csv"), f"a table that lacks something says so: {says}", ran)

    # -- days go by
    h.feed("2026-03-06T12:00:00Z", ("2026-03-06T11:30:00Z", "198.18.1.5", 21, "ftp"))
    closed = next(f["id"] for f in map(json.loads, h.must("finding", "list", "--json").out.splitlines()) if f["seen"] == "198.18.1.5 tcp/21")
    h.must("finding", "close", closed, "--reason", "a test")
    h.now = "2026-03-07T12:00:00Z"
    h.feed("2026-03-07T12:00:00Z", ("2026-03-07T11:30:00Z", "198.18.1.5", 21, "ftp"), ("2026-03-07T11:30:00Z", "198.18.2.9", 3389, "rdp"),
           ("2026-03-07T11:30:00Z", "198.18.1.6", 21, "ftp"))
    gone = next(f["id"] for f in map(json.loads, h.must("finding", "list", "--json").out.splitlines()) if f["seen"] == "198.18.1.6 tcp/21")
    h.must("finding", "close", gone, "--reason", "a test")
    h.clock("2026-03-11T12:00:00Z")
    ok(h.told() == {("m1", "critical", "shadow"): 1, ("m2", "critical", "shadow"): 1, ("m1", "digest", "shadow"): 1, ("m2", "digest", "shadow"): 1},
       "after a baseline there is its digest, and it stays too", h.told())

    h.feed("2026-03-12T08:30:00Z", ("2026-03-12T08:20:00Z", "198.18.1.4", 3389, "rdp"),
           ("2026-03-12T08:20:00Z", "198.18.2.10", 3389, "rdp"))  # waits for a digest

    # -- what it told counts
    told = (HEAD + "1;m1;ms-exchange;198.18.1.7;443;2026-03-02T10:00:00Z\n" + "1;m1;ms-exchange;198.18.1.7;443;2026-03-12T08:00:00Z\n" +
            "2;Ziekenhuis Een;open-rdp;198.18.1.8;3389;2026-03-11T10:00:00Z\n" + "3;;ms-exchange;198.18.2.7;;2026-03-02T10:00:00Z\n" +
            "4;m1;open-ftp;198.18.1.5;21;2026-03-06T12:30:00Z\n" + "5;m1;open-ftp;198.18.1.6;21;2026-03-08T12:30:00Z\n" +
            "6;m1;open-rdp;198.18.1.7;;2026-03-08T12:30:00Z\n" + "7;m1;open-rdp;198.18.1.8;;2026-03-18T12:30:00Z\n" +
            "8;m3;open-rdp;198.18.1.8;;2026-03-08T12:30:00Z\n" + "9;m2;ms-exchange;;;2026-03-08T12:30:00Z\n" +
            "10;m1;open-rdp;198.18.1.4;3389;2026-03-12T08:45:00Z\n")
    h.now = "2026-03-12T09:00:00Z"
    before = h.held()
    ran = h.import_(told, "--dry-run", "--json")
    ok(ran.status == 3 and json.loads(ran.out.splitlines()[0])["findings"] == 4 and h.held() == before, "a dry run counts, and changes nothing", ran)
    ran = h.import_(told, "--json", "--reason", "we begin")
    lines = [json.loads(line) for line in ran.out.splitlines()]
    ok(ran.status == 3 and lines[0] == {"lines": 11, "findings": 4, "members": 2, "notices": 4, "already": 0, "left": 6, "foreign": 0}, "findings that it told of count as told", ran)
    ok([(x["line"], x["why"]) for x in lines[1:]] == [(6, "anew"), (7, "over"), (8, "other-issue"), (9, "future"), (10, "no-member"), (11, "which")],
       "each line that tells of nothing open is shown with its reason", lines[1:])
    state = h.findings()
    ok([state[f"198.18.{x}"] for x in ("1.7 tcp/443", "1.8 tcp/3389", "2.7 tcp/443", "1.5 tcp/21", "2.8 tcp/443")] == ["told", "told", "told", "open", "open"],
       "they are told, and others are open", state)
    mine = next(m for m in notices(h) if m["state"] == "told" and m["arrived"] == "2026-03-12T08:00:00Z")
    ok([(d["channel"], d["why"], d["state"]) for d in shown(h, mine["id"])[2]] == [("other", "older", "arrived")], "by the other system, and when", shown(h, mine["id"]))
    after = h.held()
    ran = h.import_(told, "--json")
    again = json.loads(ran.out.splitlines()[0])
    ok((again["findings"], again["notices"], again["already"]) == (0, 0, 5) and h.held() == after, "the same file again changes nothing", ran)
    ok(h.compare(day, "--day", "2026-03-02")[0]["both"] == 2, "and what was compared is as it was")
    ran = h.import_(mail("soc@m2.example", "open-rdp", "Thu, 12 Mar 2026 09:40:00 +0100", "198.18.2.10 is open"), "--json")
    ok(ran.status == 0 and json.loads(ran.out)["findings"] == 1 and h.findings()["198.18.2.10 tcp/3389"] == "told", "what a mail of it says counts, too", ran)
    h.clock("2026-03-12T10:00:00Z")
    h.clock("2026-03-12T10:30:00Z")
    ok(not any(kind == "reminder" for _, kind, _ in h.told()), "while it tells, it reminds", h.told())

    # -- this one begins
    ok(h.compare(HEAD + "1;m1;open-ftp;198.18.1.5;;2026-03-12T10:00:00Z\n2;m1;open-ftp;198.18.1.6;;2026-03-12T10:00:00Z\n", "--day", "2026-03-12")[1] ==
       {("older", "m1", "exposed.ftp", "other-day"): 1, ("older", "m1", "exposed.ftp", "over"): 1}, "a notice of another day, and what is over, are said so")
    left = h.told()
    h.now = "2026-03-12T12:00:00Z"
    ran = h.run("notice", "mode", "on", "--dry-run")
    ok("From now on it tells what only the shadow told: 3 findings of 2 members" in ran.err, "before it begins, it says how much it would tell", ran)
    begins = h.must("notice", "mode", "on")
    ok("But no mail can leave: [mail] of waker.conf says send = off, from = none." in begins.err, "and where no mail can leave, it says that", begins)
    h.feed("2026-03-12T12:30:00Z", ("2026-03-12T12:20:00Z", "198.18.1.9", 443, "exchange"))

    def leaves():
        """[(member, kind, what it tells of)] of what is on its way."""
        return sorted((m["member"], m["kind"], tuple(sorted(f["seen"].split()[0] for f in shown(h, m["id"])[1]))) for m in notices(h) if m["state"] == "waiting")

    first = [("m1", "critical", ("198.18.1.9",)), ("m1", "digest", ("198.18.1.5",)), ("m2", "critical", ("198.18.2.8",)),
             ("m2", "digest", ("198.18.2.9",)), ("m2", "reminder", ("198.18.2.7",))]
    ran = h.import_(HEAD + "1;m1;ms-exchange;198.18.1.9;;2026-03-12T12:25:00Z\n", "--json")
    ok(ran.status == 3 and json.loads(ran.out.splitlines()[1])["why"] == "on-its-way", "what is on its way is not called told", ran)
    ok(leaves() == first, "what it never told, what came back, and what is new are told; what it told is not, but for what it told ten days ago: that is asked about",
       leaves(), left)
    h.clock("2026-03-13T07:30:00Z")
    ok(leaves() == first, "within a day of the last telling nobody is asked again", leaves())
    h.clock("2026-03-13T08:30:00Z")
    ok(leaves() == sorted([*first, ("m1", "reminder", ("198.18.1.7",))]), "then the member is reminded, and the digest of that day has nothing that was told", leaves())
    rdp = next(f["id"] for f in map(json.loads, h.must("finding", "list", "--json").out.splitlines()) if f["seen"] == "198.18.1.8 tcp/3389")
    h.must("finding", "close", rdp, "--reason", "they took it off the net")
    h.clock("2026-03-16T09:00:00Z")
    ok(("m1", "closed", ("198.18.1.8",)) in leaves(), "and hears that it is over, as if Waker had told it", leaves())
    h.must("recall", "--of", "m1", "--issue", "exposed.rdp", "--yes", "--reason", "the publisher was wrong")
    h.clock("2026-03-16T10:00:00Z")
    ok([x for x in leaves() if x[1] == "correction"] == [("m1", "correction", ("198.18.1.4", "198.18.1.8"))], "and that it was wrong", leaves())
    ok(h.run("audit", "verify").status == 0 and "notice import" in h.run("audit", "list").out, "what was imported is in the audit", h.run("audit", "list"))


def joint():
    """A range that two hospitals share: each has a finding of its own of what is there."""
    h = Home("joint")

    def ok(good, sentence, *why):
        story.ok(good, f"joint: {sentence}", *why)

    h.must("member", "import", h.file("roster.csv", ROSTER + "asset,m1,,prefix,,,,,198.18.3.0/24\nasset,m2,,prefix,,,,,198.18.3.0/24\n"), "--yes")
    h.must("notice", "mode", "shadow")
    h.feed("2026-03-02T12:00:00Z", ("2026-03-02T11:30:00Z", "198.18.3.7", 3389, "rdp"))
    ok([(f["member"], f["seen"]) for f in map(json.loads, h.must("finding", "list", "--json").out.splitlines())] ==
       [("m1", "198.18.3.7 tcp/3389"), ("m2", "198.18.3.7 tcp/3389")], "both have it", h.findings())
    line = "1;{};open-rdp;198.18.3.7;3389;2026-03-02T11:45:00Z\n"
    said = h.compare(HEAD + line.format(""), "--day", "2026-03-02")[1]
    ok([(by, issue, why) for by, _, issue, why in said] == [("older", "exposed.rdp", "which")], "a line that meets both, and names neither, is not laid to one of them", said)
    before = h.held()
    ran = h.import_(HEAD + line.format(""), "--json")
    ok(ran.status == 3 and [json.loads(x)["why"] for x in ran.out.splitlines()[1:]] == ["which"] and h.held() == before, "nor is one of them told by it", ran)
    ran = h.import_(HEAD + line.format("m2"), "--json")
    told = {(f["member"], f["state"]) for f in map(json.loads, h.must("finding", "list", "--json").out.splitlines())}
    ok(ran.status == 0 and told == {("m1", "open"), ("m2", "told")}, "one that names its member is of that one alone", ran, told)


play("file")
joint()
if URL:
    play("server", "--store", URL)
else:
    story.skip("the same on a server", "no PostgreSQL")
story.end()
