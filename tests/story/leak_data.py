"""What leak_data.sh plays: the parser cases of ../shared/data as reports, by the feed files that carry them (tests/conformance)."""
import collections
import glob
import importlib.machinery
import importlib.util
import ipaddress
import json
import os
import re
import sys
import urllib.parse

from leaks import WORD, Reading, of_home, release
from play import TREE, WAKER, Ran, Story, must

story = Story("leak_data")
DATA = f"{TREE}/../shared/data"
if not os.path.isdir(DATA):
    story.skip("nobody hears of another in any feed", "../shared/data is absent")
    story.end()
    sys.exit()
loader = importlib.machinery.SourceFileLoader("conformance", f"{TREE}/tests/conformance")
conformance = importlib.util.module_from_spec(importlib.util.spec_from_loader("conformance", loader))
sys.modules["conformance"] = conformance
loader.exec_module(conformance)
MEMBERS = [f"zorg{chr(97 + i)}" for i in range(9)]
OWN = ("source.ip", "source.fqdn", "source.reverse_dns", "source.network", "source.account")
SAID = ("extra.subject_common_name", "extra.issuer_common_name", "extra.ldap_service_name", "extra.ipv4_subnet_mask")  # by the machine itself
THEIRS = ("destination.ip", "destination.fqdn", "destination.network")
EARLIEST = "2004-01-01T00:00:00Z"
work, home, LATER = f"{story.tmp}/work", f"{story.tmp}/home", "2026-03-20T12:00:00Z"
os.mkdir(work)
run = conformance.Run(WAKER, work)


class Sharing:
    """Values that stand in one record as its own are one member's: a record may be shown whole to whose it is."""

    def __init__(self):
        self.up = {}

    def root(self, value):
        while self.up.setdefault(value, value) != value:
            value = self.up[value]
        return value

    def join(self, values):
        values = list(values)
        for value in values:
            self.up[self.root(value)] = self.root(values[0])


# -- what there is, and of whom
sharing, reports, left, records = Sharing(), [], collections.Counter(), 0
cases = [conformance.Case(p) for p in sorted(glob.glob(f"{DATA}/**/case.json", recursive=True)) if conformance.is_parser_case(p)]
for case in cases:
    row, why = conformance.carried(run, case)
    if row is None or row[0] == "generic":
        left[f"{case.parser} ({why or 'made of its options alone'})"] += 1
        continue
    for i, one in enumerate(case.inputs):
        data, name = conformance.filtered(case, case.data(one)), conformance.name_of(one.get("report", {}))
        kind = row[1] or conformance.shadow_type(case, name)
        events, said = run.parse(row[0], kind, name, data)
        if not events:
            left[f"{case.parser} ({row[0]} reads nothing of it)"] += 1
            continue
        path = f"{work}/{len(reports)}/{re.sub(r'[^A-Za-z0-9_.-]', '_', name) or 'input'}"
        os.mkdir(os.path.dirname(path))
        with open(path, "wb") as out:
            out.write(data)
        times = sorted(str(*e["time.source"][:1] if isinstance(e["time.source"], list) else (e["time.source"],))[:19] for e in events if "time.source" in e)
        reports.append((times[-1] if times else "2026-03-02T12:00:00", row[0], kind, path))
        for event in events:
            records += 1
            flat = {k: v if isinstance(v, list) else [v] for k, v in event.items()}
            own = [str(v).lower() for key in OWN for v in flat.get(key, ())]
            own += [host for v in flat.get("source.url", ()) if (host := urllib.parse.urlsplit(str(v).lower()).hostname)]
            own += [word.lower() for key in SAID for v in flat.get(key, ()) for word in WORD.findall(str(v)) if "." in word]
            if own:
                sharing.join(own)
            for key in THEIRS:
                for v in flat.get(key, ()):
                    sharing.root(str(v).lower())


def asset(value):
    """(kind, value) as a roster has it, None: nobody can own it."""
    try:
        net = ipaddress.ip_network(value)
        return ("prefix", str(net)) if net.prefixlen >= (8 if net.version == 4 else 19) else None
    except ValueError:
        pass
    if "@" in value:
        return ("account", value)
    return ("host", value) if re.fullmatch(r"(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+", value) and not value.replace(".", "").isdigit() else None


reading = Reading(of_home(home, WAKER_NOW=LATER, WAKER_WARNINGLISTS=f"{story.tmp}/none"))
for m in MEMBERS:
    reading.is_member(m)
roots, assets = {}, {}
for value in sorted(sharing.up):
    thing, member = asset(value), roots.setdefault(sharing.root(value), MEMBERS[len(roots) % len(MEMBERS)])
    if thing:
        assets[thing] = (member, value)
must("init", "--example", home, WAKER_NOW=EARLIEST)
while True:  # what is nobody's (a public suffix, loopback) is left out as the roster says
    lines = ["record,member,names,kind,role,name,mail,language,value"] + [f"member,{m},{m},hospital,,,,," for m in MEMBERS]
    lines += [f"contact,{m},,,security,Person-{m},desk@{m}.invalid,{'nl' if i % 2 else 'en'}," for i, m in enumerate(MEMBERS)]
    things = list(assets)
    lines += [f"asset,{assets[t][0]},,{t[0]},,,,,{t[1]}" for t in things]
    with open(f"{story.tmp}/roster.csv", "w", encoding="utf-8") as out:
        out.write("\n".join(lines) + "\n")
    ran = Ran("-C", home, "member", "import", f"{story.tmp}/roster.csv", "--yes", WAKER_NOW=EARLIEST)
    wrong = {int(n) for n in re.findall(r"roster\.csv:(\d+): mistake", ran.err)}
    if ran.status == 0 or not wrong:
        break
    for n in wrong:
        del assets[things[n - 2 - 2 * len(MEMBERS)]]
story.ok(ran.status == 0, f"{len(assets)} addresses and names of {records} records are shared out among {len(MEMBERS)} members", ran)
for (kind, value), (member, plain) in assets.items():
    reading.knows(value, member)
    reading.knows(plain, member)

# -- told, each report a moment after the newest that it tells of: what is old opens nothing
must("-C", home, "notice", "mode", "on", WAKER_NOW=EARLIEST)
reading.machines(MEMBERS)
fed, read = collections.Counter(), set()
for when, feed, kind, path in sorted(reports, key=lambda r: r[0]):
    env = {"WAKER_NOW": when + "Z", "WAKER_WARNINGLISTS": f"{story.tmp}/none"}
    ran = Ran("-C", home, "--quiet", "feed", "run", feed, path, *(["--type", kind] if kind else []), "--yes", **env)
    if ran.status != 0:
        left[f"{feed} ({(ran.err.splitlines() or ['?'])[-1][:90]})"] += 1
        continue
    fed[feed] += 1
    reading.run = of_home(home, **env)
    release(reading.run)
    reading.notices()
    new = {(n["member"], n["finding"], n["made"]) for n in map(json.loads, reading.run("notice", "plan", "--json").splitlines())} - read
    for m in {m for m, _, _ in new}:
        reading.notice(m, "--of", m)
    read |= new
for what, n in sorted(left.items()):
    print(f"# left out, {n}: {what}")
print(f"# played: {', '.join(f'{n} {f}' for f, n in sorted(fed.items()))}")
found = reading.run("finding", "list", "--all", "--json").count("\n")
story.ok(len(fed) > 30 and found > 100, f"{sum(fed.values())} reports of {len(fed)} feeds make {found} findings")
reading.judge(story, 9, "real reports")
story.end()
