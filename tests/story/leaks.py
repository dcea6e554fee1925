"""What the stories of leaking share: by what a member could be known, and the reading of all that would leave for somebody else's."""
import collections
import json
import re

from play import must

# In a word: an id, an address of either sort, a name, a member's slug; and a prefix.
WORD = re.compile(r"[A-Za-z0-9_À-￿][A-Za-z0-9_.:@À-￿-]*[A-Za-z0-9_À-￿]")
PREFIX = re.compile(r"[0-9A-Fa-f.:]+/[0-9]{1,3}")
PARTS = ("subject", "text", "html", "csv", "jsonl")
MACHINES = {"webhook": "https://soc.{m}.invalid/waker", "file": "{m}", "cef": "{m}", "syslog": "siem.{m}.invalid:6514"}


class Reading:
    """Of a home, as `run(*words)` answers for it: what was read, and what in it is another's."""

    def __init__(self, run):
        self.run, self.whose, self.read = run, collections.defaultdict(set), collections.Counter()
        self.values, self.leaks, self.members, self.seen = collections.Counter(), [], set(), set()

    def knows(self, value, member):
        self.whose[value.lower()].add(member)

    def is_member(self, slug):
        """With a contact and machines by which it could be known, too."""
        self.members.add(slug)
        for value in (slug, f"desk@{slug}.invalid", f"person-{slug}", f"soc.{slug}.invalid", f"siem.{slug}.invalid"):
            self.knows(value, slug)

    def contacts(self):
        """The lines of a roster."""
        return ["record,member,role,name,mail,language"] + [f"contact,{m},security,Person-{m},desk@{m}.invalid,{'nl' if i % 2 else 'en'}"
                                                            for i, m in enumerate(sorted(self.members))]

    def machines(self, members):
        for m in members:
            for channel, address in MACHINES.items():
                self.run("hook", "add", channel, address.format(m=m), "--of", m)

    def find(self):
        """What was found is whose it is, and so is its id."""
        for line in self.run("finding", "list", "--all", "--json").splitlines():
            f = json.loads(line)
            self.knows(f["id"], f["member"])
            self.knows(f["seen"].split(" ")[0], f["member"])

    def words(self, part, text, mine):
        for word in WORD.findall(text) + PREFIX.findall(text):
            owners = self.whose.get(word.lower())
            self.values[part] += owners is not None
            if owners and mine not in owners:
                self.leaks.append((mine, part, word, sorted(owners)[:3]))

    def notice(self, mine, *which):
        """All that a notice, or what is planned, would be."""
        for line in self.run("notice", "preview", *which, "--json").splitlines():
            out = json.loads(line)
            self.read[out["channel"]] += 1
            self.words("to", out["to"], mine)
            for part in PARTS:
                self.words(part, out[part] or "", mine)
            self.words(out["channel"], out["machine"] or "", mine)

    def notices(self):
        """Those that were not read yet."""
        self.find()
        for line in self.run("notice", "list", "--json").splitlines():
            n = json.loads(line)
            if n["id"] not in self.seen:
                self.seen.add(n["id"])
                self.notice(n["member"], n["id"])

    def planned(self):
        self.find()
        for m in sorted(self.members):
            self.notice(m, "--of", m)

    def says(self):
        return (f"{sum(self.read.values())} outputs ({', '.join(f'{n} {c}' for c, n in sorted(self.read.items()))}) of {len(self.members)} members say "
                f"{sum(self.values.values())} things by which somebody could be known ({', '.join(f'{n} in {p}' for p, n in sorted(self.values.items()))})")

    def judge(self, story, least, of):
        """`least`: outputs of each sort, and things in each part, below which nothing was shown."""
        parts = (*PARTS[1:], *MACHINES)
        story.ok(all(self.read[c] >= least for c in ("mail", *MACHINES)) and all(self.values[p] >= least for p in parts), f"{of}: {self.says()}")
        story.ok(not self.leaks, "and each is the reader's own", len(self.leaks), *self.leaks[:12])


def release(run):
    """What a breaker holds goes."""
    for issue in {n["issue"] for n in map(json.loads, run("notice", "plan", "--json").splitlines()) if n["state"] == "held"}:
        run("notice", "release", issue)


def of_home(home, **env):
    """A run for Reading."""
    return lambda *words: must("-C", home, *words, **env).out
