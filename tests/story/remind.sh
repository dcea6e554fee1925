#!/bin/sh
# Who does not answer is asked again in other words, then the next contact is, and then an officer calls; what is
# over, and what was wrong, is said once. usage: remind.sh WAKER
here=$(realpath "$(dirname "$0")")
exec "$here/../fake/mail.sh" python3 "$here/remind.py" "$@"
