#!/bin/sh
# Runs a program with a real PostgreSQL of its own: a new cluster in a folder, reached by a
# socket in it only, stopped by its process id and removed when the program ends. The program
# finds an empty database by WAKER_TEST_POSTGRES, a URL; where there is no PostgreSQL here it
# runs without. fsync is off: these clusters are for tests.
# usage: postgres.sh PROGRAM [ARGUMENT…]
set -eu
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
test -n "$bin" || exec "$@"
dir=$(mktemp -d "$(test -w /dev/shm && echo /dev/shm || echo /tmp)/waker-pg-XXXXXX")
as= who=$(id -un)
if test "$(id -u)" = 0; then # it refuses to be run by root
	who=postgres
	chown postgres "$dir"
	as="setpriv --reuid=postgres --regid=postgres --clear-groups"
fi
server=
stop() {
	test -z "$server" || { kill -INT "$server" && wait "$server"; } 2>/dev/null || true
	rm -rf "$dir"
}
trap stop EXIT
trap 'exit 143' INT TERM HUP
# shellcheck disable=SC2086 # as: words, or none
env -C "$dir" LC_ALL=C $as "$bin/initdb" -D "$dir/data" -U "$who" -A trust -E UTF8 --locale=C --no-sync >"$dir/log" 2>&1 ||
	{ cat "$dir/log" >&2; exit 1; }
printf 'local all secret scram-sha-256\nlocal all all trust\n' >"$dir/data/pg_hba.conf"
# shellcheck disable=SC2086
env -C "$dir" LC_ALL=C $as "$bin/postgres" -D "$dir/data" -k "$dir" -h "" -c fsync=off -c full_page_writes=off \
	-c synchronous_commit=off -c shared_buffers=64MB -c max_wal_size=2GB -c max_connections=40 >>"$dir/log" 2>&1 &
server=$!
tries=0
until "$bin/psql" -h "$dir" -U "$who" -q -c "CREATE DATABASE waker" postgres >/dev/null 2>&1; do
	tries=$((tries + 1))
	test $tries -lt 200 || { cat "$dir/log" >&2; exit 1; }
	sleep 0.05
done
export WAKER_TEST_POSTGRES="postgresql:///waker?host=$dir&user=$who"
status=0
"$@" || status=$?
exit $status
