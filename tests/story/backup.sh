#!/bin/sh
# A home is backed up while it works, and what is restored is what it was, on both stores: also when
# the service, the backup or the restore is killed. What is damaged, unfinished or newer is told and
# never passes for whole. ROUNDS (20) and SEED say how often and where is killed; on a server fewer,
# but with WAKER_SOAK. usage: backup.sh WAKER
here=$(realpath "$(dirname "$0")")
if test "$(id -u)" = 0 && unshare -m true 2>/dev/null; then # what it mounts goes with it
	export WAKER_MOUNTS=1
	exec unshare -m "$here/../fake/postgres.sh" python3 "$here/backup.py" "$@"
fi
exec "$here/../fake/postgres.sh" python3 "$here/backup.py" "$@"
