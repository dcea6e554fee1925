#!/bin/sh
# Whatever of the service is killed while it sends, no notice is lost; one comes twice only where the
# service says that it does not know, and then under the same Message-ID. usage: tell_kill.sh WAKER
# KILLS=10, SEED=1: how often, and by which chance.
here=$(realpath "$(dirname "$0")")
exec "$here/../fake/mail.sh" python3 "$here/tell_kill.py" "$@"
