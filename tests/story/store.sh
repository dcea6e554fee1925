#!/bin/sh
# What a team does with Waker means the same whether its store is a file or a PostgreSQL
# server, and a file can become a server with nothing lost. usage: store.sh WAKER
here=$(dirname "$0")
exec "$here/../fake/postgres.sh" python3 "$here/store.py" "$@"
