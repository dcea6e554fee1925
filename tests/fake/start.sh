# For stories: a fake publisher at a port that the kernel gives, stopped when the story ends.
# Source it in the story's own folder, with `fake` naming this one.
peers=
trap 'exec 9>&-; for p in $peers; do kill "$p" 2>/dev/null; done; wait; rm -rf "$dir"' EXIT
mkfifo held # open for writing as long as this test runs: the peers' standard input
exec 9<>held

peer() { # NAME PROGRAM [CERTIFICATE KEY]: a fake at folder NAME; sets port
	name=$1 program=$2
	shift 2
	mkdir -p "$name/served"
	: >>"$name/keys"
	python3 "$fake/$program.py" "$name" "$@" <&9 >"$name/port" 2>"$name/err" &
	peers="$peers $!"
	tries=0
	while ! test -s "$name/port"; do
		tries=$((tries + 1))
		test $tries -lt 200 || { echo "Bail out! $program does not start"; exit 1; }
		sleep 0.05
	done
	port=$(cat "$name/port")
}
