#include "base/test.h"
#include "task/watch/scan_start.h"

static const struct {
	struct str head;
	const char *says; // NULL: it may be a feed
	size_t skip;
} heads[] = {
	// clang-format off
	{ { "", 0 }, NULL, 0 },
	{ { "192.0.2.1\n", 10 }, NULL, 0 },
	{ { "\xef\xbb\xbf" "192.0.2.1\n", 13 }, NULL, 3 },
	{ { "<unknown>\n192.0.2.1 html\n", 25 }, NULL, 0 }, // a record that looks odd
	{ { "a,b\n<html>\n", 11 }, NULL, 0 },               // a page inside a field
	{ { "\0\0\0\0", 4 }, NULL, 0 },
	{ { "\xff\xfe" "1", 3 }, "UTF-16", 0 },
	{ { "\xfe\xff", 2 }, "UTF-16", 0 },
	{ { "1\0" "9\0", 4 }, "UTF-16", 0 },
	{ { "\0" "1\0" "9", 4 }, "UTF-16", 0 },
	{ { "<html>", 6 }, "web page", 0 },
	{ { "\r\n\t<!doctype HTML>", 18 }, "web page", 0 },
	{ { "\xef\xbb\xbf<HTML lang=nl>", 17 }, "web page", 0 },
	{ { "<!-- portal -->\n<html>", 22 }, "web page", 0 },
	{ { "<?xml version='1.0'?><!DOCTYPE html>", 36 }, "web page", 0 },
	// clang-format on
};

TEST("scan: what is no feed is told by its first bytes, and nothing else is")
{
	for (size_t i = 0; i < COUNTOF(heads); i++) {
		struct err e = { 0 };
		size_t skip = 9;
		bool good = scan_start(heads[i].head, false, &skip, &e);

		CHECK(good == (heads[i].says == NULL));
		CHECK(skip == (good ? heads[i].skip : 9));
		CHECK(good || strstr(e.text, heads[i].says) != NULL);
	}
}
