#include "base/test.h"
#include "os/file.h"
#include "task/hear/noted.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static bool asks(const struct noted *x, const char *set)
{
	char text[NOTED_TEXT];

	return str_eq(noted_set(x, text), str_of(set));
}

TEST("noted: what was fetched is not asked for again, what could not be is")
{
	struct noted x = { 0 };

	noted_folder(&x, 7);
	CHECK(asks(&x, "1:*") && noted_wants(&x, 1));
	noted_taken(&x, 4);
	CHECK(noted_left(&x, 6) && noted_left(&x, 6));
	noted_taken(&x, 9);
	CHECK(asks(&x, "6,10:*"));
	CHECK(!noted_wants(&x, 9) && noted_wants(&x, 6) && noted_wants(&x, 10));
	noted_taken(&x, 6);
	CHECK(asks(&x, "10:*") && x.upto == 9);
	noted_folder(&x, 7);
	CHECK(asks(&x, "10:*"));
	noted_folder(&x, 8);
	CHECK(asks(&x, "1:*"));
}

TEST("noted: what could not be fetched holds up nothing, until it is too much")
{
	uint32_t found[] = { 2, 3, 5, 8 };
	struct noted x = { 0 };

	CHECK(noted_left(&x, 2) && noted_left(&x, 4) && noted_left(&x, 5));
	noted_order(&x, found, COUNTOF(found)); // 4 is there no more
	CHECK(found[0] == 3 && found[1] == 8 && found[2] == 2 && found[3] == 5);
	CHECK(x.n == 2 && !noted_is_left(&x, 4));
	for (uint32_t i = 100; x.n < NOTED_LEFT; i++)
		CHECK(noted_left(&x, i));
	CHECK(!noted_left(&x, 200) && noted_wants(&x, 200));
}

TEST("noted: a file says it again, of the same mailbox alone")
{
	char path[] = "/tmp/waker-noted-XXXXXX";
	const int fd = mkstemp(path);
	struct noted x = { .validity = UINT32_MAX, .upto = UINT32_MAX }, y;
	autoarena a = { 0 };
	struct err e = { 0 };

	arena_init(&a, 1 << 20);
	CHECK(fd >= 0 && noted_left(&x, 3) && asks(&x, "3,4294967295"));
	CHECK(noted_save(path, S("imap://one"), &x, &e));
	y = noted_load(path, S("imap://one"), &a);
	CHECK(y.validity == x.validity && y.upto == x.upto && y.n == 1 && y.left[0] == 3);
	CHECK(noted_load(path, S("imap://two"), &a).validity == 0);
	CHECK(file_write(path, S("imap://one\n12 x\n"), 0600, &e));
	CHECK(noted_load(path, S("imap://one"), &a).validity == 0);
	CHECK(file_write(path, S("imap://one\n1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19\n"),
			 0600, &e));
	CHECK(noted_load(path, S("imap://one"), &a).validity == 0);
	close(fd);
	unlink(path);
	CHECK(noted_load(path, S("imap://one"), &a).validity == 0);
}
