// The program `post`: tries the way of mail for `waker mail test` and `waker check`, which
// themselves load nothing that sends. It prints what it finds; see task/mail/steps.h.
#include "task/mail/try.h"

#include <stdio.h>

enum { ROOM = 64 << 20 };

int main(int argc, char **argv)
{
	autoarena a = { 0 };
	struct steps_wish w = { 0 };
	struct home h;
	struct err e = { 0 };

	if (argc != 5) {
		fputs("this is a part of waker, which starts it: see `waker mail test`\n", stderr);
		return 64;
	}
	w = (struct steps_wish){ str_of(argv[1]), argv[2], argv[3][0] != '\0', argv[4][0] != '\0' };
	arena_init(&a, ROOM);
	if (!home_read(w.home, &a, &h, &e))
		step_print("settings", CHECK_WRONG, str_of(e.text), "put waker.conf right");
	else if (w.to[0] != '\0')
		try_mail(&h, &w, &a);
	else
		try_way(&h, &a);
	return 0;
}
