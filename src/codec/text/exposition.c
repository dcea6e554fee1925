#include "codec/text/exposition.h"

enum { MILLION = 1000000 };

static void escaped(struct buf *b, struct str s, bool quoted)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '\\')
			buf_str(b, S("\\\\"));
		else if (s.p[i] == '\n')
			buf_str(b, S("\\n"));
		else if (s.p[i] == '"' && quoted)
			buf_str(b, S("\\\""));
		else
			buf_char(b, s.p[i]);
}

void exposition_head(struct buf *b, const char *name, enum exposition_kind kind, const char *says)
{
	static const char *const kinds[] = {
		[EXPOSITION_GAUGE] = "gauge", [EXPOSITION_COUNTER] = "counter"
	};

	buf_fmt(b, "# HELP %s ", name);
	escaped(b, str_of(says), false);
	buf_fmt(b, "\n# TYPE %s %s\n", name, kinds[kind]);
}

static void begin(struct buf *b, const char *name, const struct exposition_label *labels, size_t n)
{
	char before = '{';

	buf_str(b, str_of(name));
	for (size_t i = 0; i < n; i++) {
		if (labels[i].name == NULL)
			continue;
		buf_char(b, before);
		buf_fmt(b, "%s=\"", labels[i].name);
		escaped(b, labels[i].value, true);
		buf_char(b, '"');
		before = ',';
	}
	buf_str(b, before == ',' ? S("} ") : S(" "));
}

void exposition_int(struct buf *b, const char *name, const struct exposition_label *labels,
		    size_t n, int64_t value)
{
	begin(b, name, labels, n);
	buf_fmt(b, "%lld\n", (long long)value);
}

void exposition_seconds(struct buf *b, const char *name, const struct exposition_label *labels,
			size_t n, int64_t microseconds)
{
	uint64_t size = microseconds < 0 ? -(uint64_t)microseconds : (uint64_t)microseconds;

	begin(b, name, labels, n);
	buf_fmt(b, "%s%llu.%06llu\n", microseconds < 0 ? "-" : "",
		(unsigned long long)(size / MILLION), (unsigned long long)(size % MILLION));
}
