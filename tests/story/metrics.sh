#!/bin/sh
# A Prometheus reads how Waker is: what `waker status` says, in numbers, from a store alone or from the service, on a socket or a
# loopback port; who asks slowly, wrongly or in crowds keeps nobody from it, and nothing of a member is in it.
# usage: metrics.sh WAKER
here=$(realpath "$(dirname "$0")")
exec "$here/../fake/postgres.sh" python3 "$here/metrics.py" "$@"
