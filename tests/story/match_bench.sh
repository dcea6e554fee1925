#!/bin/sh
# The five formats of the benchmark, plain, with CR LF and with junk, by one job and by
# two: every match of the generator's truth, and no other. usage: match_bench.sh WAKER
# ROWS, SEEDS and MEMBERS (options of the generator) make it larger: script/bench --score.
set -eu
waker=$1
rows=${ROWS:-20000}
members=${MEMBERS:---orgs 320}
shared=$(dirname "$0")/../../../shared/bench
if ! [ -f "$shared/genfeed.c" ]; then
	echo "1..0 # SKIP the benchmark's generator is not there"
	exit 0
fi
export WAKER_FEEDS="$(dirname "$0")/../../feeds"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cc -O2 "$shared/genfeed.c" -o "$tmp/genfeed"
n=0

feed_of() {
	case $1 in
	shadowserver) echo "shadowserver --type scan_telnet" ;;
	iplist) echo generic-iplist ;;
	hostlist) echo generic-hostlist ;;
	urlhaus) echo abuse-ch-urlhaus ;;
	jsonl) echo microsoft-ctip ;;
	esac
}

# one FORMAT SEED WHAT [OPTION...]
one() {
	format=$1 seed=$2 what=$3
	shift 3
	case $format in *list) n_rows=$((rows * 7)) ;; *) n_rows=$rows ;; esac # two jobs share 2 MiB and more
	# shellcheck disable=SC2086 # options are words
	"$tmp/genfeed" feed --seed "$seed" $members --format "$format" --rows "$n_rows" --out "$tmp/feed" "$@" 2>"$tmp/said"
	for jobs in 1 2; do
		n=$((n + 1))
		# shellcheck disable=SC2046 # the options of a feed are words
		if "$waker" match --members "$tmp/members.tsv" --feed $(feed_of "$format") --jobs $jobs "$tmp/feed" \
			>"$tmp/out" 2>"$tmp/said" && "$shared/score.py" --also "$tmp/feed.truth" "$tmp/out" >>"$tmp/said" 2>&1; then
			echo "ok $n - match: $format, $what, seed $seed, jobs $jobs: recall and precision 1"
		else
			sed 's/^/# /' "$tmp/said"
			echo "not ok $n - match: $format, $what, seed $seed, jobs $jobs: recall and precision 1"
		fi
	done
}

for seed in ${SEEDS:-7}; do
	# shellcheck disable=SC2086
	"$tmp/genfeed" constituency --seed "$seed" $members >"$tmp/members.tsv"
	for format in shadowserver iplist hostlist urlhaus jsonl; do
		one $format "$seed" plain
		one $format "$seed" "CR LF" --crlf
		one $format "$seed" junk --junk 0.2
		one $format "$seed" "junk and CR LF" --junk 0.2 --crlf
	done
done
echo "1..$n"
