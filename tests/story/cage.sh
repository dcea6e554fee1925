#!/bin/sh
# Whatever foreign bytes make of the code that reads them, it opens nothing, and nothing of
# such a batch is published: it is held with the reason, and the next run heals.
# usage: cage.sh WAKER
exec python3 "$(dirname "$0")/cage.py" "$@"
