#include "base/test.h"
#include "base/time.h"
#include "os/http_peers.h"

static struct address at(const char *text)
{
	struct address a = { 0 };

	CHECK(address_read(str_of(text), &a));
	return a;
}

TEST("http_peers: one address has so many places and no more, a /64 of IPv6 is one, a socket has "
     "none")
{
	static struct http_peers p;
	struct address four = at("192.0.2.1"), other = at("192.0.2.2"), six = at("2001:db8::1"),
		       same = at("2001:db8::ffff"), next = at("2001:db8:0:1::1");
	struct http_peer *first;

	http_peers_init(&p, 6, 2);
	first = http_peers_add(&p, 3, &four, 0);
	CHECK(first != NULL && http_peers_may(&p, &four));
	CHECK(http_peers_add(&p, 4, &four, 0) != NULL && !http_peers_may(&p, &four));
	CHECK(http_peers_may(&p, &other));
	CHECK(http_peers_add(&p, 5, &six, 0) != NULL && http_peers_add(&p, 6, &same, 0) != NULL);
	CHECK(!http_peers_may(&p, &six) && !http_peers_may(&p, &same) && http_peers_may(&p, &next));
	CHECK(http_peers_add(&p, 7, NULL, 0) != NULL && http_peers_may(&p, NULL));
	CHECK(http_peers_add(&p, 8, NULL, 0) != NULL);
	CHECK(!http_peers_may(&p, NULL) && !http_peers_may(&p, &other)); // it is full
	CHECK(http_peers_add(&p, 9, NULL, 0) == NULL);
	http_peers_drop(&p, first);
	http_peers_drop(&p, first); // once is enough
	CHECK(p.count == 5 && http_peers_may(&p, &four));
}

TEST("http_peers: a head, a body, an answer and a connection have each their time")
{
	static struct http_peers p;
	struct http_peer *x;
	int64_t now = 1000 * TIME_SECOND;

	http_peers_init(&p, 4, 0);
	p.patience = (struct http_patience){ .head = 10, .body = 5, .reply = 20, .whole = 60 };
	x = http_peers_add(&p, 3, NULL, now);
	CHECK(!http_peer_late(&p, x, now + 9 * TIME_SECOND));
	CHECK(http_peer_late(&p, x, now + 10 * TIME_SECOND));
	http_peer_is(x, HTTP_BODY, now + 9 * TIME_SECOND);
	CHECK(!http_peer_late(&p, x, now + 13 * TIME_SECOND));
	CHECK(http_peer_late(&p, x, now + 14 * TIME_SECOND)); // nothing came in five seconds
	x->got = 3 * HTTP_BODY_RATE;
	CHECK(!http_peer_late(&p, x, now + 16 * TIME_SECOND));
	CHECK(http_peer_late(&p, x, now + 17 * TIME_SECOND));
	http_peer_is(x, HTTP_REPLY, now + 17 * TIME_SECOND);
	CHECK(!http_peer_late(&p, x, now + 36 * TIME_SECOND));
	CHECK(http_peer_late(&p, x, now + 37 * TIME_SECOND));
	http_peer_is(x, HTTP_HEAD, now + 55 * TIME_SECOND);
	CHECK(!http_peer_late(&p, x, now + 59 * TIME_SECOND));
	CHECK(http_peer_late(&p, x, now + 60 * TIME_SECOND)); // of all of it
}
