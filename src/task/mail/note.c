#include "task/mail/note.h"

#include "base/buf.h"
#include "os/random.h"

enum { ID_BYTES = 12 };

static struct str date_of(int64_t t, struct arena *a)
{
	static const char days[] = "ThuFriSatSunMonTueWed",
			  months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	char iso[TIME_TEXT];
	uint64_t month;

	time_write(t, iso);
	if (!str_to_uint((struct str){ iso + 5, 2 }, 12, &month) || month == 0)
		return S("");
	return arena_fmt(a, "%.3s, %.2s %.3s %.4s %.8s +0000", days + 3 * (t / TIME_DAY % 7),
			 iso + 8, months + 3 * (month - 1), iso, iso + 11);
}

struct str note_mail(const struct note *n, struct arena *a)
{
	unsigned char id[ID_BYTES];
	char hex[2 * ID_BYTES];
	struct buf b = BUF_ON(hex);
	struct str domain = n->from;

	random_fill(id, sizeof id);
	buf_hex(&b, id, sizeof id);
	str_cut(&domain, '@');
	return arena_fmt(a,
			 "From: <" STR_FMT ">\r\nTo: <" STR_FMT ">\r\nSubject: " STR_FMT "\r\n"
			 "Date: " STR_FMT "\r\nMessage-ID: <" STR_FMT "@" STR_FMT ">\r\n"
			 "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
			 "Content-Type: text/plain; charset=us-ascii\r\n\r\n" STR_FMT,
			 STR_ARG(n->from), STR_ARG(n->to), STR_ARG(n->subject),
			 STR_ARG(date_of(n->now, a)), STR_ARG(buf_view(&b)), STR_ARG(domain),
			 STR_ARG(n->text));
}
