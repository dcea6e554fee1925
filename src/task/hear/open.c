#include "task/hear/open.h"

// The fields of the mail stay, its parts are those of the entity.
static bool take_parts(const struct opening *o, struct str entity, struct arena *a,
		       struct heard_whole *h, struct err *e)
{
	struct heard_whole inside;

	if (!mime_reader_read(o->reader, entity, a, &inside, e))
		return false;
	h->parts.at = inside.parts.at;
	h->parts.count = inside.parts.count;
	h->left_out += inside.left_out;
	h->broken = h->broken || inside.broken;
	return true;
}

bool open_mail(const struct opening *o, struct arena *a, struct heard_whole *h, struct proof *out,
	       struct err *e)
{
	const struct domain_how how = { .home = o->home, .ask = false };

	if (!proof_of(&how, o->mail, a, out, e))
		return false;
	if (out->subject_signed)
		h->field[HEARD_SUBJECT] = out->subject;
	// Beside a part that is signed stand others, which are as much of the mail.
	return !out->layers.whole || take_parts(o, out->layers.inside, a, h, e);
}

struct str open_trouble(const struct proof *p)
{
	return p->layers.count > 0 ? p->layers.not_read : S("");
}
