#!/bin/sh
# The same bytes twice change nothing, whatever their name, and several runs at once come
# to what one after the other does. usage: again.sh WAKER
exec python3 "$(dirname "$0")/again.py" "$@"
