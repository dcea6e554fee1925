#!/bin/sh
# The services of packaging/systemd are good units, walled in as far as is said, and whatever the
# service and its cages ask of the kernel is in the list of what they may. usage: units.sh WAKER
exec python3 "$(dirname "$0")/units.py" "$@"
