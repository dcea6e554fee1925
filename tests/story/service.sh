#!/bin/sh
# `waker run` does what is to be done, says how it is, and loses nothing: its processes are killed
# while feeds flow, and what is found is what one clean run finds. On both stores; with several
# nodes on one server. KILLS (10) and SEED say how often and where; a home in which something else
# is found is copied into the folder WAKER_KEEP. usage: service.sh WAKER
here=$(realpath "$(dirname "$0")")
if test "$(id -u)" = 0 && unshare -m true 2>/dev/null; then # what it mounts goes with it
	export WAKER_MOUNTS=1
	exec unshare -m "$here/../fake/postgres.sh" python3 "$here/service.py" "$@"
fi
exec "$here/../fake/postgres.sh" python3 "$here/service.py" "$@"
