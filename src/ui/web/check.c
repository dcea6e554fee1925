#include "codec/net/name.h"
#include "codec/net/urlform.h"
#include "codec/text/id.h"
#include "model/notice/letter.h"
#include "store/web.h"
#include "ui/web/views.h"

enum { SHOWN = 40 }; // bytes of what was typed that are shown again

bool web_check(struct web_call *c, struct err *e)
{
	(void)e;
	web_begin(c, WORD_CHECK_TITLE);
	page_check_form(&c->page, S(""), S(""));
	web_end(c);
	return true;
}

static bool read_form(struct web_call *c, struct str *id, struct str *domain, struct err *e)
{
	struct urlform f = { .rest = c->ask->body };
	struct str name, value;

	*id = *domain = S("");
	while (urlform_next(&f, &c->web->a, &name, &value, e)) {
		if (str_eq(name, S("id")))
			*id = str_trim(value);
		else if (str_eq(name, S("domain")))
			*domain = str_trim(value);
	}
	return e->kind == ERR_NONE;
}

// "soc@hospital.example", too.
static struct str behind_at(struct str s)
{
	while (str_has(s, '@'))
		str_cut(&s, '@');
	return s;
}

// The store is asked the same whatever was typed, and the page says the same whenever it is not yes.
bool web_checked(struct web_call *c, struct err *e)
{
	struct str id, domain;
	struct name name = { 0 };
	char day[LETTER_TIME], again[ID_TEXT] = "";
	uint32_t number = 0;
	int64_t at;
	bool numbered, named;

	if (!read_form(c, &id, &domain, e))
		return false;
	numbered = id_read(id, 'N', &number);
	named = name_read(behind_at(domain), NULL, &name);
	if (!web_went_to(c->web->home->db, number, name_str(&name), &at, e))
		return false;
	web_begin(c, WORD_CHECK_TITLE);
	if (numbered && named && at != 0) {
		id_write('N', number, again);
		page_check_yes(&c->page, str_of(again),
			       letter_time(at, c->page.language == PAGE_DUTCH, true, day));
	} else {
		page_check_no(&c->page, str_first(id, SHOWN));
	}
	page_check_form(&c->page, str_first(id, SHOWN), domain);
	web_end(c);
	return true;
}
