#!/bin/sh
# Fail where an archive calls a function that is banned in its layer (STYLE 50): what
# the objects name is sounder than what the text seems to say. banned.sh NAME ARCHIVE
set -eu
banned='strcpy|strcat|sprintf|vsprintf|strncpy|strncat|strtok|gets|atoi|atol|atoll|sscanf|gmtime|localtime|ctime|asctime|system|popen|mktemp|tmpnam|rand|srand|setjmp|longjmp|signal|gethostbyname|inet_addr'
case $1 in # who reads the clock, allocates or opens files is base/ and os/ (STYLE 22, 25)
base) more='time|clock_gettime|gettimeofday|open|fopen' ;;
os) more='' ;;
*) more='malloc|calloc|realloc|free|time|clock_gettime|gettimeofday|open64|open|socket|connect|fork|execv|execve|execvp' ;;
esac
# Known, and to become fewer: what the scan's parent opens and keeps for its children.
still='watch_(run|scan)\.c\.o\]?:? (open64|malloc|free)$'
found=$(nm -A -P -u "$2" | sed 's/@.*//' | awk '{ print $1, $2 }' | grep -E " (__)?($banned${more:+|$more})(_chk)?\$" | grep -vE "$still" || true)
test -z "$found" || { echo "$1 calls what it may not:"; echo "$found"; exit 1; }
