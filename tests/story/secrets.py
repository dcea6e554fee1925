"""What secrets.sh plays: a secret is planted in each record of a sample of each feed file, and of each type of it, that
marks a column secret; then everything that Waker printed and kept is looked through, in the forms that bytes take on their way."""
import base64
import csv
import glob
import io
import json
import os
import re
import shutil
import subprocess
import urllib.parse

from play import EXAMPLES, NOW, TREE, WAKER, Ran, Story, copy, must, new_home, rows

story = Story("secrets")
FEEDS = f"{TREE}/feeds"
OUT = f"{story.tmp}/out"
KEY = f"{story.tmp}/officers.key"
DAY = NOW[:10]
HIT, NOBODY, MEMBER = "192.0.2.20", "198.18.0.7", "zeehaven.example"


# ---- which columns are secret, and a sample of each

def marked(path):
    """{type: (its columns, the secret ones, how those are looked up that are)} of a feed file, as its lines say; the type "" where
    it has none. Of the columns that all types share only those that are looked up, and the time."""
    columns, secrets, selects, part, at = {}, {}, {}, None, None
    with open(path, encoding="utf-8") as text:
        for line in text:
            head = re.match(r"\[(columns|select) ?(.*)\]", line)
            if line.startswith("["):
                part, at = (head[1], head[2]) if head else (None, None)
            elif part and re.match(r"[^#\s].* = ", line):
                name, rest = (word.strip() for word in line.split(" = ", 1))
                if part == "select":
                    selects.setdefault(at, {})[name] = rest.split()[0]
                    continue
                columns.setdefault(at, []).append(name)
                if re.match(r"\S+ secret\b", rest):
                    secrets.setdefault(at, []).append(name)
    found = {}
    for kind in [t for t in columns if t] or [""]:
        looked = {**selects.get("", {}), **selects.get(kind, {})}
        hidden = secrets.get("", []) + (secrets.get(kind, []) if kind else [])
        if hidden:
            every = ["timestamp", *looked, *columns[kind], *secrets.get("", [])]
            found[kind] = (list(dict.fromkeys(every)), hidden, looked)
    return found


class Planted:
    """Secrets, each of its own: letters and digits that nothing else has."""

    def __init__(self, tag):
        self.tag, self.all = re.sub("[^a-z0-9]", "", tag), []

    def __call__(self):
        self.all.append(f"Zq{len(self.all):02}{self.tag}Planted{len(self.all):02}Xw")
        return self.all[-1]


def as_csv(columns, hidden, looked, plant):
    """A report: who hits, who does not, junk of each kind, and secrets in awkward dress."""
    def record(address, dress="{}", **more):
        given = {"timestamp": f"{DAY} 01:02:03", "port": "443", **{c: address for c in looked if looked[c] == "address"},
                 **{c: f"j@{MEMBER if address == HIT else 'nobody.example'}" for c in looked if looked[c] == "mail"}, **more}
        return [dress.format(plant()) if c in hidden else given.get(c, "") for c in columns]
    out = io.StringIO()
    write = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    write.writerow(columns)
    write.writerows([record(HIT), record("192.0.2.21", '"{}", and a "quote"'), record("192.0.2.22", "two\nlines {}"),
                     record(NOBODY), record("no address"), record("192.0.2.999"), record(HIT, asn="none", hostname="-bad-..name"),
                     record(HIT) + [plant()], record(HIT)[:-1] + [], record("", "{}"), record(HIT, "{}" + "x" * 9000)])
    short = record(HIT)
    return out.getvalue() + ",".join(f'"{v}' for v in short) + "\n" + f'"{plant()}\n'


def as_xarf(plant):
    def report(address, **more):
        return {"Version": "4", "ReporterInfo": {"ReporterOrg": "X"},
                "Report": {"ReportType": "login-attack", "Date": f"{DAY}T01:02:03Z", "SourceIp": address,
                           "PasswordHash": {"HashValue": plant()}, **more}}
    every = [report(HIT), report(NOBODY), report("no address"), report(""), report(HIT, Account={"AccountName": "a"})]
    return json.dumps(every[0]), json.dumps(every)


