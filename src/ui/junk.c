#include "ui/junk.h"

#include "os/file.h"

void junk_tell(const struct app *app, struct str feed, struct str name, const struct scan_tally *t)
{
	bool any = false;

	for (unsigned i = JUNK_NONE + 1; i < JUNK_KINDS; i++) {
		struct str says = junk_says((enum junk)i);
		unsigned long long first = t->first[i], more = t->junk[i] - 1;

		if (t->junk[i] == 0)
			continue;
		any = true;
		if (more == 0)
			app_say(app, STR_FMT ": " STR_FMT ": record %llu: " STR_FMT, STR_ARG(feed),
				STR_ARG(name), first, STR_ARG(says));
		else
			app_say(app, STR_FMT ": " STR_FMT ": record %llu and %llu more: " STR_FMT,
				STR_ARG(feed), STR_ARG(name), first, more, STR_ARG(says));
	}
	if (t->left > 0)
		app_say(app, STR_FMT ": " STR_FMT ": records left out by rule ([drop]): %llu",
			STR_ARG(feed), STR_ARG(name), (unsigned long long)t->left);
	if (any)
		app_say(app, STR_FMT ": to see them: waker feed parse " STR_FMT " FILE --junk JUNK",
			STR_ARG(name), STR_ARG(feed));
}

bool junk_open(struct app *app, struct str path, struct junk_file *out, struct err *e)
{
	out->fd = -1;
	if (path.p == NULL)
		return true;
	return file_create(str_z(app->arena, path), &out->fd, e);
}

bool junk_keep(void *junk_file, enum junk junk, struct str row, struct err *e)
{
	const struct junk_file *to = junk_file;
	char head[32];
	struct buf b = BUF_ON(head);

	buf_str(&b, junk_word(junk));
	buf_char(&b, '\t');
	return file_write_all(to->fd, buf_view(&b), e) && file_write_all(to->fd, row, e) &&
	       file_write_all(to->fd, S("\n"), e);
}
