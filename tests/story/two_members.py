"""Two members of 198.18.1.0/24 and 198.18.2.0/24, the reports of their days, and what is typed at them; clocks are set by
each call.
"""
import json

from play import Ran, copy, must

HEAD = "timestamp,ip,protocol,port,hostname,tag,asn,hostname_source,sha1_fingerprint"
HOUR = "06:00:00Z"


def at(day, hour=HOUR):
    return f"2026-03-{day:02d}T{hour}"


class Home:
    """A home of two members with what is typed at it; clocks are set by each call."""

    def __init__(self, story, name, base=None):
        self.story, self.path = story, f"{story.tmp}/{name}"
        if base:
            copy(base.path, self.path)
            return
        must("init", "--example", self.path)
        with open(f"{self.story.tmp}/roster.csv", "w", encoding="ascii") as out:
            out.write("record,member,names,kind,value\nmember,m1,First,hospital,\nmember,m2,Second,hospital,\n"
                      "asset,m1,,prefix,198.18.1.0/24\nasset,m1,,domain,m1.example\nasset,m2,,prefix,198.18.2.0/24\n")
        must("-C", self.path, "member", "import", f"{self.story.tmp}/roster.csv", "--yes")

    def run(self, day, *words, hour=HOUR):
        return Ran("-C", self.path, *words, WAKER_NOW=at(day, hour), USER="officer", WAKER_WARNINGLISTS=f"{self.story.tmp}/none")

    def must(self, day, *words, hour=HOUR):
        return must("-C", self.path, *words, WAKER_NOW=at(day, hour), USER="officer", WAKER_WARNINGLISTS=f"{self.story.tmp}/none")

    def report(self, day, *ips, kind="scan_rdp", name="nl", of=None, event=None, print_="AA", tag="rdp", port=3389):
        """The report of a day, of these addresses, read on the morning after it."""
        of = of or day - 1
        path = f"{self.story.tmp}/2026-03-{of:02d}-{kind}-{name}.csv"
        event = event or f"2026-03-{of:02d} 12:00:00"
        with open(path, "w", encoding="ascii") as out:
            out.write(HEAD + "\n" + "".join(f"{event},{ip},tcp,{port},,{tag},64510,,{print_}\n" for ip in ips))
        return self.run(day, "feed", "run", "shadowserver", path)

    def all(self, *words):
        return [json.loads(line) for line in self.must(28, "finding", "list", "--all", "--json", *words).out.splitlines()]

    def state(self, ip="198.18.1.7"):
        """"open", "closed fixed", … of the finding at an address; empty: there is none."""
        for f in self.all():
            if f["seen"].split()[0] == ip:
                return f"{f['state']} {f['ended']}".strip()
        return ""

    def id(self, ip="198.18.1.7"):
        return next(f["id"] for f in self.all() if f["seen"].split()[0] == ip)
