// A letter as the bytes of a mail, and as what a machine is told: pure of rules, these are in
// task/tell/fill.h and model/notice.
#pragma once

#include "task/tell/fill.h"

enum { WRITE_ATTACHED = 1 << 20 }; // a table over this is not attached: gateways drop such mail

struct writing { // of what, to whom, and in which form
	const struct fill *fill;
	const struct message_row *message;
	const struct delivery_row *delivery;
	const struct filled *filled;
	const struct ring_work *with;
};

// A whole message (codec/mail/mime.h) from the team to the delivery's address; in a. It goes on
// with the thread of the message, and is signed and sealed by fill->ring. ERR_CONFIG: [mail] from is
// not set; else as ring_protect.
bool write_mail(const struct writing *w, struct arena *a, struct str *out, struct err *e) MUST_USE;

// JSON for a webhook: {"type": "notice.digest", "timestamp": …, "data": {…}}; in a. Of a letter that
// is neutral: the number, and when.
struct str write_hook(const struct message_row *m, const struct filled *f, struct arena *a);
// JSON lines for a file, with a first line that says of which notice they are; in a.
struct str write_file(const struct message_row *m, const struct filled *f, struct arena *a);
// Lines of CEF for a file, and the same as messages of syslog (codec/wire/syslog.h) for a stream;
// in a.
struct str write_cef(const struct message_row *m, const struct filled *f, struct arena *a);
struct str write_syslog(const struct message_row *m, const struct filled *f, struct arena *a);
