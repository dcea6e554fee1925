#!/bin/sh
# Runs a program with a real Knot DNS of its own, which serves the zones of a folder and signs them
# but those named plain.*: at a port of 127.0.0.1 that the kernel gave; stopped by its process id
# and removed when the program ends. The program finds, in its environment: WAKER_TEST_DNS,
# "127.0.0.1@PORT", and WAKER_TEST_DNS_ANCHORS, a file with the keys of the signed zones. Where
# there is no Knot here it runs with neither.
# usage: dns.sh FOLDER PROGRAM [ARGUMENT…]; FOLDER has a file ZONE.zone for each
set -eu
zones=$(realpath "$1")
shift
command -v knotd >/dev/null && command -v kdig >/dev/null || { echo "# dns.sh: no Knot here" >&2; exec "$@"; }
dir=$(mktemp -d "$(test -w /dev/shm && echo /dev/shm || echo /tmp)/waker-dns-XXXXXX")
knot=
stop() {
	test -z "$knot" || { kill "$knot" && wait "$knot"; } 2>/dev/null || true
	rm -rf "$dir"
}
trap stop EXIT
trap 'exit 143' INT TERM HUP
port=$(python3 -c 'import socket
s = socket.create_server(("127.0.0.1", 0))
print(s.getsockname()[1])')
mkdir "$dir/db"
{
	printf 'server:\n  rundir: %s\n  listen: 127.0.0.1@%s\n' "$dir" "$port"
	printf 'log:\n  - target: %s/log\n    any: info\n' "$dir"
	printf 'database:\n  storage: %s/db\n' "$dir"
	printf 'policy:\n  - id: test\n    algorithm: ecdsap256sha256\n    single-type-signing: on\n    nsec3: off\n'
	printf 'zone:\n'
	for z in "$zones"/*.zone; do
		name=$(basename "$z" .zone)
		cp "$z" "$dir/"
		printf '  - domain: %s.\n    file: %s/%s.zone\n    zonefile-sync: -1\n    journal-content: none\n' "$name" "$dir" "$name"
		case $name in
		plain.*) ;;
		*) printf '    dnssec-signing: on\n    dnssec-policy: test\n' ;;
		esac
	done
} >"$dir/conf"
knotd -c "$dir/conf" >>"$dir/out" 2>&1 &
knot=$!
: >"$dir/anchors"
for z in "$zones"/*.zone; do
	name=$(basename "$z" .zone)
	type=DNSKEY
	case $name in plain.*) type=SOA ;; esac
	tries=0
	until kdig +short +timeout=1 +retry=0 "@127.0.0.1" -p "$port" "$name" "$type" >"$dir/got" 2>/dev/null && grep -q . "$dir/got" && ! grep -q '^;' "$dir/got"; do
		tries=$((tries + 1))
		test $tries -lt 200 || { cat "$dir/out" "$dir/log" >&2; exit 1; }
		sleep 0.05
	done
	test $type = SOA || sed "s/^/$name. 3600 IN DNSKEY /" "$dir/got" >>"$dir/anchors"
done
export WAKER_TEST_DNS="127.0.0.1@$port" WAKER_TEST_DNS_ANCHORS="$dir/anchors"
status=0
"$@" || status=$?
exit $status
