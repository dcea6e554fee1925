#!/bin/sh
# Whatever the server of our mailbox does, its mail is had whole and once, a mail that cannot be had keeps none of the others away, and
# who waits for it says in one sentence what is wrong, within a minute and in little memory. usage: mailbox.sh WAKER
exec python3 "$(dirname "$0")/mailbox.py" "$@"
