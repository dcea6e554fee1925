// `waker member import`: the whole roster at once.
#include "os/file.h"
#include "task/rehearse/asked.h"
#include "ui/audited.h"
#include "ui/rehearsed.h"
#include "ui/roster.h"
#include "ui/roster_home.h"

static bool form_of(const struct call *call, struct str bytes, enum roster_form *out)
{
	struct str as = call_option(call, "as");

	*out = roster_form_of(bytes);
	return as.n == 0 || roster_form_read(as, out);
}

// The import was refused for want of a yes: asks for it. False: it was not given, or is not to be
// asked for here.
static bool ask(struct app *app, const struct call *call, struct roster_change *c,
		const struct roster_outcome *out, struct err *e)
{
	if (e->kind != ERR_DENIED || out->remarks.count[REMARK_CONSENT] > 0)
		return false;
	if (out->many > 0 && c->confirmed != out->many) {
		c->confirmed = out->many;
		return app_confirm(app, out->many, "would end that much of the roster", e);
	}
	if (out->large > 0 && c->unrehearsed != out->large) {
		c->unrehearsed = out->large;
		return rehearsed_ask(app, out->large, "assets", call->arg[0], e);
	}
	return false;
}

static bool take_in(struct app *app, const struct call *call, struct roster_home *h,
		    struct str bytes, struct err *e)
{
	struct roster_outcome out = { 0 };
	enum roster_form form;
	bool ok, due;

	if (!form_of(call, bytes, &form))
		return err_set(e, ERR_USAGE, "--as is csv, json or tsv");
	if (!rehearsal_is_due(&h->home, bytes, &due, e))
		return false;
	h->change.rehearsed = !due;
	h->change.by = audited_by(call, h->change.now);
	// Asked outside the transaction: nobody else has to wait for an answer.
	do {
		e->kind = ERR_NONE;
		ok = roster_import(h->d, &h->change, bytes, form, &h->a, &out, e);
	} while (!ok && ask(app, call, &h->change, &out, e));
	roster_tell_remarks(app, &out.remarks, call->arg[0]);
	if (ok && app->dry_run && due && out.large > 0)
		app_say(app,
			"%zu assets would change: that asks for `waker rehearse " STR_FMT "` first",
			out.large, STR_ARG(call->arg[0]));
	return ok && roster_changed(app, h, &out, e);
}

bool roster_take_in(struct app *app, const struct call *call, struct err *e)
{
	autorosterhome h = { 0 };
	struct str bytes;

	return roster_home_open(app, &h, e) &&
	       file_read(str_z(app->arena, call->arg[0]), ROSTER_MAX_BYTES, &h.a, &bytes, e) &&
	       take_in(app, call, &h, bytes, e);
}
