#!/bin/sh
# The team's key changes with the year, twice, by set clocks: each key is certified by the one before and, on a machine
# of its own, by the master key; published and told of before it signs. Plain GnuPG says so, `gpg --locate-keys` finds
# it in the directory as it is published, and who trusted the key of last year trusts the new one. Steps are refused
# before their turn, survive being killed, and a key that is lost is revoked. usage: key_year.sh WAKER
exec "$(dirname "$0")/../fake/mail.sh" python3 "$(dirname "$0")/key_year.py" "$@"
