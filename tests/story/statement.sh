#!/bin/sh
# Each member hears on Monday which messages went to it in the week before, and what was looked at,
# also where nothing was found. usage: statement.sh WAKER
here=$(realpath "$(dirname "$0")")
exec "$here/../fake/mail.sh" python3 "$here/statement.py" "$@"