def samples():
    """(feed, type, name of a file, its bytes, what was planted) for each secret mark that is shipped."""
    for path in sorted(glob.glob(f"{FEEDS}/*.feed")):
        feed = os.path.basename(path)[:-5]
        for kind, (columns, hidden, looked) in marked(path).items():
            plant = Planted(feed[:4] + kind.replace("_", ""))
            if feed == "xarf":
                one, many = as_xarf(plant)
                yield feed, kind, "report.json", one, plant.all[:1]
                yield feed, kind, "reports.json", many, plant.all
            else:
                name = f"{DAY}-{kind}-x.csv"
                yield feed, kind, name, as_csv(columns, hidden, looked, plant), plant.all


# ---- looking

def dresses(secret):
    """What the bytes may look like elsewhere, in small letters."""
    raw = secret.encode()
    yield secret
    yield secret[::-1]
    yield raw.hex()
    yield raw.hex(" ")
    yield "".join(f"%{b:02x}" for b in raw)
    yield urllib.parse.quote(secret)
    yield "".join(f"\\u{b:04x}" for b in raw)
    yield secret.encode("utf-16-le").decode("latin1")
    for shift in range(3):  # where in three bytes it begins
        text = base64.b64encode(b"\0" * shift + raw).decode().rstrip("=")
        yield text[4 if shift else 0:-1]


def unpacked(data):
    if data.startswith(b"\x28\xb5\x2f\xfd"):
        return subprocess.run(["zstd", "-dc"], input=data, capture_output=True, check=False).stdout
    return b""


def files_below(*tops):
    for top in tops:
        for at, _, names in os.walk(top):
            for name in names:
                with open(os.path.join(at, name), "rb") as kept:
                    yield os.path.relpath(os.path.join(at, name), story.tmp), kept.read()


def leaks(secrets, said, *tops):
    """Where a secret stands: in what was said, or in a file below these folders. Case does not matter."""
    needles = {d.lower().encode("latin1"): s for s in secrets for d in dresses(s)}
    found = []
    for where, data in [*said, *files_below(*tops)]:
        text = (data + b"\n" + unpacked(data)).lower()
        found += [f"{where}: {s} as {n.decode('latin1')}" for n, s in needles.items() if n in text]
    return found


# ---- saying

def put(name, text, folder):
    os.makedirs(folder, exist_ok=True)
    with open(f"{folder}/{name}", "w", encoding="utf-8", newline="") as out:
        out.write(text)
    return f"{folder}/{name}"


def play_all(home, feed, kind, path):
    """Everything that reads the file or shows what came of it; what each said."""
    how = ["--type", kind] if kind else []
    shutil.rmtree(OUT, ignore_errors=True)
    os.makedirs(OUT)
    said = []

    def do(*words, **more):
        ran = Ran("-C", home, *words, **more)
        said.append((" ".join(words)[:60], (ran.out + ran.err).encode()))
        return ran

    do("feed", "test", feed, path, *how, "--records", "99", "--junk", f"{OUT}/test.junk")
    do("feed", "test", feed, path, *how, "--json", "--verbose")
    do("feed", "parse", feed, path, *how, "--junk", f"{OUT}/parse.junk")
    do("feed", "parse", feed, path, *how, "--raw")
    do("match", "--members", f"{EXAMPLES}/roster.json", "--feed", feed, *how, "--format", "json", "--junk", f"{OUT}/match.junk", path)
    do("match", "--members", f"{EXAMPLES}/roster.json", "--feed", feed, *how, path)
    do("feed", "run", feed, path, *how, "--dry-run")
    runs = [do("feed", "run", feed, path, *how, "--verbose"), do("feed", "run", feed, path, *how, "--json")]
    box = f"{home}/inbox/{feed}"
    with open(path, "rb") as given:  # other bytes, so another batch
        more = given.read().replace(b"01:02:03", b"01:02:04")
    os.makedirs(box, exist_ok=True)
    with open(f"{box}/{os.path.basename(path)}", "wb") as out:
        out.write(more)
    runs.append(do("feed", "run", feed))
    for words in (["list"], ["list", "--json"], ["list", "--held", "--json"]):
        do("finding", *words)
    listed = [json.loads(line) for line in Ran("-C", home, "finding", "list", "--json").out.splitlines()]
    for one in listed[:6]:
        for verb in "show", "explain":
            do("finding", verb, one["id"])
            do("finding", verb, one["id"], "--json")
    return said, runs, listed


