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
