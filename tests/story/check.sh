#!/bin/sh
# What an installation lacks is named by `waker check`, with what to do about it; no fault
# hides another. usage: check.sh WAKER
exec python3 "$(dirname "$0")/check.py" "$@"
