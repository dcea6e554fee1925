#!/bin/sh
# Who changed what stands in a chain: whatever is altered, removed or moved in it is found and
# named, and what was erased leaves it whole. usage: audit.sh WAKER
exec python3 "$(dirname "$0")/audit.py" "$@"
