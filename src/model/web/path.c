#include "model/web/path.h"

bool path_fits(struct str pattern, struct str path, struct str *part)
{
	struct str head = str_cut(&pattern, '{');

	*part = (struct str){ 0 };
	if (pattern.n == 0)
		return str_eq(path, head);
	if (path.n <= head.n || !str_has_prefix(path, head))
		return false;
	*part = str_from(path, head.n);
	return part->n <= PATH_PART && !str_has(*part, '/');
}
