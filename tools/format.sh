#!/bin/sh
# Fail where clang-format would write a C file otherwise. Its version is Debian 12's.
set -eu
cd "${1:-.}"
find src tests -name '*.[ch]' -print0 | xargs -0 clang-format --dry-run -Werror
