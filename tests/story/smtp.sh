#!/bin/sh
# A mail leaves by the way that its settings, DANE, MTA-STS and pins allow, or does not leave;
# whatever a server does, it is known whether anybody has it. usage: smtp.sh WAKER
here=$(realpath "$(dirname "$0")")
exec "$here/../fake/mail.sh" python3 "$here/smtp.py" "$@"
