#include "task/hear/noted.h"

#include "base/buf.h"
#include "os/file.h"

void noted_folder(struct noted *x, uint32_t validity)
{
	if (x->validity != validity)
		*x = (struct noted){ .validity = validity };
}

bool noted_is_left(const struct noted *x, uint32_t uid)
{
	for (size_t i = 0; i < x->n; i++)
		if (x->left[i] == uid)
			return true;
	return false;
}

static void forget(struct noted *x, uint32_t uid)
{
	for (size_t i = 0; i < x->n; i++)
		if (x->left[i] == uid)
			x->left[i--] = x->left[--x->n];
}

void noted_taken(struct noted *x, uint32_t uid)
{
	forget(x, uid);
	if (uid > x->upto)
		x->upto = uid;
}

bool noted_left(struct noted *x, uint32_t uid)
{
	if (noted_is_left(x, uid))
		return true;
	if (x->n == NOTED_LEFT)
		return false;
	x->left[x->n++] = uid;
	if (uid > x->upto)
		x->upto = uid;
	return true;
}

bool noted_wants(const struct noted *x, uint32_t uid)
{
	return uid > x->upto || noted_is_left(x, uid);
}

struct str noted_set(const struct noted *x, char out[NOTED_TEXT])
{
	struct buf b = { .p = out, .cap = NOTED_TEXT };

	for (size_t i = 0; i < x->n; i++)
		buf_fmt(&b, "%u,", x->left[i]);
	if (x->upto == UINT32_MAX)
		buf_str(&b, S("4294967295")); // there is none above it
	else
		buf_fmt(&b, "%u:*", x->upto + 1);
	return buf_view(&b);
}

static bool is_in(const uint32_t *uid, size_t n, uint32_t one)
{
	for (size_t i = 0; i < n; i++)
		if (uid[i] == one)
			return true;
	return false;
}

void noted_order(struct noted *x, uint32_t *uid, size_t n)
{
	uint32_t last[NOTED_LEFT];
	size_t to = 0, lasts = 0;

	for (size_t i = x->n; i-- > 0;)
		if (!is_in(uid, n, x->left[i]))
			forget(x, x->left[i]);
	for (size_t i = 0; i < n; i++)
		if (noted_is_left(x, uid[i]) && lasts < NOTED_LEFT)
			last[lasts++] = uid[i];
		else
			uid[to++] = uid[i];
	for (size_t i = 0; i < lasts; i++)
		uid[to++] = last[i];
}

// ---- its file: the mailbox, and the numbers below it

static bool take_number(struct str *rest, uint32_t *out)
{
	uint64_t n;

	if (!str_to_uint(str_cut(rest, ' '), UINT32_MAX, &n))
		return false;
	*out = (uint32_t)n;
	return true;
}

static bool noted_read(struct str text, struct str of, struct noted *x)
{
	struct str numbers;

	if (!str_eq(str_cut(&text, '\n'), of))
		return false;
	numbers = str_cut(&text, '\n');
	if (!take_number(&numbers, &x->validity) || !take_number(&numbers, &x->upto))
		return false;
	while (numbers.n > 0)
		if (x->n == NOTED_LEFT || !take_number(&numbers, &x->left[x->n++]))
			return false;
	return true;
}

struct noted noted_load(const char *path, struct str of, struct arena *a)
{
	struct noted x = { 0 };
	struct err none = { 0 };
	struct str text;

	if (!file_read(path, NOTED_TEXT, a, &text, &none) || !noted_read(text, of, &x))
		return (struct noted){ 0 };
	return x;
}

bool noted_save(const char *path, struct str of, const struct noted *x, struct err *e)
{
	char text[NOTED_TEXT];
	struct buf b = BUF_ON(text);

	buf_fmt(&b, STR_FMT "\n%u %u", STR_ARG(of), x->validity, x->upto);
	for (size_t i = 0; i < x->n; i++)
		buf_fmt(&b, " %u", x->left[i]);
	buf_char(&b, '\n');
	if (b.over)
		return err_set(e, ERR_CONFIG, "[mail] inbox is too long");
	return file_write(path, buf_view(&b), 0600, e);
}
