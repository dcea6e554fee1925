"""What store.sh plays: the same day in a home with a file and in one with a server, and then the file copied to a server."""
import json
import os
import re
import shutil
import subprocess
import sys

from play import EXAMPLES, TREE, Ran, Story, must

URL = os.environ.pop("WAKER_TEST_POSTGRES", "")
story = Story("store")
NEXT = "2026-03-09T12:00:00Z"
if not URL:
    story.skip("both stores mean the same", "there is no PostgreSQL")
    story.end()
    sys.exit()


def sql(text, url=URL):
    return subprocess.run(["psql", url, "-AtqX", "-v", "ON_ERROR_STOP=1", "-c", text], check=True, capture_output=True,
                          text=True).stdout


def database(name):
    """The URL of a new database."""
    sql(f"CREATE DATABASE {name}")
    return URL.replace("/waker?", f"/{name}?")


# The audit of a server has one value more, in the row of `init`: where it is.
WHERE = re.compile(r'"?store: (postgresql://[^",]*|\(erased\))"?,')
VALUES = re.compile(r'(?m)(^audit\twhat was typed.*\tsince it was done\t|\baudit: |^erased\t|\binit\tinit\t[^\t]*\t|"init",.*"erased":)[1-9]\d*')


class Same:
    """What was printed, without what differs from home to home: drawn ids become their place, hashes a word."""

    def __init__(self, home):
        self.home, self.ids, self.said = home, {}, []

    def plain(self, text):
        text = VALUES.sub(r"\1N", WHERE.sub("", text))
        text = re.sub(r"F-[0-9A-Z]{6}-[0-9A-Z]", lambda m: self.ids.setdefault(m[0], f"F-{len(self.ids)}"), text)
        return re.sub(r"\b[0-9a-f]{64}\b(?!\.zst)", "HASH", text).replace(self.home, "HOME")

    def run(self, *words, status=0, **env):
        ran = Ran("-C", self.home, *words, USER="officer", **env)
        said = self.plain(f"$ waker {' '.join(words)}\nstatus {ran.status}\n{ran.out}{ran.err}")
        self.said.append(said if ran.status in (status, 3) else f"UNEXPECTED {said}")
        return ran.out

    def id_of(self, issue, member):
        for line in self.run("finding", "list", "--json", "--all").splitlines():
            f = json.loads(line)
            if f["issue"] == issue and f["member"] == member:
                return f["id"]
        return "none"


LOOKS = [("member", "list"), ("contact", "list"), ("asset", "list"), ("feed", "list"), ("finding", "list", "--all"),
         ("finding", "list", "--all", "--feed", "shadowserver"), ("finding", "list", "--all", "--feed", "Shadowserver"),
         ("finding", "list", "--severity", "1"), ("finding", "list", "--issue", "exposed.rdp"), ("finding", "list", "--state", "candidate"),
         ("finding", "list", "--of", "umc-duin", "--json"), ("notice", "plan"), ("notice", "plan", "--of", "zeehaven"),
         ("suppress", "list", "--all"), ("batch", "list"), ("batch", "list", "--state", "done"), ("issue", "list"),
         ("person", "SOC@zeehaven.example"), ("person", "röntgen"), ("person", "RÖNTGEN"), ("retention", "plan"), ("audit", "list"),
         ("audit", "list", "--json"), ("whose", "198.51.100.70")]


def look(same, **env):
    for words in LOOKS:
        same.run(*words, **env)
    for line in same.run("finding", "list", "--all", "--json", **env).splitlines():
        same.run("finding", "explain", json.loads(line)["id"], **env)
        same.run("finding", "show", json.loads(line)["id"], **env)
    same.run("audit", "verify", **env)


def day(same):
    """Reports come, officers and members act; a week later some of it is over."""
    os.makedirs(f"{same.home}/inbox/shadowserver", exist_ok=True)
    for name in os.listdir(EXAMPLES):
        if name.endswith("-example.csv"):
            shutil.copy(f"{EXAMPLES}/{name}", f"{same.home}/inbox/shadowserver")
    same.run("feed", "run")
    same.run("feed", "run")
    with open(f"{story.tmp}/list.txt", "w", encoding="utf-8") as out:
        out.write("198.51.100.70\n203.0.113.20\n192.0.2.40\n")
    same.run("once", f"{story.tmp}/list.txt", "--title", "a list", "--issue", "vuln.citrix", "--yes")
    rdp, hook = same.id_of("exposed.rdp", "ggz-polder"), same.id_of("compromised.webshell", "ggz-noord")
    same.run("finding", "promote", rdp, "--reason", "it answers")
    same.run("finding", "acknowledge", "--of", "umc-duin", "--yes")
    same.run("finding", "note", hook, "--reason", "called Zoë at 12:30")
    same.run("finding", "claim", hook)
    same.run("finding", "accept", rdp, "--until", "2026-03-08")
    same.run("finding", "undo", rdp)
    same.run("suppress", "add", same.id_of("vuln.exchange", "veldzicht"), "--reason", "a honeypot")
    same.run("suppress", "add", same.id_of("exposed.telnet", "nobody"), "--reason", "a honeypot", status=64)
    same.run("asset", "add", "zeehaven", "prefix", "203.0.113.240/28", "--yes")
    same.run("asset", "remove", "veldzicht", "203.0.113.0/25", "--yes")
    same.run("contact", "remove", "zeehaven", "nobody@example", "--yes", status=66)
    same.run("feed", "run", WAKER_NOW=NEXT)
    look(same, WAKER_NOW=NEXT)
    same.run("recall", "--feed", "shadowserver", "--type", "scan_rdp", "--day", "2026-03-02", "--reason", "a wrong zone", "--yes")
    same.run("retention", "apply", "--yes", WAKER_NOW="2029-01-01T00:00:00Z")
    look(same, WAKER_NOW="2029-01-02T00:00:00Z")


