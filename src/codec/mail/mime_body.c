#include "codec/mail/mime_body.h"

#include "codec/text/base64.h"

static const bool is_plain[256] = {
	['\t'] = true,
	[' ' ... '<'] = true,
	['>' ... '~'] = true,
};

// How many bytes at the start of s, at most n, stand as they are.
static size_t plain(struct str s, size_t n)
{
	size_t i = 0;

	n = s.n < n ? s.n : n;
	while (i < n && is_plain[(unsigned char)s.p[i]])
		i++;
	return i;
}

static void escaped(struct buf *b, char byte)
{
	static const char digits[] = "0123456789ABCDEF";
	const unsigned char c = (unsigned char)byte;

	buf_add(b, (char[]){ '=', digits[c >> 4], digits[c & 15] }, 3);
}

static bool blank(char c)
{
	return c == ' ' || c == '\t';
}

// May these, which begin a line, not do so as they stand?
static bool awkward(struct str s)
{
	return str_has_prefix(s, S("From ")) || str_eq(s, S("."));
}

// One line without its end; each line that it is broken into leaves room for the = at its end.
static void quoted_line(struct buf *b, struct str line)
{
	enum { WIDTH = MIME_LINE - 1 };
	size_t column = 0;

	while (line.n > 0) {
		size_t n = column == 0 && awkward(line) ? 0 : plain(line, WIDTH - column);

		if (n > 0 && n == line.n && blank(line.p[n - 1]))
			n--; // the last of the line
		buf_add(b, line.p, n);
		str_skip(&line, n);
		column += n;
		if (line.n == 0)
			break;
		if (column + 3 > WIDTH) {
			buf_str(b, S("=\r\n"));
			column = 0;
			continue;
		}
		escaped(b, line.p[0]);
		str_skip(&line, 1);
		column += 3;
	}
}

void mime_quoted(struct buf *b, struct str text)
{
	while (text.n > 0) {
		struct str line = str_cut(&text, '\n');

		if (str_has_suffix(line, S("\r")))
			line.n--;
		quoted_line(b, line);
		buf_str(b, S("\r\n"));
	}
}

void mime_base64(struct buf *b, struct str bytes)
{
	enum { OF_LINE = MIME_LINE / 4 * 3 };

	while (bytes.n > 0) {
		struct str line = str_first(bytes, OF_LINE);

		base64_write(b, line);
		str_skip(&bytes, line.n);
		if (bytes.n > 0)
			buf_str(b, S("\r\n"));
	}
}