def opens_again(home, path):
    """Each sealed file of the archive, with the key: the bytes that came; changed or cut: none at all."""
    sealed = glob.glob(f"{home}/archive/*/*/*/*.sealed")
    with open(path, "rb") as given:
        want = given.read()
    came = []
    for one in sealed:
        ran = subprocess.run([WAKER, "archive", "open", one, "--key", KEY], capture_output=True, check=False)
        came.append(ran.stdout if ran.returncode == 0 else ran.stderr)
    return len(sealed) == 2 and want in came and want.replace(b"01:02:03", b"01:02:04") in came, sealed


def each_sample(base):
    for feed, kind, name, text, planted in samples():
        what = f"{feed} {kind}".strip() + (f" {name}" if feed == "xarf" else "")
        home = copy(base, f"{story.tmp}/home")
        path = put(name, text, f"{story.tmp}/given")
        said, runs, listed = play_all(home, feed, kind, path)
        found = leaks(planted, said, OUT, home)
        read = [r.status for r in runs] == [0, 0, 0] and listed
        story.ok(not found and read, f"{what}: none of {len(planted)} secrets is said or kept", *found[:8], *runs[:1], len(listed))
        good, sealed = opens_again(home, path)
        story.ok(good and not glob.glob(f"{home}/inbox/*/*"), f"{what}: its archive is sealed, opens with the key, and the inbox is empty", sealed)
        without_mark(base, feed, kind, path, planted, what)


def without_mark(base, feed, kind, path, planted, what):
    """The looking works: with the mark taken away the secrets are found."""
    home = copy(base, f"{story.tmp}/home")
    with open(f"{FEEDS}/{feed}.feed", encoding="utf-8") as text:
        bare = re.sub(r"(?m)^(\S+ = \S+) secret\b", r"\1", text.read())
    put(f"{feed}.feed", bare, f"{home}/feeds")
    how = ["--type", kind] if kind else []
    ran = Ran("-C", home, "feed", "run", feed, path, *how)
    parsed = Ran("-C", home, "feed", "parse", feed, path, *how)
    in_store, in_said = leaks(planted, [], home), leaks(planted, [("parse", parsed.out.encode())])
    story.ok(in_store and in_said, f"{what}: without the mark they are found", ran, in_store[:2], in_said[:2])


# ---- the key

def archive_open(base):
    home = copy(base, f"{story.tmp}/home")
    feed, kind, name, text, planted = next(s for s in samples() if s[0] == "shadowserver")
    text += "".join(f'"{i}"\n' for i in range(40000))  # several chunks, also when packed
    path = put(name, text, f"{story.tmp}/given")
    must("-C", home, "feed", "run", feed, path, "--type", kind)
    [sealed] = glob.glob(f"{home}/archive/*/*/*/*.sealed")
    with open(sealed, "rb") as kept:
        whole = kept.read()
    ran = Ran("archive", "open", sealed)
    story.ok(ran.is_sentence(77, "say --key") and not ran.out, "without a key nothing comes, and it says so", ran)
    must("init", "--example", f"{story.tmp}/other", WAKER_NOW="")
    ran = Ran("archive", "open", sealed, "--key", f"{story.tmp}/other/archive.key")
    story.ok(ran.is_sentence(77, "sealed to the key") and not ran.out, "nor with another's", ran)
    bad = []
    for at in [0, 7, 8, 20, 100, 119, 120, 121, len(whole) // 2, len(whole) - 1]:
        for change in whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1:], whole[:at]:
            with open(f"{story.tmp}/x.zst.sealed", "wb") as out:
                out.write(change)
            ran = Ran("archive", "open", f"{story.tmp}/x.zst.sealed", "--key", KEY)
            if ran.status not in (65, 77) or ran.out or not ran.err.startswith("waker archive open: "):
                bad.append((at, len(change), ran))
    story.ok(not bad, "a byte changed anywhere, or the tail cut off anywhere, gives a sentence and not one byte", *bad[:3])
    shutil.copy(sealed, f"{story.tmp}/{'0' * 64}.zst.sealed")
    ran = Ran("archive", "open", f"{story.tmp}/{'0' * 64}.zst.sealed", "--key", KEY)
    story.ok(ran.is_sentence(65, "its name promises") and not ran.out, "a file put in another's place is refused", ran)
    ran = Ran("archive", "open", sealed, "--key", KEY, "-o", f"{story.tmp}/got", "--json")
    with open(f"{story.tmp}/got", "rb") as got:
        story.ok(ran.status == 0 and json.loads(ran.out)["bytes"] == len(text) and got.read() == text.encode(), "-o and --json: the bytes in a file, the facts as JSON", ran)
    os.chmod(KEY, 0o644)
    ran = Ran("archive", "open", sealed, "--key", KEY)
    os.chmod(KEY, 0o600)
    story.ok(ran.is_sentence(78, "chmod 600"), "a key that others may read is refused", ran)


