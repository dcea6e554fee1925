#include "task/hook/hook.h"

#include "base/buf.h"
#include "codec/text/base64.h"
#include "os/file.h"
#include "os/random.h"
#include "task/credentials.h"

enum { NAME_ROOM = 1 << 16 };

static bool is_folder(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!str_has(S("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"),
			     s.p[i]))
			return false;
	return s.n > 0 && s.n <= 64;
}

static bool is_url(const struct home *h, struct str s)
{
	struct str rest = s, host;

	if (str_has_prefix(s, S("https://")))
		str_skip(&rest, 8);
	else if (h->example && str_has_prefix(s, S("http://")))
		str_skip(&rest, 7);
	else
		return false;
	host = str_cut(&rest, '/');
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= ' ' || (unsigned char)s.p[i] >= 0x7f)
			return false;
	return host.n > 0 && !str_has(host, '@');
}

// A name, or an address.
static bool is_host(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= '0' && s.p[i] <= ':') || str_has(S("-._"), s.p[i]) ||
		      (ascii_lower(s.p[i]) >= 'a' && ascii_lower(s.p[i]) <= 'z')))
			return false;
	return s.n > 0 && s.n <= 253;
}

bool hook_receiver(struct str address, struct syslog_place *out)
{
	struct syslog_place p = { 0 };
	struct str pin = address, place = str_cut(&pin, '#'), port = place;
	uint64_t n;

	p.pinned = place.n < address.n;
	if (str_starts(place, '[')) {
		str_skip(&port, 1);
		p.host = str_cut(&port, ']');
		if (!str_starts(port, ':') || !str_has(p.host, ':'))
			return false;
		str_skip(&port, 1);
	} else {
		p.host = str_cut(&port, ':');
		if (str_has(port, ':'))
			return false;
	}
	if (!is_host(p.host) || !str_to_uint(port, UINT16_MAX, &n) || n == 0 ||
	    (p.pinned && !tls_key_read(pin, &p.pin)))
		return false;
	p.port = (uint16_t)n;
	*out = p;
	return true;
}

bool hook_address(const struct home *h, enum channel channel, struct str address, struct err *e)
{
	if (address.n > HOOK_ADDRESS)
		return err_set(e, ERR_INPUT, "an address has at most %d bytes", (int)HOOK_ADDRESS);
	if (channel == CHANNEL_WEBHOOK)
		return is_url(h, address) ||
		       err_set(e, ERR_INPUT,
			       "\"" STR_FMT "\" is no address of a webhook: https://HOST/PATH, "
			       "without a name or password in it",
			       STR_ARG(str_first(address, 80)));
	if (channel == CHANNEL_SYSLOG)
		return hook_receiver(address, &(struct syslog_place){ 0 }) ||
		       err_set(e, ERR_INPUT,
			       "\"" STR_FMT "\" is no receiver of syslog: HOST:PORT, and behind it "
			       "#sha256//BASE64 where its key is pinned",
			       STR_ARG(str_first(address, 80)));
	if (channel == CHANNEL_FILE || channel == CHANNEL_CEF)
		return is_folder(address) ||
		       err_set(e, ERR_INPUT,
			       "\"" STR_FMT "\" is no name of a folder: letters, digits, - and _",
			       STR_ARG(str_first(address, 80)));
	return err_set(e, ERR_INPUT, "a machine is told by webhook, syslog, file or cef");
}

// ---- secrets

struct str hook_secret(struct arena *a)
{
	unsigned char bytes[HOOK_SECRET_BYTES];
	char text[sizeof WEBHOOK_SECRET + BASE64_ROOM(HOOK_SECRET_BYTES)];
	struct buf b = BUF_ON(text);

	random_fill(bytes, sizeof bytes);
	buf_str(&b, S(WEBHOOK_SECRET));
	base64_write(&b, (struct str){ (const char *)bytes, sizeof bytes });
	return arena_str(a, buf_view(&b));
}

bool hook_keep_secret(const struct home *h, int64_t hook, struct str secret, struct str former,
		      struct arena *a, struct err *e)
{
	struct str path =
		arena_fmt(a, STR_FMT "/credentials/hook-%lld", STR_ARG(h->path), (long long)hook);
	struct str text = arena_fmt(a, "secret = " STR_FMT "\n", STR_ARG(secret));

	if (former.n > 0)
		text = arena_fmt(a, STR_FMT "key = " STR_FMT "\n", STR_ARG(text), STR_ARG(former));
	return file_write(path.p, text, 0600, e);
}

bool hook_secrets(const struct home *h, int64_t hook, struct webhook_secret out[WEBHOOK_SECRETS],
		  struct err *e)
{
	autoarena a = { 0 };
	autocredentials c = { 0 };

	arena_init(&a, NAME_ROOM);
	return credentials_read(h->path, arena_fmt(&a, "hook-%lld", (long long)hook), &c, e) &&
	       webhook_secret(c.secret, &out[0], e) &&
	       (c.key.n == 0 || webhook_secret(c.key, &out[1], e));
}
