#!/bin/sh
# A change over a stated size asks for `waker rehearse`: of the roster, which `waker member import`
# takes in, and of feed files, warninglists and their policy.conf, which `waker adopt` does. usage: adopt.sh WAKER
exec python3 "$(dirname "$0")/adopt.py" "$@"
