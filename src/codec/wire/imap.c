#include "codec/wire/imap.h"

static bool take_word(struct str *rest, struct str word)
{
	if (!str_has_prefix(*rest, word) || (rest->n > word.n && rest->p[word.n] != ' '))
		return false;
	str_skip(rest, word.n + (rest->n > word.n));
	return true;
}

// "OK [CAPABILITY …] done"; also of a greeting.
static enum imap_kind status(struct str rest, struct str *says)
{
	struct str word = str_cut(&rest, ' ');

	*says = rest;
	if (str_eq_nocase(word, S("OK")))
		return IMAP_GOOD;
	return str_eq_nocase(word, S("NO")) || str_eq_nocase(word, S("BAD")) ? IMAP_BAD
									     : IMAP_OTHER;
}

// "… {123}" at its end.
static void read_literal(struct str line, struct imap_line *out)
{
	size_t at = line.n;

	if (!str_has_suffix(line, S("}")))
		return;
	while (at > 0 && line.p[at - 1] != '{')
		at--;
	out->literal = at > 0 && str_to_uint((struct str){ line.p + at, line.n - 1 - at },
					     UINT64_C(1) << 40, &out->bytes);
}

static void read_fetch(struct str rest, struct imap_line *out)
{
	uint64_t n;

	out->kind = IMAP_FETCH;
	if (str_starts(rest, '('))
		str_skip(&rest, 1);
	while (rest.n > 0) {
		struct str word = str_cut(&rest, ' ');

		if (str_eq_nocase(word, S("UID"))) {
			struct str uid = str_cut(&rest, ' ');

			if (str_has_suffix(uid, S(")")))
				uid.n--;
			if (str_to_uint(uid, UINT32_MAX, &n))
				out->uid = (uint32_t)n;
		}
		out->body = out->body || str_eq_nocase(str_first(word, 6), S("BODY[]"));
	}
}

static void read_untagged(struct str rest, struct imap_line *out)
{
	struct str number = str_cut(&rest, ' ');
	uint64_t n;

	if (str_eq_nocase(number, S("BYE"))) {
		out->kind = IMAP_BYE;
		out->says = rest;
	} else if (str_eq_nocase(number, S("SEARCH"))) {
		out->kind = IMAP_SEARCH;
		out->says = rest;
	} else if (str_to_uint(number, UINT32_MAX, &n)) {
		struct str word = str_cut(&rest, ' ');

		if (str_eq_nocase(word, S("EXISTS")))
			out->kind = IMAP_EXISTS;
		else if (str_eq_nocase(word, S("FETCH")))
			read_fetch(rest, out);
	}
}

struct imap_line imap_line(struct str line, struct str tag)
{
	struct imap_line out = { .kind = IMAP_OTHER };

	read_literal(line, &out);
	if (str_starts(line, '+')) {
		out.kind = IMAP_GO_ON;
	} else if (take_word(&line, S("*"))) {
		read_untagged(line, &out);
	} else if (tag.n > 0 && take_word(&line, tag)) {
		out.kind = status(line, &out.says);
	}
	return out;
}

// "[PERMANENTFLAGS (\\Seen \\*)] …": is this word in it?
static bool has_flag(struct str list, struct str flag)
{
	list = str_cut(&list, ')');
	while (list.n > 0)
		if (str_eq_nocase(str_cut(&list, ' '), flag))
			return true;
	return false;
}

void imap_folder_line(struct imap_folder *f, struct str line, struct str mark)
{
	struct str rest = line, word;
	uint64_t n;

	str_cut(&rest, '[');
	word = str_cut(&rest, ' ');
	if (str_eq_nocase(word, S("UIDVALIDITY"))) {
		if (str_to_uint(str_cut(&rest, ']'), UINT32_MAX, &n))
			f->validity = (uint32_t)n;
	} else if (str_eq_nocase(word, S("PERMANENTFLAGS"))) {
		str_cut(&rest, '(');
		f->no_marks = f->no_marks || (!has_flag(rest, S("\\*")) && !has_flag(rest, mark));
	} else if (str_eq_nocase(word, S("READ-ONLY]"))) {
		f->no_marks = true;
	}
}

bool imap_next_uid(struct str *says, uint32_t *uid)
{
	uint64_t n;

	*says = str_trim(*says);
	if (says->n == 0 || !str_to_uint(str_cut(says, ' '), UINT32_MAX, &n))
		return false;
	*uid = (uint32_t)n;
	return true;
}

bool imap_may_quote(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < ' ' || s.p[i] > '~' || s.p[i] == '"' || s.p[i] == '\\')
			return false;
	return true;
}
