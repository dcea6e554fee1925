"""What backup.sh plays."""
import fcntl
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import threading
import time

from play import SOAK, Ran, Story
from service_home import Node, until
from backup_home import altered, copied, files, harm, killed, looks, newest, older, records, remade, tables, took, whole, wrong_of

URL = os.environ.pop("WAKER_TEST_POSTGRES", "")
ROUNDS, SEED = int(os.environ.get("ROUNDS", "20")), int(os.environ.get("SEED", "7"))
story = Story("backup")


def database(name):
    subprocess.run(["psql", URL, "-qX", "-c", f"CREATE DATABASE {name}"], check=True)
    return URL.replace("/waker?", f"/{name}?")


def restored(place, path, *words):
    """A node in a home that was restored; its run() and start() are as of another."""
    ran = Ran("restore", place, path, *words)
    n = Node.__new__(Node)
    n.path, n.child, n.log, n.story = path, None, f"{path}.log", story
    n.env = {**os.environ, "WAKER_WARNINGLISTS": f"{story.tmp}/none", "WAKER_FEEDS": f"{story.tmp}/none"}
    return n, ran


def backup(n, place, *words):
    return n.run("backup", *words, place)


def clean_run(count):
    """What one clean run finds of so many files."""
    n = Node(story, "clean")
    n.feed("lab")
    for i in range(count):
        n.drop("lab", f"{i:02d}.csv", records(i))
    n.must("feed", "run", "lab")
    return n.found()


def while_it_works(clean, name, store=None, other=None):
    """Backups while files come and are read."""
    n, place = Node(story, name, store), f"{story.tmp}/{name}-b"
    n.feed("lab")
    os.makedirs(f"{n.path}/inbox/empty")
    n.start()
    n.up()
    dropped = []

    def drop():
        for i in range(20):
            n.drop("lab", f"{i:02d}.csv", records(i))
            dropped.append(i)
            time.sleep(0.06)

    dropper = threading.Thread(target=drop)
    dropper.start()
    before = []
    times = 4 if not store or SOAK else 2
    for _ in range(times):
        before.append(len(dropped))
        ran = backup(n, place)
        if ran.status:
            break
        time.sleep(0.15)
    story.ok(ran.status == 0 and len(whole(place)) == times and os.listdir(f"{place}/{whole(place)[0]}"), f"{name}: a home at work is backed up", ran)
    dropper.join()
    proofs = [n.run("restore", "--verify", f"{place}/{b}") for b in whole(place)]
    story.ok(all(p.status == 0 for p in proofs), f"{name}: each is proven", *[p for p in proofs if p.status])
    wrong = []
    for k, b in enumerate(whole(place)):
        back, ran = restored(f"{place}/{b}", f"{story.tmp}/{name}-r{k}")
        back.must("feed", "run", "lab") if os.listdir(f"{back.path}/inbox/lab") else None
        done = {json.loads(line)["file"] for line in back.must("batch", "list", "--state", "done", "--json").out.splitlines()}
        missing = {f"{i:02d}.csv" for i in range(before[k])} - done
        for i in range(20):
            back.drop("lab", f"{i:02d}.csv", records(i))
        back.must("feed", "run", "lab")
        if missing or back.found() != clean or wrong_of(back.run("check", "--store", "--deep", "--json")) or not os.path.isdir(f"{back.path}/inbox/empty"):
            wrong.append((b, missing, len(back.found()), wrong_of(back.run("check", "--store", "--json"))))
    story.ok(not wrong, f"{name}: whatever had come when one began is in it, and with what came since it is as one clean run", *wrong)
    story.ok(n.done() and n.found() == clean, f"{name}: and the home itself was not held up", n.status())
    n.stop()
    same_again(n, name, place, other)
    return n


