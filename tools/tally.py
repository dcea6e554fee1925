#!/usr/bin/env python3
"""Add up the TAP lines of meson's test logs: each skipped one with its reason, and last the plain line
"N passed, N failed, N skipped"."""
import json
import re
import sys

LINE = re.compile(r"^(not )?ok\b[ \d]*-? ?([^#]*?)(?:\s*#\s*(SKIP)\b\s*(.*))?$", re.I)
passed = failed = skipped = 0
for path in sys.argv[1:]:
    try:
        lines = open(path, encoding="utf-8").read().splitlines()
    except OSError:
        continue
    for line in lines:
        test = json.loads(line)
        ok = bad = 0
        for text in (test.get("stdout") or "").splitlines():
            found = LINE.match(text)
            if not found:
                continue
            if found[3]:
                skipped += 1
                print(f"skipped: {test['name']}: {found[2] or ''} ({found[4] or 'no reason'})")
            elif found[1]:
                bad += 1
                print(f"failed: {test['name']}: {found[2]}")
            else:
                ok += 1
        if test["result"] in ("FAIL", "ERROR", "TIMEOUT", "UNEXPECTEDPASS") and bad == 0:
            bad = 1
            print(f"failed: {test['name']}: {test['result']}")
        if test["result"] == "OK" and ok + bad == 0:
            ok = 1
        if test["result"] == "SKIP" and ok + bad == 0:
            skipped += 1
            print(f"skipped: {test['name']}")
        passed += ok
        failed += bad
print(f"{passed} passed, {failed} failed, {skipped} skipped")
sys.exit(1 if failed or not passed else 0)
