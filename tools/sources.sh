#!/bin/sh
# List the C files of one layer, a path a line: "unit" for what it is made of,
# "test" for *_test.c, "fuzz" for *_fuzz.c; "sql" for *.sql. A file is in the build by standing in its folder.
set -eu
cd "$(dirname "$0")/.."
test -d "src/$1" || exit 0
case $2 in
unit) find "src/$1" -name '*.c' ! -name '*_test.c' ! -name '*_fuzz.c' ! -path src/base/test.c ! -path src/waker/main.c ! -name '*_main.c' ;;
test) find "src/$1" -name '*_test.c' ;;
sql) find "src/$1" -name '*.sql' ;;
fuzz) find "src/$1" -name '*_fuzz.c' ;;
esac | sort
