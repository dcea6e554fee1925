#!/bin/sh
# `waker rehearse` tells what would be different, for a roster, a feed file, a warninglist and a
# table of issues: exactly what a second home finds in which it was so from the first day.
# usage: rehearse.sh WAKER
exec python3 "$(dirname "$0")/rehearse.py" "$@"
