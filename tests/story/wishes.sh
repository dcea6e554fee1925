#!/bin/sh
# What members asked for is done: when mail comes, of what, and for whom a supplier works; what is critical comes all the
# same, at once. usage: wishes.sh WAKER
here=$(realpath "$(dirname "$0")")
exec "$here/../fake/mail.sh" python3 "$here/wishes.py" "$@"
