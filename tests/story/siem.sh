#!/bin/sh
# What a member is told reaches its SIEM as CEF, by syslog over TLS and as a file: the same findings, and nothing that a
# record says can end a line. usage: siem.sh WAKER
exec python3 "$(dirname "$0")/siem.py" "$@"
