#!/bin/sh
# An officer asks what is proven about a mail: its domain, by our own server's word or by a DKIM signature whose key a real Knot
# serves; its writer, by a key that an officer verified; and nothing, where somebody only looks like it: another name, a second From,
# words around what was signed, another's signature, a key that is over. The same signature sent again is told as that.
# usage: proof.sh WAKER
exec python3 "$(dirname "$0")/proof.py" "$@"
