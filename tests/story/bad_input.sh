#!/bin/sh
# Any bytes as a feed end in hits, junk counted by reason, or one clear error: never a
# crash, a hang, or memory without bound. usage: bad_input.sh WAKER
set -eu
waker=$1
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
printf 'org1\tipv4-prefix\t192.0.2.0/24\norg1\tdomain\tmember.example\n' >"$tmp/members"
n=0

# want SENTENCE STATUS OUT ERR FEED...: the bytes of $tmp/in as that feed end with the status,
# print OUT (a number of hits), and say ERR (a pattern; one line at most begins "waker").
want() {
	sentence=$1 status=$2 hits=$3 says=$4
	shift 4
	got=0
	n=$((n + 1))
	(ulimit -v 8000000; exec timeout 60 "$waker" match --members "$tmp/members" --feed "$@" "$tmp/in") \
		>"$tmp/out" 2>"$tmp/said" || got=$?
	if [ "$got" = "$status" ] && [ "$(wc -l <"$tmp/out")" -eq "$hits" ] && { [ -z "$says" ] || grep -qiE -- "$says" "$tmp/said"; }; then
		echo "ok $n - $sentence"
	else
		printf '# status %s, %s hits\n' "$got" "$(wc -l <"$tmp/out")"
		head -c 500 "$tmp/said" | sed 's/^/# /'
		echo
		echo "not ok $n - $sentence"
	fi
}

shadow='"timestamp","severity","ip","protocol","port","hostname","tag","asn"'
row='"2026-01-01 00:00:00","high","192.0.2.7","tcp","23","","telnet","64500"'
report() { printf '%s\n' "$shadow" "$@" >"$tmp/in"; }
by() { python3 -c "import sys; sys.stdout.buffer.write($1)"; }

: >"$tmp/in"
want "an empty list has no hits and is no error" 0 0 '' generic-iplist
printf '192.0.2.1\n198.51.100.1\n192.0.2.x\n' >"$tmp/in"
want "a line that is no address is counted by its reason" 0 1 'address' generic-iplist
by "b'192.0.2.1\n' + b'a' * 300000000 + b'\n192.0.2.2\n'" >"$tmp/in"
want "a line of 300 MB is one refused record, and those around it count" 0 2 'record over|long' generic-iplist
report "$row" "$(by "b','.join([b'1'] * 1000000)")" "$row"
want "a record of a million columns is refused, and those around it count" 0 2 'columns' shadowserver --type scan_telnet
by "b'[' * 1000000 + b'\n{\"SourceIp\":\"192.0.2.1\"}\n' + b'{\"a\":' * 1000000 + b'\n'" >"$tmp/in"
want "a million nested brackets are one refused record" 0 1 'not a record' microsoft-ctip
by "b'192.0.2.1\n' + bytes(100000) + b'\n192.0.2.2\n'" >"$tmp/in"
want "NUL bytes are no address" 0 2 'address' generic-iplist
by "('\ufeff' + '192.0.2.1\n' * 9).encode('utf-16-le')" >"$tmp/in"
want "UTF-16 is said to be UTF-16" 65 0 'UTF-16' generic-iplist
by "('192.0.2.1\n' * 9).encode('utf-16-be')" >"$tmp/in"
want "UTF-16 without a mark is said to be UTF-16" 65 0 'UTF-16' generic-iplist
printf '<!DOCTYPE html>\n<html><head><title>Login</title></head><body>Welcome, guest</body></html>\n' >"$tmp/in"
want "a web page instead of a report is said to be one" 65 0 'web page|HTML' shadowserver --type scan_telnet
want "a web page instead of a list is said to be one" 65 0 'web page|HTML' generic-hostlist
report "$row" >"$tmp/in"
report "$row"
sed -i 's/"ip"/"address"/' "$tmp/in"
want "a report without its column is refused with the column's name" 65 0 '"ip"' shadowserver --type scan_telnet
report "$row" '"open quote' "$row" "$row"
want "a quote in an odd place spoils its own record at most" 0 3 '' shadowserver --type scan_telnet
printf '192.0.2.1\n%.0s' $(seq 9) | gzip -c >"$tmp/in"
want "gzip is read" 0 9 '' generic-iplist
head -c 20 "$tmp/in" >"$tmp/cut" && mv "$tmp/cut" "$tmp/in"
want "a gzip file that is cut off gives one error and no hit" 65 0 'cut off|damaged' generic-iplist
by "(b'192.0.2.1\n' * 100000)" | gzip -c | head -c 300 >"$tmp/in"
want "nothing of a damaged batch is printed" 65 0 'cut off|damaged' generic-iplist
if command -v zstd >/dev/null; then
	by "(b'192.0.2.1\n' * 9)" | zstd -qc >"$tmp/in"
	want "zstd is read" 0 9 '' generic-iplist
	head -c 20 "$tmp/in" >"$tmp/cut" && mv "$tmp/cut" "$tmp/in"
	want "a zstd file that is cut off gives one error and no hit" 65 0 'cut off|damaged' generic-iplist
fi
head -c 600000000 /dev/zero | gzip -9c >"$tmp/in"
want "a bomb is refused by how much it grows" 65 0 'bomb' generic-iplist
head -c 3000000 /dev/urandom >"$tmp/in"
want "random bytes are junk" 0 0 '' generic-hostlist
echo "1..$n"
