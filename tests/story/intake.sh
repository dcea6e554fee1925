#!/bin/sh
# Reports of feeds and keys come by mail: the files of a proven sender are batches of its feed, those of any
# other a person's; a contact's key waits for its check. usage: intake.sh WAKER
here=$(realpath "$(dirname "$0")")
exec python3 "$here/intake.py" "$@"
