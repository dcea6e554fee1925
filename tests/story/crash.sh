#!/bin/sh
# Killed at any point and run again, a command comes to what one clean run does.
# usage: crash.sh WAKER; WAKER_SOAK=1: at every system call that could matter
exec python3 "$(dirname "$0")/crash.py" "$@"
