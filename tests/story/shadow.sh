#!/bin/sh
# Beside an older system nothing leaves, each day says in words how the two differ, what that one told counts as told,
# and when this one begins nobody is told twice and nobody is forgotten. On both stores. usage: shadow.sh WAKER
here=$(realpath "$(dirname "$0")")
exec "$here/../fake/postgres.sh" python3 "$here/shadow.py" "$@"