def played(name, *store):
    same = Same(f"{story.tmp}/{name}")
    must("init", "--example", same.home, *store)
    must("-C", same.home, "member", "import", f"{EXAMPLES}/roster.json", "--yes", USER="officer")
    day(same)
    return same


def compare(a, b, sentence):
    unlike = [f"{x}\n--- instead of\n{y}" for x, y in zip(a.said, b.said) if x != y]
    story.ok(not unlike and len(a.said) == len(b.said), f"{sentence}: {len(a.said)} commands", *unlike[:2])


def checks(home, **env):
    ran = Ran("-C", home, "check", "--store", "--json", **env)
    return ran.status, {c["what"]: (c["state"] == "ok", c["says"]) for c in map(json.loads, ran.out.splitlines())}


# -- a user who may do little, and its password
little = f"{story.tmp}/little"
sql("CREATE ROLE secret LOGIN PASSWORD 'word'")
sql("CREATE DATABASE small OWNER secret")
small = re.sub(r"user=\w+", "user=secret", URL.replace("/waker?", "/small?"))
ran = Ran("init", "--example", little, "--store", small)
story.ok(ran.is_sentence(78, "credentials/postgresql"), "a wanted password is asked for by its place", ran)
with open(f"{little}/credentials/postgresql", "w", encoding="utf-8") as out:
    out.write("password = word\n")
ran = Ran("init", "--example", little, "--store", small)
story.ok(ran.is_sentence(78, "credentials/postgresql"), "a file that littles may read holds no password", ran)
os.chmod(f"{little}/credentials/postgresql", 0o600)
ran = Ran("init", "--example", little, "--store", small)
story.ok(ran.status == 0 and Ran("-C", little, "member", "import", f"{EXAMPLES}/roster.json", "--yes").status == 0,
         "with the password in its place the home works", ran)
status, found = checks(little)
story.ok(status == 7 and "there is no role waker_cli" in found["roles"][1], "that there are no roles is said, and what to do", status, found)
ran = Ran("-C", little, "store", "migrate")
story.ok(ran.status == 3 and "may not create the roles" in ran.err, "`waker store migrate` needs a user who may make them", ran)
shutil.move(f"{little}/credentials/postgresql", f"{story.tmp}/postgresql")
ran = Ran("-C", little, "member", "list", CREDENTIALS_DIRECTORY=story.tmp)
story.ok(ran.status == 0, "the password may also come from the service manager", ran)
with open(f"{story.tmp}/pass", "w", encoding="utf-8") as out:
    out.write("*:*:*:secret:word\n")
os.chmod(f"{story.tmp}/pass", 0o600)
ran = Ran("-C", little, "member", "list", PGPASSFILE=f"{story.tmp}/pass")
story.ok(ran.status == 0, "or from PGPASSFILE", ran)

file, server = played("file"), played("server", "--store", URL)
story.ok(not any(s.startswith("UNEXPECTED") for s in file.said), "the day goes as it should",
         *[s for s in file.said if s.startswith("UNEXPECTED")][:3])
compare(server, file, "a server says what a file says")
for same in file, server: # what is undone may use up numbers of a server, so it stands behind what is compared
    shutil.copy(f"{EXAMPLES}/2026-03-02-scan_rdp-example.csv", f"{same.home}/inbox/shadowserver/2026-03-03-scan_rdp-example.csv")
    same.said = []
    same.run("feed", "run", "--dry-run")
    same.run("finding", "list", "--all")
compare(server, file, "nor does a dry run differ")
story.ok(int(sql("SELECT count(*) FROM finding")) > 10, "and it is in the server")
status, found = checks(little, PGPASSFILE=f"{story.tmp}/pass")
story.ok(status == 7 and "may not be waker_cli" in found["roles"][1], "a user who may not be a role that is there is told so", status, found)
story.ok(not os.path.exists(f"{server.home}/waker.db"), "there is no file beside it")

# -- the server is checked
status, found = checks(server.home)
story.ok(status == 0 and set(found) == {"database", "writable", "schema", "statements", "order", "connection", "roles",
                                       "references", "jobs", "archive", "audit"} and
         all(good for good, _ in found.values()), "a good server passes `waker check --store`", status, found)
