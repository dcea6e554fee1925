#!/bin/sh
# Each contact is asked once a quarter whether our mail reaches it: a link, a reply, a bounce and silence are known
# apart, and who does not answer is on the desk. usage: contact_test.sh WAKER
here=$(realpath "$(dirname "$0")")
exec "$here/../fake/mail.sh" python3 "$here/contact_test.py" "$@"
