#!/bin/sh
# The month of notice.sh, told: each step and each moment at which something is due is lived through by a service whose
# mail lies in real mailboxes, and what every member has read there, when, and how often is what the rules say: what is
# new, both reminders, what is over, what was wrong; and whom an officer is to call.
# usage: mailboxes.sh WAKER
exec "$(dirname "$0")/../fake/mail.sh" python3 "$(dirname "$0")/mailboxes.py" "$@"