status, found = checks(file.home)
story.ok(status == 0 and all(good for good, _ in found.values()) and "contents" in found, "and so does a good file", status, found)
sql("ALTER TABLE finding RENAME COLUMN print TO printed; ALTER TABLE member ALTER COLUMN name TYPE text COLLATE \"default\"")
status, found = checks(server.home)
story.ok(status == 7 and not found["statements"][0] and not found["order"][0] and "COLLATE" in found["order"][1],
         "a column that is not what it was is found", status, found)
sql("ALTER TABLE finding RENAME COLUMN printed TO print; ALTER TABLE member ALTER COLUMN name TYPE text COLLATE \"C\"")
sql("DELETE FROM schema_version WHERE version = (SELECT max(version) FROM schema_version)")
ran = Ran("-C", server.home, "member", "list")
story.ok(ran.is_sentence(78, "waker store migrate"), "a server with an older schema is not migrated on the way", ran)
story.ok(checks(server.home)[1]["schema"][0] is False, "`waker check --store` says so too")
sql("INSERT INTO schema_version SELECT max(version) + 1, 'x', 0 FROM schema_version")
ran = Ran("-C", server.home, "store", "migrate")
story.ok(ran.status == 0, "`waker store migrate` does what is to be done", ran)
sql("INSERT INTO schema_version VALUES (999, 'y', 0)")
ran = Ran("-C", server.home, "member", "list")
story.ok(ran.is_sentence(78, "use the newer waker"), "a store of a newer waker is left alone", ran)
sql("DELETE FROM schema_version WHERE version = 999")

# -- what init refuses
other = f"{story.tmp}/other"
ran = Ran("init", "--example", other, "--store", URL)
story.ok(ran.is_sentence(75, "there is a store in it already"), "a database with a store in it is no new one", ran)
ran = Ran("init", "--example", other, "--store", "postgresql://waker:word@nowhere.invalid/x")
story.ok(ran.is_sentence(78, "has a password in it") and "word@" not in ran.err, "a password in the URL is refused", ran)
ran = Ran("init", "--example", other, "--store", "postgresql:///x?host=/nonexistent")
story.ok(ran.is_sentence(71, "/nonexistent"), "a server that is not there is one sentence", ran)
sql("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
ran = Ran("init", "--example", other, "--store", URL.replace("/waker?", "/latin?"))
story.ok(ran.is_sentence(78, "LATIN1", "--encoding=UTF8"), "a database that is not UTF-8 is refused, with the remedy", ran)
story.ok(not os.path.exists(f"{other}/waker.conf"), "and none of these is a home")

# -- the file becomes a server
target = database("target")
ran = Ran("-C", file.home, "store", "copy", "--to", target)
story.ok(ran.is_sentence(77, "--yes"), "a copy is asked for twice", ran)
ran = Ran("-C", file.home, "store", "copy", "--to", URL, "--yes")
story.ok(ran.is_sentence(75, "is not empty"), "it goes to an empty database only", ran)
ran = Ran("-C", file.home, "store", "copy", "--to", target, "--yes", "--json")
tables = {t["table"]: t["rows"] for t in map(json.loads, ran.out.splitlines())}
story.ok(ran.status == 0 and tables.get("finding", 0) > 10 and tables.get("audit", 0) > 20 and
         all(int(sql(f"SELECT count(*) FROM {t}", target)) == n for t, n in tables.items()), "every table is there with all its rows", ran)
copied = Same(f"{story.tmp}/copied")
shutil.copytree(file.home, copied.home)
os.remove(f"{copied.home}/waker.db")
with open(f"{copied.home}/waker.conf", encoding="utf-8") as conf:
    text = conf.read()
with open(f"{copied.home}/waker.conf", "w", encoding="utf-8") as conf:
    conf.write(text.replace("store = waker.db", f"store = {target}"))
for same in file, copied:
    same.ids, same.said = {}, []
    look(same, WAKER_NOW="2029-01-02T00:00:00Z")
    same.run("asset", "add", "zeehaven", "prefix", "203.0.113.224/29", "--yes", WAKER_NOW="2029-01-02T00:00:00Z")
    same.run("finding", "reopen", same.id_of("compromised.webshell", "ggz-noord"), WAKER_NOW="2029-01-02T00:00:00Z")
    look(same, WAKER_NOW="2029-01-03T00:00:00Z")
compare(copied, file, "the copy says what the file says, and goes on from there")
ran = Ran("-C", copied.home, "store", "copy", "--to", target, "--yes")
story.ok(ran.is_sentence(64, "pg_dump"), "a server is copied by its own means", ran)

# -- two homes on one server, and a server that goes away
sql("ALTER DATABASE target SET default_transaction_read_only = on")
ran = Ran("-C", copied.home, "asset", "add", "zeehaven", "prefix", "203.0.113.232/29", "--yes")
story.ok(ran.is_sentence(71, "cannot be written"), "a server that can only be read says so, when something is to be written", ran)
story.ok(Ran("-C", copied.home, "member", "list").status == 0, "and is read")
sql("DROP DATABASE target WITH (FORCE)")
ran = Ran("-C", copied.home, "member", "list")
story.ok(ran.is_sentence(71, "target"), "a database that is gone is one sentence", ran)
story.end()
