#include "ui/junk.h"

void junk_tell(const struct app *app, struct str name, const struct scan_tally *t)
{
	bool any = false;

	for (unsigned i = JUNK_NONE + 1; i < JUNK_KINDS; i++) {
		struct str says = junk_says((enum junk)i);
		unsigned long long first = t->first[i], more = t->junk[i] - 1;

		if (t->junk[i] == 0)
			continue;
		any = true;
		if (more == 0)
			app_say(app, STR_FMT ": record %llu: " STR_FMT, STR_ARG(name), first,
				STR_ARG(says));
		else
			app_say(app, STR_FMT ": record %llu and %llu more: " STR_FMT, STR_ARG(name),
				first, more, STR_ARG(says));
	}
	if (any)
		app_say(app, STR_FMT ": to see them: waker match --junk FILE", STR_ARG(name));
}
