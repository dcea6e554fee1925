#!/bin/sh
# A vulnerability that nobody had named is told again, once; the same one, a replay and old
# news are not; a recall takes back only what it brought. usage: cve.sh WAKER
exec python3 "$(dirname "$0")/cve.py" "$@"
