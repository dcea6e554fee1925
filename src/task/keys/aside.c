#include "task/keys/aside.h"

#include "os/file.h"
#include "os/folder.h"

static enum gpg_engine engine(const struct aside *s)
{
	if (s->kind == KEY_SMIME)
		return GPG_SMIME;
	return s->certified ? GPG_CERTIFIED : GPG_OPENPGP;
}

bool aside_open(struct aside *s, struct err *e)
{
	folder_scratch_left(gpg_end_agent);
	return folder_scratch(s->folder, sizeof s->folder, &s->held, e) &&
	       gpg_open(s->folder, engine(s), &s->gpg, e);
}

void aside_close(struct aside *s)
{
	struct err e = { 0 };

	gpg_close(s->gpg);
	if (s->folder[0] == '\0')
		return;
	(void)!folder_remove(s->folder, &e); // the next does so
	file_closed(&s->held);
}
