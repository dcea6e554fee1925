#!/bin/sh
# Real reports of every feed that has one in ../shared/data, their addresses and names shared out among members: nothing that
# would leave holds another member's. What cannot be played is listed. usage: leak_data.sh WAKER
exec python3 "$(dirname "$0")/leak_data.py" "$@"