def same_again(n, name, place, other):
    """At rest: what is restored is what was there, row by row."""
    ran = backup(n, place)
    there = newest(place)
    back, did = restored(place, f"{story.tmp}/{name}-same")
    rows, want = tables(f"{back.path}/waker.db"), tables(f"{there}/waker.db")
    story.ok(ran.status == did.status == 0 and rows == want and len(rows["finding"]) > 100, f"{name}: every row is restored as it was", ran, did,
             [t for t in want if rows.get(t) != want[t]])
    if not other:
        want = tables(f"{n.path}/waker.db")
        story.ok(rows == want, f"{name}: and as it is in the home", [t for t in want if rows.get(t) != want[t]])
    story.ok(looks(back) == looks(n), f"{name}: officers see the same of both", [k for k, v in looks(n).items() if looks(back)[k] != v])
    story.ok(files(back.path) == files(n.path) and files(n.path), f"{name}: every file is as it was, and of its time", set(files(n.path).items()) ^ set(files(back.path).items()))
    places = {j["place"].split(":", 1)[1] for j in back.jobs("--all") if j["kind"] == "drop"}
    story.ok(places == {os.path.realpath(back.path)}, f"{name}: the jobs of its inbox are of the new home", places)
    modes = {os.stat(f"{at}/{f}").st_mode & 0o77 for at, _, names in os.walk(back.path) for f in names + ["."]}
    story.ok(modes == {0} or modes == {0, 0o44}, f"{name}: nobody else may read it", modes)
    story.ok(back.run("audit", "verify").status == 0 and "\trestore\t" in back.run("audit", "list").out, f"{name}: the audit is whole, and tells of it")
    back.start()
    story.ok(back.up() and back.done() and back.found() == n.found(), f"{name}: its service runs", back.status())
    back.stop()
    if other:
        again, did = restored(place, f"{story.tmp}/{name}-server", "--store", other)
        story.ok(did.status == 0 and looks(again) == looks(n) and not os.path.exists(f"{again.path}/waker.db") and again.run("check", "--store").status == 0,
                 f"{name}: it is restored to another server", did, again.run("check", "--store"))
        again, did = restored(place, f"{story.tmp}/{name}-twice", "--store", other)
        story.ok(did.is_sentence(75, "not empty") and not os.path.exists(again.path), f"{name}: not to one that is in use, and then nothing is left", did)
        backup(n, place)
        shutil.rmtree(f"{story.tmp}/{name}-server")


def service_killed(clean, count, rounds, name, store=None):
    """The service is killed at a random moment, its home is backed up and restored elsewhere."""
    chance, wrong = random.Random(SEED), []
    for k in range(rounds):
        n, place = Node(story, f"{name}{k}", database(f"{name}{k}") if store else None), f"{story.tmp}/{name}{k}-b"
        n.feed("lab")
        n.start()
        n.up() if k % 10 == 0 else None
        for i in range(count):
            n.drop("lab", f"{i:02d}.csv", records(i))
        time.sleep(chance.random() * 0.9)
        n.kill()
        ran = backup(n, place)
        back, did = restored(place, f"{story.tmp}/{name}{k}-r")
        shutil.rmtree(n.path)  # the machine is gone
        waiting = len(os.listdir(f"{back.path}/inbox/lab")) if did.status == 0 else -1
        if k % 10 == 0:
            back.start()
            back.up()
            back.done()
            back.stop()
        elif waiting > 0:
            back.run("feed", "run", "lab")
        sound = wrong_of(back.run("check", "--store", "--json"))
        if ran.status or did.status or back.found() != clean or sound or back.status()["queue"] and k % 10 == 0:
            wrong.append(f"round {k}, {waiting} waited: {ran} {did} {len(back.found())} of {len(clean)} {sound}")
    story.ok(not wrong, f"{name}: after {rounds} kills of the service its backup, restored elsewhere, finishes the work as one clean run", *wrong[:3])


