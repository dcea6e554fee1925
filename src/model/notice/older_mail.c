#include "model/notice/older_mail.h"

#include "base/buf.h"
#include "codec/mail/mime_read.h"
#include "codec/net/url.h"
#include "codec/text/spot.h"

struct mails {
	const struct older_words *words;
	struct arena *a;
	struct older *out;
};

// ---- the head

// "a@b.example,c@d.example"
static struct str recipients(struct str head, struct arena *a)
{
	static const char *const fields[] = { "To", "Cc" };
	struct buf b = { .p = arena_new(a, char, head.n + 1), .cap = head.n + 1 };

	for (unsigned i = 0; i < COUNTOF(fields); i++) {
		struct str list = mime_field(head, str_of(fields[i]), a), address;

		while (mime_next_address(&list, &address)) {
			if (b.n > 0)
				buf_char(&b, ',');
			buf_str(&b, address);
		}
	}
	return buf_view(&b);
}

static bool contains(struct str text, struct str word)
{
	for (size_t i = 0; i + word.n <= text.n; i++)
		if (str_eq_nocase(str_first(str_from(text, i), word.n), word))
			return true;
	return false;
}

// The longest of its words that the text has.
static struct str issue_in(const struct mails *m, struct str text)
{
	struct str best = { 0 };

	LIST_EACH (const struct older_word, w, &m->words->at)
		if (w->theirs.n > best.n && contains(text, w->theirs))
			best = w->theirs;
	return best;
}

// ---- the parts

static bool is_table(const struct mime_part *p)
{
	static const char *const types[] = { "text/csv", "application/csv",
					     "text/comma-separated-values" };

	for (unsigned i = 0; i < COUNTOF(types); i++)
		if (str_eq(p->type, str_of(types[i])))
			return true;
	return p->name.n > 4 && str_eq_nocase(str_from(p->name, p->name.n - 4), S(".csv"));
}

static bool is_sealed(const struct mime_part *p)
{
	return str_eq(p->type, S("application/pgp-encrypted")) ||
	       str_eq(p->type, S("application/pkcs7-mime")) ||
	       str_eq(p->type, S("application/x-pkcs7-mime")) ||
	       (str_eq(p->type, S("text/plain")) &&
		str_contains(p->bytes, S("-----BEGIN PGP MESSAGE-----")));
}

static void read_table(struct mails *m, const struct older_row *mail, const struct mime_part *p)
{
	struct older_row row = *mail;
	struct err e = { 0 };

	if (row.issue.n == 0)
		row.issue = issue_in(m, p->name);
	if (older_read_in(p->bytes, &row, m->a, m->out, &e))
		return;
	row.bad = arena_fmt(m->a, "its table: %s", e.text).p;
	*list_add(&m->out->rows, m->a) = row;
}

static bool was_spotted(const struct mails *m, size_t from, struct str thing)
{
	for (size_t i = from; i < m->out->rows.count; i++)
		if (str_eq(m->out->rows.at[i].thing[0], thing))
			return true;
	return false;
}

// What a word is as a thing: an address, a name, or that of a URL; empty: it is none.
static struct str thing_of(const struct mails *m, const struct cell *x)
{
	struct host host;

	if (str_eq(x->name, S("address")) || str_eq(x->name, S("name")))
		return x->text;
	if (!str_eq(x->name, S("url")))
		return (struct str){ 0 };
	switch (url_host(x->text, NULL, &host)) {
	case HOST_NAME:
		return arena_str(m->a, name_str(&host.name));
	case HOST_ADDRESS: {
		struct buf b = { .p = arena_new(m->a, char, ADDRESS_TEXT), .cap = ADDRESS_TEXT };

		address_write(&b, host.address);
		return buf_view(&b);
	}
	case HOST_NONE:
		break;
	}
	return (struct str){ 0 };
}

