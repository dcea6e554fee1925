#!/bin/sh
# Each member is told what is new to it, once: at once what cannot wait, the rest in a digest,
# and never a flood. usage: notice.sh WAKER
exec python3 "$(dirname "$0")/notice.py" "$@"
