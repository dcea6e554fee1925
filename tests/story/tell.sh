#!/bin/sh
# What a feed brings reaches the member's mailbox, and nobody else's: at once what cannot wait, in a
# form that it may travel in, and what could not be told is an officer's. usage: tell.sh WAKER
here=$(realpath "$(dirname "$0")")
exec "$here/../fake/mail.sh" python3 "$here/tell.py" "$@"
