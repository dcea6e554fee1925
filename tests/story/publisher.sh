#!/bin/sh
# Publishers that misbehave while the service runs: each is one sentence in `waker status` and one condition, until it is right
# again; nothing is lost, and the others are read. Publishers are asked when they may be: spread, not in quiet hours, not twice
# at once, and not before they said. usage: publisher.sh WAKER
exec python3 "$(realpath "$(dirname "$0")")/publisher.py" "$@"
