#!/bin/sh
# Answers, bounces and other mail reach Waker by a real mailbox, and do what they may: a plain answer is
# taken, what proves nothing is an officer's, a bounce goes to the next contact. usage: hear.sh WAKER
here=$(realpath "$(dirname "$0")")
exec "$here/../fake/mail.sh" python3 "$here/hear.py" "$@"
