#!/bin/sh
# What is over its time goes, and nothing that only lives there; and a person's data are found
# wherever they stand, with the day on which they go. usage: privacy.sh WAKER
exec python3 "$(dirname "$0")/privacy.py" "$@"
