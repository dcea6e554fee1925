#include "task/watch/scan_start.h"

enum { PAGE_HEAD = 1024 }; // bytes in which a web page says that it is one

static bool is_utf16(struct str s)
{
	return str_has_prefix(s, S("\xff\xfe")) || str_has_prefix(s, S("\xfe\xff")) ||
	       (s.n >= 4 && (s.p[0] == '\0') != (s.p[1] == '\0') &&
		(s.p[2] == '\0') != (s.p[3] == '\0'));
}

// A comment, or what XML begins with, may stand before the page.
static bool is_page(struct str s)
{
	s = str_trim(str_first(s, PAGE_HEAD));
	if (!str_starts(s, '<'))
		return false;
	for (; s.n > 0; str_skip(&s, 1))
		if (str_eq_nocase(str_first(s, 5), S("<html")) ||
		    str_eq_nocase(str_first(s, 14), S("<!DOCTYPE html")))
			return true;
	return false;
}

bool scan_start(struct str head, bool page, size_t *skip, struct err *e)
{
	size_t mark = str_has_prefix(head, S("\xef\xbb\xbf")) ? 3 : 0;

	if (is_utf16(head))
		return err_set(
			e, ERR_INPUT,
			"the input is UTF-16; Waker reads UTF-8: convert it (iconv -f UTF-16 "
			"-t UTF-8), or ask the publisher");
	if (!page && is_page(str_from(head, mark)))
		return err_set(
			e, ERR_INPUT,
			"the input is a web page (HTML), not a feed: did a log-in or captive "
			"portal answer? fetch it again");
	*skip = mark;
	return true;
}
