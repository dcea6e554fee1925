#!/bin/sh
# What a team has in its store is there after an upgrade, from each schema that ever was, in a
# file and on a server; and a waker that is too old leaves a newer store alone.
# usage: upgrade.sh WAKER
here=$(dirname "$0")
exec "$here/../fake/postgres.sh" python3 "$here/upgrade.py" "$@"
