#!/bin/sh
# Weeks of reports, gaps, answers, recalls and members that come and go: what each day would leave holds nothing of another
# member's. Needs ../shared/bench; DAYS, DAYS_MEMBERS and DAYS_SEEDS play others. usage: leak_days.sh WAKER
exec python3 "$(dirname "$0")/leak_days.py" "$@"
