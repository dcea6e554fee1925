#!/bin/sh
# What cannot wait wakes who is on duty: by each of their channels, then the backup, until somebody takes
# it; a page says nothing of what it is about. usage: duty.sh WAKER
here=$(realpath "$(dirname "$0")")
exec "$here/../fake/mail.sh" python3 "$here/duty.py" "$@"
