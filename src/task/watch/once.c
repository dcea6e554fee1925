#include "task/watch/once.h"

#include "base/buf.h"
#include "model/finding/issue.h"

enum { SLUG = 24, MOST_SAME = 99, NAME_BYTES = 64 };

// "Open VPNs, seen by CERT X" as a part of a feed's name: "open-vpns-seen-by-cert-x".
static void put_slug(struct buf *b, struct str title)
{
	size_t start = b->n;

	for (size_t i = 0; i < title.n && b->n - start < SLUG; i++) {
		char c = ascii_lower(title.p[i]);

		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			buf_char(b, c);
		else if (b->n > start && b->p[b->n - 1] != '-')
			buf_char(b, '-');
	}
	while (b->n > start && b->p[b->n - 1] == '-')
		b->n--;
	if (b->n == start)
		buf_str(b, S("list"));
}

static bool name_it(const struct once *o, struct arena *a, struct str *name, struct err *e)
{
	char day[TIME_TEXT], text[NAME_BYTES];

	time_write(o->now, day);
	for (unsigned i = 1; i <= MOST_SAME; i++) {
		struct buf b = BUF_ON(text);

		buf_fmt(&b, "once-%.10s-", day);
		put_slug(&b, o->title);
		if (i > 1)
			buf_fmt(&b, "-%u", i);
		if (o->taken(o->context, buf_view(&b)))
			continue;
		*name = arena_str(a, buf_view(&b));
		return true;
	}
	return err_set(e, ERR_CONFLICT, "there are %d lists of this title today: give it another",
		       MOST_SAME);
}

// Words of a person as a value of a feed file: one line, quoted.
static void put_words(struct buf *b, const char *key, struct str words)
{
	if (words.n == 0)
		return;
	buf_fmt(b, "%s = \"", key);
	for (size_t i = 0; i < words.n; i++) {
		char c = words.p[i];

		if (c == '"' || c == '\\')
			buf_char(b, '\\');
		buf_char(b, (unsigned char)c < ' ' ? ' ' : c);
	}
	buf_str(b, S("\"\n"));
}

bool once_feed(const struct once *o, struct str draft, struct arena *a, struct once_file *out,
	       struct err *e)
{
	size_t room = draft.n + 8 * (o->title.n + o->advice.n + o->from.n) + 2048;
	struct buf b = { .p = arena_new(a, char, room), .cap = room };
	const struct issue *issue = issue_find(o->issue);
	struct str type, taxonomy;

	if (issue == NULL)
		return err_set(e, ERR_USAGE,
			       "there is no issue called \"" STR_FMT "\": see 'waker issue list'",
			       STR_ARG(str_first(o->issue, 60)));
	if (!name_it(o, a, &out->name, e))
		return false;
	type = issue->rsit;
	taxonomy = str_cut(&type, '/');
	buf_fmt(&b,
		"# A list that an officer gave once. Made by `waker once`.\n\n[feed]\n"
		"name = " STR_FMT "\nprovider = " STR_FMT "\nrole = victims\npresence = stream\n"
		"news = 3650 days\ntlp = " STR_FMT "\n\n",
		STR_ARG(out->name), STR_ARG(o->from.n > 0 ? o->from : S("an officer")),
		STR_ARG(o->tlp));
	buf_str(&b, draft);
	buf_str(&b, S("\n[set]\n"));
	put_words(&b, "event_description.text", o->title);
	put_words(&b, "comment", o->advice);
	buf_fmt(&b, "classification.taxonomy = " STR_FMT "\n", STR_ARG(taxonomy));
	buf_fmt(&b, "classification.type = " STR_FMT "\n\n[issue]\n" STR_FMT " = always\n",
		STR_ARG(type), STR_ARG(o->issue));
	out->text = buf_view(&b);
	return !b.over || err_set(e, ERR_LIMIT, "the title or the text is too long");
}

struct looking {
	const struct run *run;
	struct arena *a;
	struct once_look *out;
};

static void count(struct looking *w, const struct asset *asset)
{
	LIST_EACH (struct once_member, m, &w->out->members)
		if (m->member == asset->member) {
			m->records++;
			return;
		}
	*list_add(&w->out->members, w->a) = (struct once_member){ asset->member, 1, asset->value };
}

static bool each(void *context, const struct scan_hit *hit, struct err *e)
{
	struct looking *w = context;

	(void)e;
	w->out->hits++;
	for (unsigned i = 0; i < hit->count; i++) {
		const struct index_node *node = index_node(w->run->index, hit->match[i].met.node);

		for (uint32_t k = 0; k < node->count; k++)
			count(w, &w->run->roster->assets
					  .at[index_owner(w->run->index, node->first + k)]);
	}
	return true;
}

bool once_look(const struct run *r, const struct feed *f, const char *path, struct arena *a,
	       struct once_look *out, struct err *e)
{
	struct once_look look = { 0 };
	struct looking w = { r, a, &look };
	struct scan scan = {
		.feed = f,
		.type = &f->types.at[0],
		.roster = r->roster,
		.index = r->index,
		.path = path,
		.fd = -1,
		.jobs = 1,
		.each = each,
		.context = &w,
	};

	if (!scan_run(&scan, &look.tally, e))
		return false;
	*out = look;
	return true;
}
