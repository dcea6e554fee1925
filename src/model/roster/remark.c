#include "model/roster/remark.h"

#include <stdarg.h>
#include <stdio.h>

void remark_add(struct remarks *r, enum remark_weight weight, unsigned line, const char *fmt, ...)
{
	char text[400];
	va_list ap;

	if (line < r->line_from || r->count[weight]++ >= REMARK_MOST)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	*list_add(&r->list, r->a) = (struct remark){ .line = line,
						     .weight = weight,
						     .text = arena_str(r->a, str_of(text)) };
}
