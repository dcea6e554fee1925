#include "model/mail/reports.h"

#include "codec/mail/smtp_write.h"
#include "model/feed/name.h"

bool reports_next(struct str *rest, struct reports_row *out, bool *well)
{
	struct str domain, one;
	struct err e;

	*well = true;
	if (str_trim(*rest).n == 0)
		return false;
	one = str_trim(str_cut(rest, ','));
	out->feed = str_trim(str_cut(&one, ':'));
	out->address = str_trim(one);
	*well = feed_name_is(out->feed) && smtp_address(out->address, &domain, &e);
	return *well;
}

bool reports_well(struct str text)
{
	struct reports_row row;
	unsigned n = 0;
	bool well;

	while (reports_next(&text, &row, &well))
		n++;
	return well && n > 0 && n <= REPORTS_MOST;
}
