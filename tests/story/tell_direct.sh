#!/bin/sh
# Straight to each domain's servers: details go where its signed zone holds the server to TLS; where nothing does,
# the member hears only that there is something, and an officer calls. usage: tell_direct.sh WAKER
here=$(realpath "$(dirname "$0")")
exec "$here/../fake/mail.sh" python3 "$here/tell_direct.py" "$@"
