#include "task/proof/domain.h"

#include "codec/mail/mime_read.h"
#include "os/file.h"
#include "os/libexec_run.h"
#include "os/suffix.h"

#include <stdio.h>

struct str domain_end_word(enum domain_end end)
{
	static const char *const words[] = {
#define X(id, word) [id] = word,
		DOMAIN_ENDS(X)
#undef X
	};

	return str_of(words[end]);
}

// ---- organisations

struct str domain_organisation(struct str name, struct name *room)
{
	struct str rest, below;

	if (!name_read(name, NULL, room) || suffix_is_public(name_str(room)))
		return (struct str){ 0 };
	for (rest = name_str(room); rest.n > 0;) {
		below = rest;
		str_cut(&rest, '.');
		if (suffix_is_public(rest))
			return below;
	}
	return (struct str){ 0 };
}

static bool aligned(struct str domain, struct str of)
{
	struct name one, other;
	struct str a = domain_organisation(domain, &one), b = domain_organisation(of, &other);

	return a.n > 0 && str_eq(a, b);
}

// ---- what the program says, a signature a line

static const char *const flags[] = { "from", "subject", "secure" };

void domain_print(const struct dkim_found *f)
{
	LIST_EACH (const struct dkim_signature, s, &f->all)
		printf(STR_FMT "\t" STR_FMT "\t" STR_FMT "\t%u\t%s\t%s\t%s\t" STR_FMT "\t" STR_FMT
			       "\n",
		       STR_ARG(dkim_end_word(s->end)), STR_ARG(s->domain), STR_ARG(s->selector),
		       s->bits, s->from ? flags[0] : "-", s->subject ? flags[1] : "-",
		       s->secure ? flags[2] : "-", STR_ARG(s->covers), STR_ARG(s->why));
	puts(f->more ? "more" : "all");
}

static bool read_flag(struct str *line, const char *word, bool *out)
{
	struct str cell = str_cut(line, '\t');

	*out = str_eq(cell, str_of(word));
	return *out || str_eq(cell, S("-"));
}

static bool read_end(struct str word, enum dkim_end *out)
{
	for (unsigned i = 0; i < DKIM_END_COUNT; i++)
		if (str_eq(word, dkim_end_word((enum dkim_end)i))) {
			*out = (enum dkim_end)i;
			return true;
		}
	return false;
}

static bool read_line(struct str line, struct dkim_signature *s)
{
	uint64_t bits;

	if (!read_end(str_cut(&line, '\t'), &s->end))
		return false;
	s->domain = str_cut(&line, '\t');
	s->selector = str_cut(&line, '\t');
	if (!str_to_uint(str_cut(&line, '\t'), UINT32_MAX, &bits) ||
	    !read_flag(&line, flags[0], &s->from) || !read_flag(&line, flags[1], &s->subject) ||
	    !read_flag(&line, flags[2], &s->secure))
		return false;
	s->bits = (unsigned)bits;
	s->covers = str_cut(&line, '\t');
	s->why = line;
	return true;
}

bool domain_read(struct str text, struct arena *a, struct dkim_found *out)
{
	*out = (struct dkim_found){ 0 };
	while (text.n > 0) {
		struct str line = str_cut(&text, '\n');
		struct dkim_signature s = { 0 };

		if (text.n == 0) {
			out->more = str_eq(line, S("more"));
			return out->more || str_eq(line, S("all"));
		}
		if (out->all.count == DKIM_SIGNATURES || !read_line(line, &s))
			return false;
		*list_add(&out->all, a) = s;
	}
	return false;
}

// ---- our own look

static bool run(const struct home *h, struct str mail, struct arena *a, struct str *out,
		struct err *e)
{
	char path[FILE_AGAIN];
	const char *const args[] = { str_z(a, h->path), path, NULL };
	autofd fd = -1;

	if (!file_in_memory(&fd, e) || !file_write_all(fd, mail, e))
		return false;
	file_from_outside(fd, path);
	return libexec_run("dkim", args, DOMAIN_SECONDS, a, out, e);
}

static bool has_signature(struct str mail, struct arena *a)
{
	return mime_field(mime_cut(mail).head, S("DKIM-Signature"), a).p != NULL;
}

static bool look(const struct home *h, struct str mail, struct arena *a, struct domain *out,
		 struct err *e)
{
	struct str text;

	if (!run(h, mail, a, &text, e))
		return false;
	if (text.n > 0 && str_starts(text, '!')) { // why it could not
		str_skip(&text, 1);
		out->trouble = str_trim(text);
		return true;
	}
	out->asked = true;
	return domain_read(text, a, &out->dkim) ||
	       err_set(e, ERR_SYSTEM,
		       "dkim, a part of waker, is of another version: install waker anew");
}

static void judge(const struct sender *s, struct domain *out)
{
	LIST_EACH (const struct dkim_signature, x, &out->dkim.all)
		if (x->end == DKIM_PASS && x->from && out->by == NULL &&
		    aligned(x->domain, s->domain)) {
			out->end = DOMAIN_BY_DKIM;
			out->by = x;
		}
}

bool domain_of(const struct domain_how *how, struct str mail, const struct sender *s,
	       struct arena *a, struct domain *out, struct err *e)
{
	struct str trusted = how->home->mail.trusted;

	*out = (struct domain){ 0 };
	auth_results_read(mime_cut(mail).head, str_eq(trusted, S("none")) ? S("") : trusted,
			  &out->server);
	if (s->end != SENDER_ONE)
		return true;
	if (out->server.dmarc == AUTH_FAIL)
		out->end = DOMAIN_DENIED;
	else if (out->server.dmarc == AUTH_PASS && str_eq_nocase(out->server.dmarc_from, s->domain))
		out->end = DOMAIN_BY_SERVER;
	if (out->end != DOMAIN_UNPROVEN || !has_signature(mail, a))
		return true;
	if (!how->ask) {
		out->trouble = S("its DKIM signatures are not looked at where there is no network");
		return true;
	}
	if (!look(how->home, mail, a, out, e))
		return false;
	judge(s, out);
	return true;
}
