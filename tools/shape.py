#!/usr/bin/env python3
"""What the text of the tree must look like (STYLE), as TAP. Each rule is a function that yields what breaks it."""
import os
import re
import subprocess
import sys

MAX_FILE, MAX_FUNCTION, MAX_PARAMETERS = 500, 60, 6
# Over the bound when it was drawn, with the bound that holds for them: may only go down.
STILL = {}
# `asked` is of a library's type.
STILL_PARAMETERS = {"asked": 8, "bind": 7, "roster_difference": 7, "roster_import": 7, "roster_edit_one": 7}


def tracked(*ends):
    """The project's files: what git knows, or (without git) all that stands here."""
    try:
        known = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], capture_output=True, text=True,
                               check=True).stdout.split("\n")
    except (OSError, subprocess.CalledProcessError):
        known = [os.path.join(at, name)[2:] for at, _, names in os.walk(".") for name in names
                 if "/build" not in at and "/.git" not in at]
    return sorted(p for p in known if p.endswith(ends) and os.path.isfile(p))


def text_of(path):
    with open(path, encoding="utf-8") as source:
        return source.read()


def functions(files):
    """(path, name, lines, parameters) of every function, as ctags sees them."""
    tags = subprocess.run(["ctags", "--languages=C", "--kinds-C=f", "--fields=+neS", "-o", "-", "--sort=no", *files],
                          capture_output=True, text=True, check=True).stdout
    for line in tags.splitlines():
        tag = re.match(r"(\S+)\t(\S+)\t.*\tline:(\d+)(.*)", line)
        if not tag:
            continue
        end = re.search(r"\tend:(\d+)", tag[4])
        signature = re.search(r"\tsignature:\((.*)\)", tag[4])
        if end and signature:
            yield tag[2], tag[1], int(end[1]) - int(tag[3]) + 1, signature[1].count(",") + (signature[1] != "void")


def sizes():
    files = [p for p in tracked(".c", ".h") if p.startswith(("src/", "tests/"))]
    for path in files:
        lines = text_of(path).count("\n")
        if lines > STILL.get(path, MAX_FILE):
            yield f"{path}: {lines} lines, at most {STILL.get(path, MAX_FILE)}"
    for path, name, lines, parameters in functions(files):
        most = STILL.get(f"{path}:{name}", MAX_FUNCTION)
        if lines > most:
            yield f"{path}: {name}: {lines} lines, at most {most}"
        if parameters > STILL_PARAMETERS.get(name, MAX_PARAMETERS):
            yield f"{path}: {name}: {parameters} parameters, at most {STILL_PARAMETERS.get(name, MAX_PARAMETERS)}"


# Headers of libc and the kernel; any other <header> is a library's.
OURS = re.compile(r"(assert|ctype|dirent|errno|fcntl|inttypes|limits|math|poll|signal|spawn|stdarg|stdbool|stddef|"
                  r"stdint|stdio|stdlib|string|strings|time|unistd|[a-z]mmintrin|ftw|syscall|"
                  r"(sys|linux|netinet|arpa|net)/.*)\.h")


def libraries():
    where = {}
    for path in tracked(".c", ".h"):
        if not path.startswith("src/") or path.endswith(("_test.c", "_fuzz.c")):
            continue
        for header in re.findall(r"^#\s*include <([^>]+)>", text_of(path), re.M):
            if not OURS.fullmatch(header):
                where.setdefault(header, []).append(path)
    for header, paths in where.items():
        if len(paths) > 1:
            yield f"<{header}> is included by {', '.join(paths)}: one file of src/os wraps a library"
        elif not paths[0].startswith("src/os/") and not header.startswith("valgrind"):
            yield f"{paths[0]} includes <{header}>: libraries are wrapped by src/os"


def links():
    for path in tracked(".md"):
        for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", re.sub(r"```.*?```", "", text_of(path), flags=re.S)):
            if not re.match(r"[a-z]+:", link) and not os.path.exists(os.path.join(os.path.dirname(path), link)):
                yield f"{path}: {link} is not there"


def feeds():
    listed = text_of("doc/feeds.md") if os.path.exists("doc/feeds.md") else ""
    for path in tracked(".feed"):
        if path.startswith("feeds/") and f"`{os.path.basename(path)[:-5]}`" not in listed:
            yield f"{path}: doc/feeds.md does not say what it is"


def words():
    later = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "X" * 3]) + r")\b")
    place = re.compile(r"(^|[\s\"'=])/(work|root|home/[a-z]+)/|\b(deb|security)\.debian\.org|pypi\.org|registry\.npm")
    for path in tracked(".c", ".h", ".py", ".sh", ".sql", ".feed", ".build", ".txt", ".md") + [
            p for p in tracked("") if p.startswith(("script/", ".ci/"))]:
        if path in ("STYLE.md",) or path.startswith("tests/corpus/"):
            continue
        for number, line in enumerate(text_of(path).splitlines(), 1):
            if later.search(line):
                yield f"{path}:{number}: '{later.search(line)[1]}' is an issue or it is done"
            if place.search(line):
                yield f"{path}:{number}: a place of one machine or a registry's host"


def fuzzers():
    for path in tracked("_fuzz.c"):
        folder = "tests/corpus/" + path[len("src/"):-len("_fuzz.c")].replace("/", "_")
        if not os.path.isdir(folder) or not os.listdir(folder):
            yield f"{path}: no corpus in {folder}"
    for path in tracked(".c"):
        if re.match(r"src/codec/(?!.*_(test|fuzz)\.c)", path) and not os.path.exists(path[:-2] + "_test.c"):
            used = os.path.basename(path)[:-2].removesuffix("_avx2").removesuffix("_sse2")  # tested through its plain twin's header
            folder = os.path.dirname(path)
            if not any(re.search(rf'"[a-z/]*{used}\.h"', text_of(t)) for t in tracked("_test.c")
                       if t.startswith(folder)):
                yield f"{path}: no test beside it"


def headers():
    for path in tracked(".h"):
        if path.startswith("src/"):
            text = text_of(path)
            if not text.startswith("// "):
                yield f"{path}: the first lines do not say what it is for"
            if "#pragma once" not in text:
                yield f"{path}: no #pragma once"


RULES = [
    ("shape: files, functions and parameter lists stay small", sizes),
    ("shape: a library's header is included by one file of os only", libraries),
    ("shape: every link in a Markdown file leads somewhere", links),
    ("shape: nothing is left for later, and no machine's own places are named", words),
    ("shape: every fuzzer has a corpus, every codec a test", fuzzers),
    ("shape: every header says what it is for", headers),
    ("shape: every feed that comes along stands in doc/feeds.md", feeds),
]

os.chdir(sys.argv[1] if len(sys.argv) > 1 else ".")
bad = 0
for count, (says, rule) in enumerate(RULES, 1):
    broken = list(rule())
    for line in broken:
        print(f"# {line}")
    print(f"{'not ' if broken else ''}ok {count} - {says}")
    bad += bool(broken)
print(f"1..{len(RULES)}")
sys.exit(bad > 0)
