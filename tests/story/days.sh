#!/bin/sh
# Weeks through the real program: what it has found after each is what the rules, said once
# more by others, say (../shared/bench/DAYS.md). DAYS, DAYS_SEEDS and DAYS_MEMBERS play others.
# usage: days.sh WAKER
set -u
tree=$(realpath "$(dirname "$0")/../..")
made=$tree/../shared/bench/days.py
waker=$(realpath "$1")
n=0
if ! test -f "$made"; then
	echo "ok 1 - days: all findings of all days # SKIP ../shared is absent"
	echo 1..1
	exit
fi
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
for members in ${DAYS_MEMBERS:-40}; do
	for seed in ${DAYS_SEEDS:-5}; do
		n=$((n + 1))
		python3 "$made" make "$dir/$seed" --days "${DAYS:-45}" --members "$members" --seed "$seed" >"$dir/out" &&
			"$tree/tests/days" "$dir/$seed" "$dir/got" "$waker" >"$dir/out" 2>&1 &&
			python3 "$made" compare "$dir/$seed/expected.jsonl" "$dir/got" >"$dir/out" &&
			echo "ok $n - days: all findings of all days, $members members, seed $seed:$(tail -n 1 "$dir/out" | tr -d '\n')" || {
			echo "not ok $n - days: all findings of all days, $members members, seed $seed"
			sed 's/^/# /' "$dir/out" | head -n 20
		}
		rm -rf "${dir:?}/$seed"
	done
done
echo "1..$n"
