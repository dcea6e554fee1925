#!/bin/sh
# What a machine may not pass on reaches an officer, beside what it may: a finding of a feed that is TLP:RED, one whose feed
# file cannot be read any more; and what waits to leave, sealed to a key, does not when that key is refused. usage: withheld.sh WAKER
exec "$(dirname "$0")/../fake/mail.sh" python3 "$(dirname "$0")/withheld.py" "$@"
