#!/bin/sh
# A finding ends, comes back, is answered and taken back, whatever a publisher or an officer
# does: one clear outcome each. usage: life.sh WAKER
exec python3 "$(dirname "$0")/life.py" "$@"
