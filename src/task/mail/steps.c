#include "task/mail/steps.h"

#include "os/libexec_run.h"

#include <stdio.h>

#define SENT "sent"

// A cell has no tab and no line end.
static void put_cell(struct str s, char behind)
{
	for (size_t i = 0; i < s.n; i++)
		putchar((unsigned char)s.p[i] < ' ' ? ' ' : s.p[i]);
	putchar(behind);
}

void step_print(const char *what, enum check_state state, struct str says, const char *remedy)
{
	put_cell(str_of(what), '\t');
	put_cell(str_of(check_state_word(state)), '\t');
	put_cell(says, '\t');
	put_cell(str_of(remedy), '\n');
	fflush(stdout);
}

void step_print_sent(void)
{
	puts(SENT);
	fflush(stdout);
}

static bool read_state(struct str word, enum check_state *out)
{
	static const enum check_state all[] = { CHECK_OK, CHECK_WARNING, CHECK_WRONG };

	for (size_t i = 0; i < COUNTOF(all); i++)
		if (str_eq(word, str_of(check_state_word(all[i])))) {
			*out = all[i];
			return true;
		}
	return false;
}

bool steps_run(const struct steps_wish *w, struct arena *a, struct steps *out, struct err *e)
{
	const char *const args[] = { str_z(a, w->home), w->to != NULL ? w->to : "",
				     w->dry ? "dry" : "", w->enforced ? "enforced" : "", NULL };
	struct steps all = { 0 };
	struct str text;

	if (args[0] == NULL || !libexec_run("post", args, STEPS_SECONDS, a, &text, e))
		return false;
	while (text.n > 0) {
		struct str rest = str_cut(&text, '\n');
		struct step s = { .what = str_cut(&rest, '\t') };

		if (str_eq(s.what, S(SENT)) && rest.n == 0) {
			all.sent = true;
			continue;
		}
		if (!read_state(str_cut(&rest, '\t'), &s.state))
			return err_set(e, ERR_SYSTEM,
				       "post, a part of waker, is of another version: "
				       "install waker anew");
		s.says = str_cut(&rest, '\t');
		s.remedy = rest;
		*list_add(&all.all, a) = s;
	}
	*out = all;
	return true;
}
