#!/bin/sh
# A member answers by the link of a mail in a real browser; robots that open links change nothing; and
# axe-core finds nothing on the pages, where it is (npm ci in tests/browser). usage: browser.sh WAKER
exec python3 "$(realpath "$(dirname "$0")")/browser.py" "$@"
