#include "os/http_peers.h"

#include "base/time.h"

#include <assert.h>

enum { SITE = 64 }; // bits of an IPv6 address that are somebody's own network

void http_peers_init(struct http_peers *p, unsigned most, unsigned each)
{
	assert(most <= HTTP_PEERS);
	*p = (struct http_peers){ .most = most, .each = each };
	for (unsigned i = 0; i < HTTP_PEERS; i++)
		p->at[i].fd = -1;
}

struct address http_peers_key(struct address a)
{
	return address_is_v4(a) ? a : prefix_of(a, SITE).base;
}

bool http_peers_may(const struct http_peers *p, const struct address *from)
{
	struct address key;
	unsigned n = 0;

	if (p->count >= p->most)
		return false;
	if (from == NULL || p->each == 0)
		return true;
	key = http_peers_key(*from);
	for (unsigned i = 0; i < p->most; i++)
		n += p->at[i].fd >= 0 && p->at[i].known && address_order(p->at[i].from, key) == 0;
	return n < p->each;
}

struct http_peer *http_peers_add(struct http_peers *p, int fd, const struct address *from,
				 int64_t now)
{
	for (unsigned i = 0; i < p->most; i++)
		if (p->at[i].fd < 0) {
			p->at[i] = (struct http_peer){ .fd = fd, .begun = now, .since = now };
			if (from != NULL) {
				p->at[i].from = http_peers_key(*from);
				p->at[i].known = true;
			}
			p->count++;
			return &p->at[i];
		}
	return NULL;
}

void http_peers_drop(struct http_peers *p, struct http_peer *x)
{
	if (x == NULL || x->fd < 0)
		return;
	x->fd = -1;
	p->count--;
}

void http_peer_is(struct http_peer *x, enum http_phase phase, int64_t now)
{
	if (x == NULL)
		return;
	x->phase = phase;
	x->since = now;
	x->got = 0;
}

static bool over(int64_t since, unsigned seconds, int64_t now)
{
	return seconds > 0 && now - since >= (int64_t)seconds * TIME_SECOND;
}

bool http_peer_late(const struct http_peers *p, const struct http_peer *x, int64_t now)
{
	const struct http_patience *t = &p->patience;

	if (over(x->begun, t->whole, now))
		return true;
	switch (x->phase) {
	case HTTP_HEAD:
		return over(x->since, t->head, now);
	case HTTP_BODY:
		return t->body > 0 &&
		       over(x->since, t->body + (unsigned)(x->got / HTTP_BODY_RATE), now);
	case HTTP_REPLY:
		return over(x->since, t->reply, now);
	}
	return true;
}
