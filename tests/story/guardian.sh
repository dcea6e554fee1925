#!/bin/sh
# A month of one feed under its guardian: nothing is said of a normal one; each fault of a
# scripted one is held where it must be, is one condition, and is over when it is.
# usage: guardian.sh WAKER
exec python3 "$(dirname "$0")/guardian.py" "$@"
