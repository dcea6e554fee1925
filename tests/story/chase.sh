#!/bin/sh
# Who has a key that ends is asked for another 30 and 7 days before, and when it is over or revoked: by mail to the key's own
# address, once each, of nothing that was found, and not while nothing is to leave. usage: chase.sh WAKER
exec "$(dirname "$0")/../fake/mail.sh" python3 "$(dirname "$0")/chase.py" "$@"
