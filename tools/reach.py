#!/usr/bin/env python3
"""Which of the store's statements a role's executable can reach, and whether their heads say so.

usage: reach.py TREE EXECUTABLE…   (tells, and fails where `for:` and reach differ)
       reach.py --write TREE EXECUTABLE…   (writes each head's `for:`)

A role's executable is linked without what it cannot reach (--gc-sections), so the functions
of src/store that are in it are those it may call; what statements they name, with the static
functions of their file that they call, is what it can run. A role that could run more than
its heads say would fail at work; one that may run more than it reaches has power for nothing.
"""
import glob
import os
import re
import subprocess
import sys

FUNCTION = re.compile(r"^(static )?[a-z][\w \*]*?\b(\w+)\([^;{]*\)\n\{\n(.*?)^\}", re.M | re.S)
HEAD = re.compile(r"(^-- (\w+): [^\n]+\n-- takes:(?:[^\n]*\n--   )*[^\n]*\n-- gives:(?:[^\n]*\n--   )*[^\n]*\n-- for: )([^\n]+)", re.M)


def functions(path):
    """{name: (statements that it names, names that it calls, is it seen by other files)} of a file."""
    text = open(path, encoding="utf-8").read()
    return {name: (set(re.findall(r"STATEMENT_(\w+)", body)), set(re.findall(r"(?<!struct )\b(\w+)\b", body)), not static)
            for static, name, body in FUNCTION.findall(text)}


def closure(name, of, seen):
    """All statements of a function of a file and of what it names there."""
    if name in seen or name not in of:
        return set()
    seen.add(name)
    statements, names, _ = of[name]
    return statements.union(*(closure(n, of, seen) for n in names))


def reach(tree, executable):
    there = {line.split()[-1] for line in subprocess.run(["nm", executable], capture_output=True, text=True, check=True).stdout.splitlines()}
    got = set()
    for path in glob.glob(f"{tree}/src/store/*.c"):
        if not path.endswith("_test.c"):
            of = functions(path)
            got = got.union(*(closure(name, of, set()) for name in of if of[name][2] and name in there))  # another file may have a static of that name
    return {s.lower() for s in got}


def main():
    write = sys.argv[1] == "--write"
    tree, *executables = sys.argv[2 if write else 1:]
    of = {os.path.basename(e): reach(tree, e) for e in executables}
    wrong = 0
    for path in sorted(glob.glob(f"{tree}/src/store/sql/*.sql")):
        text = open(path, encoding="utf-8").read()

        def head(m, path=path):
            nonlocal wrong
            says = m[3].split()
            wanted = [r for r in says if r not in of] + [r for r in sorted(of) if m[2] in of[r]]
            if set(says) != set(wanted):
                wrong += 1
                print(f"# {os.path.relpath(path, tree)}: {m[2]}: for: {m[3]}; reached by: {' '.join(wanted)}")
            return m[1] + " ".join(wanted)

        new = HEAD.sub(head, text)
        if write and new != text:
            with open(path, "w", encoding="utf-8") as out:
                out.write(new)
    empty = [role for role, statements in of.items() if not statements]
    print("\n".join(f"# {role} reaches {len(statements)} statements" for role, statements in of.items()))
    return 0 if write else 1 if wrong or empty else 0


sys.exit(main())
