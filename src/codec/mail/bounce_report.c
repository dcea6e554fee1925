#include "codec/mail/bounce_report.h"

#include "codec/mail/bounce_word.h"
#include "codec/mail/mime_read.h"

static bool is_blank(struct str line)
{
	return str_trim(line).n == 0;
}

// The next field, its lines as one; false: the group is over. An empty line ends it.
static bool next_field(struct str *rest, struct arena *a, struct str *name, struct str *value)
{
	struct str line;

	if (rest->n == 0)
		return false;
	line = str_cut(rest, '\n');
	if (is_blank(line))
		return false;
	*value = line;
	*name = str_trim(str_cut(value, ':'));
	*value = str_trim(*value);
	while (rest->n > 0 && (rest->p[0] == ' ' || rest->p[0] == '\t')) {
		struct str more = str_trim(str_cut(rest, '\n'));

		if (more.n > 0 && value->n < BOUNCE_WORDS)
			*value = arena_fmt(a, STR_FMT " " STR_FMT, STR_ARG(*value), STR_ARG(more));
	}
	return true;
}

// "rfc822; a@b.example", "<a@b.example>".
static struct str address_in(struct str s)
{
	struct str address;

	if (str_has(s, ';'))
		str_cut(&s, ';');
	s = str_trim(s);
	return mime_next_address(&s, &address) ? address : (struct str){ 0 };
}

static struct str behind_type(struct str s) // "smtp; 550 …"
{
	struct str rest = s, type = str_cut(&rest, ';');

	return rest.n > 0 && !str_has(str_trim(type), ' ') ? str_trim(rest) : s;
}

static bool action_of(struct str s, enum bounce_action *out)
{
	static const struct {
		const char *word;
		enum bounce_action action;
	} rows[] = { { "failed", BOUNCE_FAILED },
		     { "delayed", BOUNCE_DELAYED },
		     { "delivered", BOUNCE_DELIVERED },
		     { "relayed", BOUNCE_DELIVERED },
		     { "expanded", BOUNCE_DELIVERED } };

	for (size_t i = 0; i < COUNTOF(rows); i++)
		if (str_eq_nocase(str_first(s, strlen(rows[i].word)), str_of(rows[i].word))) {
			*out = rows[i].action;
			return true;
		}
	return false;
}

struct group {
	struct bounce_recipient of;
	struct str original;
	bool said, known; // what became of it; by a word of RFC 3464
};

static void take_field(struct group *g, struct str name, struct str value)
{
	if (str_eq_nocase(name, S("Final-Recipient")))
		g->of.address = address_in(value);
	else if (str_eq_nocase(name, S("Original-Recipient")))
		g->original = address_in(value);
	else if (str_eq_nocase(name, S("Status")))
		g->of.status = bounce_status_in(value);
	else if (str_eq_nocase(name, S("Diagnostic-Code")))
		g->of.says = behind_type(value);
	else if (str_eq_nocase(name, S("Action"))) {
		g->said = true;
		g->known = action_of(value, &g->of.action);
	}
}

static void end_group(const struct group *g, struct arena *a, struct bounce *out)
{
	struct bounce_recipient x = g->of;
	struct str status = bounce_status_in(x.says);

	if (x.address.n == 0)
		x.address = g->original;
	if (!g->known && str_starts(x.status, '2')) // "deliverable"
		x.action = BOUNCE_DELIVERED;
	if ((!g->said && x.address.n == 0) || out->of.count == BOUNCE_RECIPIENTS)
		return;
	// "4.4.7" says that it was given up, and the words mostly why.
	if (status.n > 0 && (x.status.n == 0 || str_has_suffix(x.status, S(".0.0")) ||
			     str_has_suffix(x.status, S(".4.7"))))
		x.status = status;
	x.code = bounce_reply_in(x.says);
	*list_add(&out->of, a) = x;
}

void bounce_report(struct str text, struct arena *a, struct bounce *out)
{
	struct str rest = str_first(text, BOUNCE_TEXT);

	while (rest.n > 0) {
		struct group g = { 0 };
		struct str name, value;

		while (next_field(&rest, a, &name, &value))
			take_field(&g, name, value);
		end_group(&g, a, out);
	}
}

struct str bounce_report_in(struct str text)
{
	struct str rest = str_first(text, BOUNCE_TEXT);

	while (rest.n > 0) {
		struct str all = rest, line = str_cut(&rest, '\n'), name = str_cut(&line, ':');

		if (str_eq_nocase(name, S("Final-Recipient")) ||
		    str_eq_nocase(name, S("Original-Recipient")))
			return all;
	}
	return (struct str){ 0 };
}
