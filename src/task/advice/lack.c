// What a shelf lacks: `waker advice check`.
#include "base/buf.h"
#include "base/time.h"
#include "task/advice/advice.h"

const char *lack_word(enum lack_kind kind)
{
	static const char *const words[] = {
		[LACK_FAULT] = "fault", [LACK_STALE] = "stale", [LACK_MISSING] = "missing"
	};

	return words[kind];
}

static struct shelf_lack *add(struct shelf_lacks *out, struct arena *a, enum lack_kind kind,
			      struct str path)
{
	struct shelf_lack *x = list_add(&out->at, a);

	x->kind = kind;
	x->path = path;
	return x;
}

static struct str day(int64_t t, struct arena *a)
{
	char text[TIME_TEXT];

	time_write(t, text);
	return arena_str(a, str_first(str_of(text), 10));
}

static void look_at_day(const struct shelf_text *x, int64_t now, struct arena *a,
			struct shelf_lacks *out)
{
	struct shelf_lack *lack;

	if (x->advice.checked > now + TIME_DAY) {
		lack = add(out, a, LACK_FAULT, x->path);
		lack->is.what = arena_fmt(a, "it was checked on " STR_FMT ", which is to come",
					  STR_ARG(day(x->advice.checked, a)));
		lack->is.mend = S("write the day on which you held it against its sources");
	} else if (advice_stale(&x->advice, now)) {
		lack = add(out, a, LACK_STALE, x->path);
		lack->is.what = arena_fmt(a, "last checked on " STR_FMT,
					  STR_ARG(day(x->advice.checked, a)));
		lack->is.mend = S("hold it against its sources, and set checked: to today");
	}
}

static struct str place(const struct shelf *s, struct str name, bool dutch, struct arena *a)
{
	return arena_fmt(a, STR_FMT "/" STR_FMT ".%s.md",
			 STR_ARG(s->places.at[s->places.count - 1]), STR_ARG(name),
			 dutch ? "nl" : "en");
}

static void miss(const struct shelf *s, struct str name, bool dutch, struct arena *a,
		 struct shelf_lacks *out)
{
	const struct shelf_text *other = shelf_text(s, name, !dutch);
	struct shelf_lack *lack =
		add(out, a, LACK_MISSING,
		    other == NULL ? place(s, name, dutch, a)
				  : arena_fmt(a, STR_FMT ".%s.md",
					      STR_ARG(str_first(other->path, other->path.n - 6)),
					      dutch ? "nl" : "en"));

	lack->is.what = other == NULL ? S("nothing is advised for this type")
			: dutch       ? S("it is there in English only")
				      : S("it is there in Dutch only");
	lack->is.mend = S("write it");
}

// Every text is there in both languages, and every type of the taxonomy has one, so that no issue
// is without.
static void look_for_gaps(const struct shelf *s, struct arena *a, struct shelf_lacks *out)
{
	LIST_EACH (const struct shelf_text, x, &s->texts)
		if (shelf_text(s, x->name, !x->dutch) == NULL)
			miss(s, x->name, !x->dutch, a, out);
	for (size_t i = 0; i < issue_count; i++) {
		struct str id = issue_table[i].id;

		if (str_has_prefix(id, S("rsit.")) && shelf_text(s, id, false) == NULL &&
		    shelf_text(s, id, true) == NULL) {
			miss(s, id, false, a, out);
			miss(s, id, true, a, out);
		}
	}
}

void shelf_look(const struct shelf *s, int64_t now, struct arena *a, struct shelf_lacks *out)
{
	*out = (struct shelf_lacks){ 0 };
	LIST_EACH (const struct shelf_fault, f, &s->faults)
		add(out, a, LACK_FAULT, f->path)->is = f->is;
	LIST_EACH (const struct shelf_text, x, &s->texts)
		look_at_day(x, now, a, out);
	look_for_gaps(s, a, out);
}
