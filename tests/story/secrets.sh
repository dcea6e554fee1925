#!/bin/sh
# No secret of any feed that comes along appears in any output, store or archive, and only
# the officers' key gives the bytes back. usage: secrets.sh WAKER
exec python3 "$(dirname "$0")/secrets.py" "$@"
