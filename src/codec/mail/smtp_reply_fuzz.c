#include "codec/mail/smtp_reply.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str rest = { (const char *)data, size };
	struct smtp_reply r = { 0 };
	struct err e = { 0 };

	while (rest.n > 0 && smtp_reply_line(&r, str_cut(&rest, '\n'), &e)) {
		if (r.code < 200 || r.code > 599 || r.n > SMTP_REPLY_TEXT ||
		    r.lines > SMTP_REPLY_LINES)
			abort();
		for (size_t i = 0; i < r.n; i++)
			if (r.text[i] < ' ' || r.text[i] > '~')
				abort();
		if (r.whole)
			r = (struct smtp_reply){ 0 };
	}
	return 0;
}
