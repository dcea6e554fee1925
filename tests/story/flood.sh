#!/bin/sh
# A false feed that names every address of every member tells nobody, and calls the officer once; what is true beside it is
# told at once, before all digests. usage: flood.sh WAKER
here=$(realpath "$(dirname "$0")")
exec "$here/../fake/mail.sh" python3 "$here/flood.py" "$@"