static void spot(struct mails *m, const struct older_row *mail, struct str text)
{
	size_t from = m->out->rows.count;

	while (text.n > 0) {
		struct cells found = { 0 };

		spot_cells(str_cut(&text, '\n'), m->a, &found);
		LIST_EACH (const struct cell, x, &found.list) {
			struct older_row row = *mail;

			row.thing[0] = thing_of(m, x);
			if (row.thing[0].n == 0 || was_spotted(m, from, row.thing[0]))
				continue;
			row.things = 1;
			row.spotted = true;
			if (m->out->rows.count - from == OLDER_SPOTTED)
				row.bad = "the mail's text names too many things";
			*list_add(&m->out->rows, m->a) = row;
			if (row.bad != NULL)
				return;
		}
	}
}

// Its marks are blanks, for what stands between them is what counts.
static struct str without_marks(struct str html, struct arena *a)
{
	char *out = arena_new(a, char, html.n);
	bool in = false;

	for (size_t i = 0; i < html.n; i++) {
		in = in || html.p[i] == '<';
		out[i] = in && html.p[i] != '\n' ? ' ' : html.p[i];
		in = in && html.p[i] != '>';
	}
	return (struct str){ out, html.n };
}

// What is attached says it best, then the text, then the same for who reads HTML.
static void read_parts(struct mails *m, const struct older_row *mail, const struct mime_parts *all)
{
	size_t from = m->out->rows.count;

	LIST_EACH (const struct mime_part, p, &all->at)
		if (is_table(p))
			read_table(m, mail, p);
	if (m->out->rows.count > from)
		return;
	LIST_EACH (const struct mime_part, p, &all->at)
		if (str_eq(p->type, S("text/plain")))
			spot(m, mail, p->bytes);
	if (m->out->rows.count > from)
		return;
	LIST_EACH (const struct mime_part, p, &all->at)
		if (str_eq(p->type, S("text/html")))
			spot(m, mail, without_marks(p->bytes, m->a));
}

static const char *why_bad(const struct older_row *row, const struct mime_parts *all)
{
	if (row->told == TIME_EVER)
		return "the mail does not say when it was sent";
	if (row->member.n == 0)
		return "the mail does not say to whom";
	LIST_EACH (const struct mime_part, p, &all->at)
		if (is_sealed(p))
			return "the mail is encrypted";
	return all->more ? "the mail has too many parts" : NULL;
}

static void read_mail(struct mails *m, struct str mail, unsigned line)
{
	struct str head = mime_cut(mail).head;
	struct older_row row = { .line = line, .told = TIME_EVER };
	size_t from = m->out->rows.count;
	struct mime_parts parts;

	mime_parts(mail, m->a, &parts);
	if (!mime_date(mime_field(head, S("Date"), m->a), &row.told))
		row.told = TIME_EVER;
	row.member = recipients(head, m->a);
	row.issue = issue_in(m, mime_words(mime_field(head, S("Subject"), m->a), m->a));
	row.bad = why_bad(&row, &parts);
	if (row.bad == NULL)
		read_parts(m, &row, &parts);
	if (m->out->rows.count > from)
		return;
	if (row.bad == NULL)
		row.bad = "the mail names no thing of the net";
	*list_add(&m->out->rows, m->a) = row;
}

static unsigned lines_in(struct str s)
{
	unsigned n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == '\n';
	return n;
}

bool older_read_any(struct str bytes, const struct older_words *words, struct arena *a,
		    struct older *out, struct err *e)
{
	struct mails m = { .words = words, .a = a, .out = out };
	struct str rest = bytes, mail;
	unsigned line = 1;

	if (!mbox_is(bytes) && !mime_is(bytes))
		return older_read(bytes, a, out, e);
	*out = (struct older){ 0 };
	if (!mbox_is(bytes)) {
		read_mail(&m, bytes, line);
		return true;
	}
	for (size_t left = rest.n; mbox_next(&rest, &mail); left = rest.n) {
		read_mail(&m, mail, line);
		line += lines_in((struct str){ bytes.p + (bytes.n - left), left - rest.n });
	}
	return true;
}
