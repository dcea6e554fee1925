#!/bin/sh
# No notice holds another member's name, contact, asset, host or finding. Needs ../shared/bench, whose generator
# makes 320 members with nested and shared assets, and feeds that hit them. usage: leak.sh WAKER
exec python3 "$(dirname "$0")/leak.py" "$@"