def home_of_before(base):
    """No key: refused before it is read, nothing lost, and `waker init` heals it."""
    home = copy(base, f"{story.tmp}/home")
    os.remove(f"{home}/archive.pub")
    feed, kind, name, text, planted = next(s for s in samples() if s[0] == "shadowserver")
    put(name, text, f"{home}/inbox/{feed}")
    ran = Ran("-C", home, "feed", "run")
    story.ok(ran.is_sentence(78, "no key to seal", "waker init") and os.listdir(f"{home}/inbox/{feed}") == [name] and
             not rows(home, "batch") and not glob.glob(f"{home}/archive/*"), "a home without the key: refused, and the file stays in the inbox", ran)
    ran = Ran("-C", home, "feed", "run", "generic-iplist", f"{EXAMPLES}/list.txt")
    story.ok(ran.status == 0, "what has no secrets is run as before", ran)
    ran = Ran("init", home)
    again = Ran("-C", home, "feed", "run")
    story.ok(ran.status == 0 and "move" in ran.err and again.status == 0 and not os.listdir(f"{home}/inbox/{feed}"),
             "`waker init` adds the key, and the batch is done", ran, again)
    ran = Ran("init", home)
    story.ok(ran.is_sentence(75, "lacks nothing"), "a second time it says that there is nothing to add", ran)


def once(base):
    """A list that somebody mailed, with passwords in it."""
    home = copy(base, f"{story.tmp}/home")
    plant = Planted("once")
    text = "ip,password,when\n" + "".join(f"192.0.2.{20 + i},{plant()},{DAY}\n" for i in range(5)) + f"x,{plant()},y\n"
    path = put("list.csv", text, f"{story.tmp}/given")
    words = ["once", path, "--issue", "exposed.rdp", "--title", "A list"]
    ran = [Ran("-C", home, *words, "--dry-run"), Ran("-C", home, *words, "--yes", "--json")]
    shown = Ran("-C", home, "finding", "list", "--json")
    first = json.loads(shown.out.splitlines()[0])["id"] if shown.out else "0"
    ran += [shown, Ran("-C", home, "finding", "explain", first, "--json"), Ran("-C", home, "finding", "show", first)]
    found = leaks(plant.all, [("once", (r.out + r.err).encode()) for r in ran], home)
    story.ok(not found and ran[1].status == 0 and glob.glob(f"{home}/archive/*/*/*/*.sealed"), "once: passwords in a list are neither said nor kept, and its archive is sealed", *found[:6], *ran)


def piped(base):
    """What comes once is read from memory; no plain copy is left anywhere."""
    home = copy(base, f"{story.tmp}/home")
    feed, kind, name, text, planted = next(s for s in samples() if s[0] == "shadowserver")
    ran = subprocess.run([WAKER, "-C", home, "feed", "run", feed, "-", "--type", kind], input=text.encode(), capture_output=True, check=False)
    found = leaks(planted, [("run", ran.stdout + ran.stderr)], home)
    story.ok(ran.returncode == 0 and not found and rows(home, "finding"), "what comes by standard input makes findings, and leaves no secret", *found[:4], ran)


def held(base):
    """A report without its header: what is said of it, and kept as the reason, has no cell in it."""
    home = copy(base, f"{story.tmp}/home")
    feed, kind, name, text, planted = next(s for s in samples() if s[0] == "shadowserver")
    path = put(name, text.split("\n", 1)[1], f"{story.tmp}/given")
    ran = [Ran("-C", home, "feed", "run", feed, path, *how) for how in ((), ("--json",))]
    ran += [Ran("-C", home, "feed", verb, feed, path) for verb in ("test", "parse")]
    found = leaks(planted, [("held", (r.out + r.err).encode()) for r in ran], home)
    story.ok(not found and ran[0].status == 65 and rows(home, "batch"), "a held batch says no secret, and its archive is sealed", *found[:4], ran[0])


def main():
    base = new_home(f"{story.tmp}/base")
    os.rename(f"{base}/archive.key", KEY)
    each_sample(base)
    archive_open(base)
    home_of_before(base)
    once(base)
    piped(base)
    held(base)


try:
    main()
finally:
    story.end()
