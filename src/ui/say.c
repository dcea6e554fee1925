#include "ui/say.h"

#include "codec/text/json_out.h"

const char *say_time(int64_t t, char text[TIME_TEXT])
{
	text[time_write(t, text)] = '\0';
	return text;
}

void say_member(struct buf *b, const char *key, struct str value)
{
	buf_fmt(b, ",\"%s\":", key);
	json_str(b, value);
}

void say_member_time(struct buf *b, const char *key, int64_t t)
{
	char text[TIME_TEXT];

	if (t == TIME_EVER || t == TIME_NEVER)
		buf_fmt(b, ",\"%s\":null", key);
	else
		say_member(b, key, str_of(say_time(t, text)));
}

void say_severity(struct out *o, enum severity severity, bool dutch)
{
	static const char *const shapes[SEVERITY_COUNT] = { "", "■", "▲", "●", "○" };
	char text[64];
	struct buf b = BUF_ON(text);

	if (severity == 0 || severity >= SEVERITY_COUNT) {
		out_none(o);
		return;
	}
	if (o->form != OUT_HUMAN) {
		out_text(o, severity_word(severity, dutch));
		return;
	}
	buf_fmt(&b, "%u%s " STR_FMT, severity, shapes[severity],
		STR_ARG(severity_word(severity, dutch)));
	out_text(o, buf_view(&b));
}
