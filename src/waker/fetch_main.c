// The role `fetch`: gets bytes and understands none of them. See os/fetch_serve.h.
#include "os/fetch_serve.h"

#include <stdio.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	if (argc != 2 || isatty(FETCH_SERVE_FD)) {
		fputs("this is a part of waker, which starts it: see `waker feed fetch`\n", stderr);
		return 64;
	}
	return fetch_serve(argv[1]);
}
