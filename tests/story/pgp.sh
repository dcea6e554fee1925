#!/bin/sh
# A hospital's key becomes known, an officer checks whose it is, and from then on what is told leaves signed and
# sealed, to be opened in a real mailbox by that key alone. A key that is new, over, revoked, flooded or refused, and a GnuPG that hangs:
# none of them sends a detail in plain, and none sends nothing. usage: pgp.sh WAKER
exec "$(dirname "$0")/../fake/mail.sh" python3 "$(dirname "$0")/pgp.py" "$@"
