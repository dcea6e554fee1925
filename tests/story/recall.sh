#!/bin/sh
# What was seen wrongly is taken back, by batch or by sighting; what else was seen lives on, and
# who was told is corrected once. usage: recall.sh WAKER
exec python3 "$(dirname "$0")/recall.py" "$@"
