#include "task/keys/aside.h"

#include "os/folder.h"

bool aside_open(struct aside *s, struct err *e)
{
	return folder_scratch(s->folder, sizeof s->folder, e) &&
	       gpg_open(s->folder, s->kind == KEY_SMIME ? GPG_SMIME : GPG_OPENPGP, &s->gpg, e);
}

void aside_close(struct aside *s)
{
	struct err e = { 0 };

	gpg_close(s->gpg);
	if (s->folder[0] != '\0')
		(void)!folder_remove(s->folder, &e); // a system that clears it does so later
}