def backup_killed(n, name, rounds):
    place, chance, wrong, hits = f"{story.tmp}/{name}-k", random.Random(SEED), [], 0
    seconds, _ = took("-C", n.path, "backup", place)
    k = -1
    while (k := k + 1) < rounds or (hits <= rounds // 2 and k < 5 * rounds):  # on a machine that is busy with other things, or was, some come too late
        hits += killed(chance.random() * seconds, "-C", n.path, "backup", *(["--whole"] if k % 2 else []), place)
        for b in whole(place):
            ran = Ran("restore", "--verify", f"{place}/{b}")
            if ran.status:
                wrong.append(f"kill {k}: {b}: {ran}")
            if b != whole(place)[0]:
                shutil.rmtree(f"{place}/{b}")
    story.ok(not wrong and hits > rounds // 2, f"{name}: a backup that is killed never passes for whole, {hits} of {rounds} times", *wrong[:3])
    os.makedirs(f"{place}/20200101T000000Z.part/archive")
    ran = backup(n, place)
    story.ok(ran.status == 0 and len(whole(place)) == 2 and not [f for f in os.listdir(place) if f.endswith(".part")] and
             Ran("restore", "--verify", place).status == 0, f"{name}: the next one works, and clears what was left", ran, os.listdir(place))
    story.ok(n.run("check", "--store").status == 0, f"{name}: the home is unharmed")


def restore_killed(n, name, rounds, store=None):
    place, to, chance, wrong, hits, halves = f"{story.tmp}/{name}-k", f"{story.tmp}/{name}-kr", random.Random(SEED), [], 0, 0
    want = looks(n)
    words = lambda k: ["restore", place, to, *(["--store", database(f"{name}kr{k}")] if store else [])]
    seconds, ran = took(*words("first"))
    k = -1
    while (k := k + 1) < rounds or ((hits <= rounds // 2 or not halves) and k < 5 * rounds):  # as above
        shutil.rmtree(to)
        how = words(k)
        hits += killed(chance.random() * seconds, *how)
        is_home = os.path.exists(f"{to}/waker.conf")
        halves += os.path.exists(to) and not is_home
        if not is_home and os.path.exists(to) and not Ran("-C", to, "member", "list").is_sentence(66, "is no home"):
            wrong.append(f"kill {k}: half a home answers")
        ran = Ran(*how)
        if ran.status if not is_home else not ran.is_sentence(75, "not empty"):
            wrong.append(f"kill {k}, home {is_home}: {ran}")
        if looks(to) != want or Ran("-C", to, "check", "--store").status:
            wrong.append(f"kill {k}: it is otherwise {Ran('-C', to, 'check', '--store')}")
    story.ok(not wrong and hits > rounds // 2 and halves, f"{name}: a restore that is killed is no home, {halves} of {rounds} times, and the next one makes it", *wrong[:3])


def moved(n):
    """A home that was moved left a parked job, and made it again: in the restored one it is one job."""
    home, place, to = f"{story.tmp}/moved", f"{story.tmp}/moved-b", f"{story.tmp}/moved-home"
    shutil.copytree(n.path, home, ignore=lambda at, names: [x for x in names if x == "run"])
    os.mkdir(f"{home}/run", 0o700)
    altered(f"{home}/waker.db", "".join(f"INSERT INTO job VALUES (NULL, 1, '{at}', 'lab/x.csv 1', 3, 0, 0, '', 1, 0, 0, 0, '', '');" for at in ("here:/a", "there:/b")))
    made, proven = Ran("-C", home, "backup", place), Ran("restore", "--verify", place)
    ran = Ran("restore", place, to)
    jobs = [j for j in Ran("-C", to, "job", "list", "--all", "--json").out.splitlines() if "lab/x.csv 1" in j]
    story.ok(made.status == proven.status == ran.status == 0 and sorted(json.loads(j)["state"] for j in jobs) == ["cancelled", "parked"], "jobs of two places are one in the restored home", made, proven, ran, jobs)


def refused(n):
    """What is not whole is told, and nothing is made."""
    good, bad, to = newest(f"{story.tmp}/sqlite-b"), f"{story.tmp}/bad", f"{story.tmp}/none-home"
    some = sorted(f for f in files(good) if f.startswith("archive/"))[0]

    def case(says, status, change, *parts, of=bad):
        copied(good, bad)
        change()
        both = [Ran("restore", of, to), Ran("restore", "--verify", of)]
        story.ok(all(r.is_sentence(status, *parts) for r in both) and not os.path.exists(to), f"{says} is told", *both)

    case("a damaged file of the archive", 65, lambda: harm(f"{bad}/{some}"), some, "is damaged")
    part, ran = f"{story.tmp}/partly", None
    ran = Ran("restore", "--partly", bad, part)
    story.ok(ran.status == 3 and "were left out" in ran.err and not os.path.exists(f"{part}/{some}") and f"{some}" in Ran("-C", part, "check", "--store").out,
             "who asks for it gets a home of the rest, and is told", ran, Ran("-C", part, "check", "--store"))
    case("a damaged store", 65, lambda: harm(f"{bad}/waker.db"), "waker.db is damaged")
    case("a damaged configuration", 65, lambda: harm(f"{bad}/waker.conf"), "waker.conf is damaged")
    case("a missing file", 65, lambda: os.unlink(f"{bad}/feeds/lab.feed"), "feeds/lab.feed is not there")
    case("a file that was cut off", 65, lambda: os.truncate(f"{bad}/audit.head", 3), "audit.head is damaged")
    case("a manifest that was changed", 65, lambda: harm(f"{bad}/manifest", 25), "manifest")
    case("one whose digest does not fit", 65, lambda: harm(f"{bad}/manifest", os.path.getsize(f"{bad}/manifest") // 2), "manifest")
    case("one that is cut off", 65, lambda: os.truncate(f"{bad}/manifest", 400), "it is cut off")
    case("one that leads out of the folder", 65, lambda: remade(bad, lambda t: t.replace(b" audit.head\n", b" ../audit.head\n")), "it is not what belongs there")
    case("an unfinished one", 65, lambda: os.rename(bad, f"{story.tmp}/20200101T000000Z.part"), "interrupted", of=f"{story.tmp}/20200101T000000Z.part")
    case("one of a newer waker", 78, lambda: remade(bad, lambda t: re.sub(rb"schema \d+\n", b"schema 999\n", t)), "schema 999", "newer waker")
    os.mkdir(f"{story.tmp}/nothing")
    case("a folder without one", 66, lambda: None, "no whole backup", of=f"{story.tmp}/nothing")
    case("one that is not there", 66, lambda: None, "no such folder", of=f"{story.tmp}/nowhere")
    copied(good, bad)
    remade(bad, lambda t: b"".join(line for line in t.splitlines(True) if b" audit.head\n" not in line))
    os.unlink(f"{bad}/audit.head")
    story.ok(Ran("restore", "--verify", bad).is_sentence(65, "audit.head is not there"), "one whose store does not fit with the rest is not proven", Ran("restore", "--verify", bad))
    copied(good, bad)
    older(bad)
    was, both = files(bad), [Ran("restore", "--verify", bad), Ran("restore", bad, f"{to}-old")]
    story.ok(all(r.status == 0 for r in both) and looks(f"{to}-old") == looks(n) and files(bad) == was and Ran("-C", f"{to}-old", "check", "--store").status == 0 and
             not os.path.exists(f"{bad}/waker.db-wal") and Ran("restore", "--verify", bad).status == 0, "one of an older waker is brought up to date, and stays what it is", *both)
    ran = Ran("restore", good, n.path)
    story.ok(ran.is_sentence(75, "not empty"), "a home that is there is left alone", ran)
    ran = Ran("restore", good, "/proc/no/home")
    story.ok(ran.status in (66, 71) and ran.is_sentence(ran.status, "/proc/no"), "a folder that cannot be made is told", ran)
    os.mkdir(to)
    if os.getuid() == 0:
        os.chown(to, 65534, 65534)
        ran = Ran("restore", good, to)
        story.ok(ran.is_sentence(77, "another user's") and os.listdir(to) == [], "a folder of another user, who could not read it, is left alone", ran)
        os.chown(to, 0, 0)
    story.ok(Ran("restore", good, to).status == 0, "an empty one is filled")
    os.mkdir(f"{story.tmp}/other")
    with open(f"{story.tmp}/other/letter", "w", encoding="ascii") as f:
        f.write("x")
    ran = backup(n, f"{story.tmp}/other")
    story.ok(ran.is_sentence(75, "something else", "letter"), "a folder with other things in it gets no backup", ran)
    ran = backup(n, f"{n.path}/backups")
    story.ok(ran.is_sentence(75, "it is in the home") and not os.path.exists(f"{n.path}/backups"), "nor the home itself", ran)
    ran = backup(n, f"{story.tmp}/no/where")
    story.ok(ran.is_sentence(66, "is not there"), "nor what is in no folder", ran)
    ran = backup(n, f"{story.tmp}/other/letter")
    story.ok(ran.is_sentence(75, "it is a file"), "nor a file", ran)
    os.mkdir(f"{story.tmp}/busy")
    with open(f"{story.tmp}/busy/.lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ran = backup(n, f"{story.tmp}/busy")
    story.ok(ran.is_sentence(75, "another backup is being made there"), "nor a folder in which one is being made", ran)
    ran = backup(n, "/proc")
    story.ok(ran.status and len(ran.err.splitlines()) == 1, "nor where nothing can be written", ran)
    ran = Ran("restore", "--verify", good, to)
    story.ok(ran.is_sentence(64), "--verify makes no home", ran)
    ran = Ran("restore", good, f"{to}2", "--store", "postgresql:///x?host=/nonexistent")
    story.ok(ran.is_sentence(71, "/nonexistent") and not os.path.exists(f"{to}2"), "a server that does not answer is told before anything is made", ran)
    ran = Ran("restore", good, f"{to}2", "--store", "waker.db")
    story.ok(ran.is_sentence(64, "postgresql://"), "and what is no server", ran)
    ran = Ran("restore", good)
    story.ok(ran.is_sentence(64, "where to?"), "and a restore needs one", ran)
    ran = n.run("backup", "--dry-run", f"{story.tmp}/dry")
    story.ok(ran.status == 0 and not os.path.exists(f"{story.tmp}/dry") and "dry run" in ran.err, "a dry run makes nothing", ran)


def healed(n):
    """Links share what is damaged: --whole is the way out."""
    place = f"{story.tmp}/linked"
    backup(n, place)
    some = sorted(f for f in files(newest(place)) if f.startswith("archive/"))[0]
    backup(n, place)
    linked = os.stat(f"{newest(place)}/{some}").st_nlink
    harm(f"{newest(place)}/{some}")
    told = Ran("restore", "--verify", place)
    backup(n, place, "--whole")
    story.ok(linked == 2 and told.status == 65 and os.stat(f"{newest(place)}/{some}").st_nlink == 1 and Ran("restore", "--verify", place).status == 0,
             "files that stay are linked to the backup before, and --whole copies them anew", linked, told)
    ran, had = backup(n, place, "--keep", "2"), whole(place)
    story.ok(ran.is_sentence(77, "--yes", had[0]) and whole(place) == had and len(had) == 3, "older backups go only where somebody said so", ran)
    ran = backup(n, place, "--keep", "2", "--yes", "--json")
    story.ok(ran.status == 0 and json.loads(ran.out)["removed"] == had[:2] and whole(place)[:-1] == had[2:] and not os.path.exists(f"{place}/{had[0]}"), "and then the oldest, when the new one is whole", ran, whole(place))
    n.run("restore", "--verify", f"{place}/{had[2]}")
    ran = backup(n, place, "--keep", "1", "--yes")
    story.ok(ran.status == 0 and len(whole(place)) == 2 and whole(place)[0] == had[2], "but never the newest that was proven", ran, had, whole(place))
    story.ok(backup(n, place, "--keep", "no").is_sentence(64, "--keep is 1 to"), "a wrong number is a sentence")
    with open(f"{n.path}/inbox/lab/slow.csv", "w", encoding="ascii") as out:
        out.write("when,ip\n")
        out.flush()
        ran = backup(n, place)
    os.unlink(out.name)
    story.ok(ran.status == 0 and "inbox/lab/slow.csv is being written, and was left out" in ran.err and not os.path.exists(f"{newest(place)}/inbox/lab/slow.csv"), "what is being written into the inbox is left out, and told", ran)
    if SOAK:
        writer = sqlite3.connect(f"{n.path}/waker.db", isolation_level=None, check_same_thread=False)
        writer.execute("BEGIN IMMEDIATE")
        threading.Timer(15, lambda: writer.execute("ROLLBACK")).start()
        ran = backup(n, place)
        story.ok(ran.status == 0 and n.status()["backup_made"], "while somebody writes for long a backup is made all the same", ran)
    here = copied(n.path, f"{story.tmp}/lacking")
    os.unlink(f"{here}/{some}")
    ran, checked = Ran("-C", here, "backup", f"{story.tmp}/lacking-b"), Ran("-C", here, "check", "--store", "--json")
    story.ok(ran.status == 3 and some in ran.err and checked.status == 7 and some in wrong_of(checked)["archive"], "a home that lacks a file is backed up all the same, and told", ran, checked)
    ran = Ran("restore", "--verify", f"{story.tmp}/lacking-b")
    story.ok(ran.status == 0 and "lacked files of its archive (1)" in ran.err, "also when that is proven", ran)


def checked(n):
    """`check --store` finds what was taken out behind Waker's back."""
    def case(what, says, harmed, *words):
        home = copied(n.path, f"{story.tmp}/harmed")
        harmed(home)
        ran = Ran("-C", home, "check", "--store", "--json", *words)
        found = wrong_of(ran) if ran.out else {}
        story.ok(ran.status == 7 and list(found) == [what] and says in found[what], f"check --store: {what}: {says}", ran)

    def sql(text):
        return lambda home: altered(f"{home}/waker.db", text)

    some = sorted(f for f in files(n.path) if f.startswith("archive/"))[0]
    case("references", "of sighting name a row of batch", sql("DELETE FROM batch_junk; DELETE FROM batch WHERE id = 1; DELETE FROM evidence WHERE batch = 1; DELETE FROM notice WHERE batch = 1; UPDATE finding_change SET batch = 0"))
    case("references", "of notice name a row of finding", sql("UPDATE notice SET finding = 999999 WHERE id = 1"))
    case("references", "of evidence name a row of asset", sql("UPDATE evidence SET asset = 999999 WHERE batch = 1"))
    case("contents", "that is not there", sql("INSERT INTO batch_junk VALUES (999999, 'x', 1)"))
    case("jobs", "in no state", sql("UPDATE job SET state = 9 WHERE id = 1"))
    case("archive", "are not there", lambda home: os.unlink(f"{home}/{some}"))
    case("archive", "of other bytes", sql("UPDATE batch SET sha256 = zeroblob(32) WHERE id = 1"))
    case("archive", "batch", lambda home: harm(f"{home}/{some}"), "--deep")
    case("audit", "was altered", sql("UPDATE audit SET who = 'x' WHERE id = 2"))
    story.ok(n.run("check", "--deep").is_sentence(64, "--store"), "--deep alone is a wrong word")


def secrets(n):
    place, to, key = f"{story.tmp}/secret-b", f"{story.tmp}/secret-home", f"{story.tmp}/archive.key"
    with open(f"{n.path}/credentials/n6", "w", encoding="ascii") as f:
        f.write("token = Sesame\n")
    os.chmod(f"{n.path}/credentials/n6", 0o600)
    ran = backup(n, place)
    story.ok(ran.status == 0 and "credentials/ (1) are not in it" in ran.err and not os.path.exists(f"{newest(place)}/credentials"), "secrets are left out, which is said", ran)
    ran = backup(n, place, "--secrets")
    text = b"".join(open(f"{at}/{f}", "rb").read() for at, _, names in os.walk(place) for f in names)
    story.ok(ran.status == 0 and os.path.exists(f"{newest(place)}/credentials/n6.sealed") and b"Sesame" not in text and b"secret =" not in text, "where they are asked for they are sealed, and the key is not there", ran)
    shutil.copy(f"{n.path}/archive.key", key)
    ran = Ran("restore", place, to)
    story.ok(ran.status == 0 and "are sealed and were left out" in ran.err and os.listdir(f"{to}/credentials") == [], "without the key they are left out", ran)
    shutil.rmtree(to)
    ran = Ran("restore", place, to, "--key", f"{story.tmp}/clean/archive.key")
    story.ok(ran.is_sentence(77, "n6.sealed", "it is sealed to the key") and not os.path.exists(to), "another key is told", ran)
    ran = Ran("restore", place, to, "--key", f"{story.tmp}/nokey")
    story.ok(ran.is_sentence(66, "nokey"), "and none", ran)
    ran = Ran("restore", place, to, "--key", key)
    with open(f"{to}/credentials/n6", encoding="ascii") as f:
        story.ok(ran.status == 0 and f.read() == "token = Sesame\n" and os.stat(f"{to}/credentials/n6").st_mode & 0o777 == 0o600, "with it they are what they were", ran)


def aged():
    """Status tells how old the last backup and the last proof are, and sends a person."""
    n, place = Node(story, "aged"), f"{story.tmp}/aged-b"
    at = lambda day: setattr(n, "now", f"2026-03-{day:02d}T12:00:00Z")
    needs = lambda: [x["says"] for x in n.status()["needs"] if "backup" in x["says"]]
    at(1)
    story.ok(needs() == [] and n.status()["backup_made"] is None, "who never made a backup is not asked for one", n.status())
    backup(n, place)
    at(8)
    backup(n, place)
    story.ok(needs() == [], "a first backup has eight days to be proven", needs())
    at(10)
    story.ok(needs() == ["no backup was ever proven"] and n.run("status").status == 7, "then a person is needed", needs())
    ran = n.run("restore", "--verify", place)
    story.ok(ran.status == 0 and needs() == [] and n.status()["backup_proven"].startswith("2026-03-10") and n.status()["backup_made"].startswith("2026-03-08"), "a proof ends that", ran, n.status())
    n.now = "2026-03-20T12:01:00Z"
    says = n.run("status").out
    story.ok(needs() == ["no backup was made for 12 days", "no backup was proven for 10 days"] and f"waker restore --verify {place}" in says and "made 12 days ago, proven 10 days ago" in says,
             "and both are wanted again", needs(), says)


def full():
    """A disk that is too small: told before, and where it fills meanwhile nothing is left."""
    if "WAKER_MOUNTS" not in os.environ:
        story.skip("a full disk", "needs to be root and a mount namespace of its own")
        return
    n, at, good = f"{story.tmp}/sqlite", f"{story.tmp}/small", newest(f"{story.tmp}/sqlite-b")
    os.mkdir(at)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", at], check=True)
    ran, back = Ran("-C", n, "backup", f"{at}/b"), Ran("restore", good, f"{at}/home")
    story.ok(ran.is_sentence(71, "make room", "MiB are free") and back.is_sentence(71, "make room", "MiB are free") and not os.path.exists(f"{at}/home"), "a disk that is too small is told beforehand", ran, back)
    subprocess.run(["umount", at], check=True)
    wrong, failed = [], 0
    for call in "write", "pwrite64", "syncfs", "fsync", "renameat2", "mkdir", "rename":
        for when in (1, 3, 9) if not SOAK else range(1, 40):
            for words, there in (["-C", n, "backup", "--whole", f"{story.tmp}/full"], f"{story.tmp}/full"), (["restore", good, f"{story.tmp}/fullhome"], f"{story.tmp}/fullhome"):
                if there.endswith("home"):
                    shutil.rmtree(there, ignore_errors=True)
                log, on = f"{story.tmp}/log", "" if call == "write" else "+"  # what is to be told must be written
                ran = Ran(*words, before=["strace", "-qq", "-o", log, "-e", f"trace={call}", "-e", f"inject={call}:error=ENOSPC:when={when}{on}"])
                with open(log, encoding="utf-8", errors="replace") as lines:
                    if not (hit := [x for x in lines if "(INJECTED)" in x]) or "write(1" in hit[0] or "write(2" in hit[0]:
                        continue
                failed += ran.status != 0
                if ran.status and (not ran.is_sentence(71) or there.endswith("home") and os.path.exists(f"{there}/waker.conf") and "is restored" not in ran.err):
                    wrong.append(f"{call} {when}: {ran}")
                if not there.endswith("home") and os.path.exists(there) and whole(there) and Ran("restore", "--verify", there).status:
                    wrong.append(f"{call} {when}: what is there is not whole")
    old = ["strace", "-qq", "-o", f"{story.tmp}/log", "-e", "inject=renameat2:error=EINVAL", "-e", "inject=fchmod:error=EPERM", "-e", "inject=link,linkat:error=EPERM"]
    shutil.rmtree(f"{story.tmp}/fullhome", ignore_errors=True)
    both = [Ran("-C", n, "backup", f"{story.tmp}/full", before=old), Ran("restore", f"{story.tmp}/full", f"{story.tmp}/fullhome", before=old)]
    story.ok(all(r.status == 0 for r in both) and Ran("restore", "--verify", f"{story.tmp}/full").status == 0, "a file system without modes, links and careful renaming will do", *both)
    again = Ran("-C", n, "backup", f"{story.tmp}/full")
    story.ok(not wrong and failed > 10 and again.status == 0, f"a disk that fills meanwhile is a sentence, {failed} times, and the next one works", *wrong[:4], again)


def main():
    clean = clean_run(20)
    n = while_it_works(clean, "sqlite")
    refused(n)
    moved(n)
    healed(n)
    checked(n)
    secrets(n)
    aged()
    full()
    backup_killed(n, "sqlite", ROUNDS)
    restore_killed(n, "sqlite", ROUNDS)
    shutil.rmtree(f"{story.tmp}/clean")
    few = clean_run(8)
    service_killed(few, 8, ROUNDS, "killed")
    if not URL:
        story.skip("on a server", "there is no PostgreSQL")
        return
    p = while_it_works(clean, "server", database("served"), database("again"))
    backup_killed(p, "server", ROUNDS if SOAK else 8)
    restore_killed(p, "server", ROUNDS if SOAK else 5, True)
    service_killed(few, 8, ROUNDS if SOAK else 2, "served", True)


try:
    main()
finally:
    story.end()
