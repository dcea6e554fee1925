#!/bin/sh
# A member answers on a page, by the link of a mail: what only looks changes nothing, who guesses learns nothing, who is slow or
# sends too much keeps nobody from it, and a new certificate is taken over while it serves. On both
# stores. usage: web.sh WAKER
here=$(realpath "$(dirname "$0")")
exec "$here/../fake/postgres.sh" python3 "$here/web.py" "$@"
