#!/bin/sh
# A disk that is full, or may not be written, is one clear sentence; nothing is lost, and the
# next run heals. usage: disk.sh WAKER
exec python3 "$(dirname "$0")/disk.py" "$@"
