#!/bin/sh
# Any bytes as a feed end in hits, junk counted by reason, or one clear error: never a
# crash, a hang, or memory without bound. usage: bad_input.sh WAKER
exec python3 "$(dirname "$0")/bad_input.py" "$@"
