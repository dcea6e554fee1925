#!/bin/sh
# The archive answers: a file that is not what came is found, an officer's question has every record that
# holds what was asked for, and an asset that comes later finds what its holder could have been told, and
# nothing older than its proof. usage: past.sh WAKER
exec python3 "$(realpath "$(dirname "$0")")/past.py" "$@"
