#!/bin/sh
# Fail where two units define one global name: the linker would take either, and say nothing
# where they stand in archives. twice.sh ARCHIVE…
set -eu
found=$(nm -A -P --defined-only "$@" 2>/dev/null | awk 'NF > 2 && $3 ~ /^[TDBRV]$/ { print $2 }' | sort | uniq -d)
test -z "$found" || { echo "defined twice:"; echo "$found"; exit 1; }
