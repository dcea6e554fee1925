// The pages of the role `web`, in one table of routes: a row says by which method and path something is
// asked for, who may, what it may do with the store, and its bounds; web_answer walks the table and
// holds all of that, so no page does. What only reads has a transaction in which nothing can be
// written.
#pragma once

#include "base/arena.h"
#include "model/finding/issue.h"
#include "model/web/toll.h"
#include "os/http_server.h"
#include "task/home.h"
#include "task/service/log.h"
#include "ui/web/pages.gen.h"

enum web_may {
	WEB_ANYBODY,
	WEB_LINK,   // who has a link: {token}; a wrong one is counted
	WEB_SECRET, // who has the secret of a feed's callback: likewise
};
enum web_store { WEB_ALONE, WEB_READS, WEB_CHANGES };
enum web_body { WEB_NO_BODY, WEB_FORM, WEB_JSON };

enum {
	WEB_ARENA = 16 << 20,    // of one request
	WEB_LIFE = 1 << 20,      // of the process
	WEB_PAGE = 1 << 20,      // bytes of an answer
	WEB_BODY = 64 << 10,     // of what is sent, at most
	WEB_WRONG_A_MINUTE = 10, // links and secrets that are none, of one address
	WEB_UNKNOWN = 10,        // times as much, where all are one: a proxy that names nobody
};

struct web_call;
struct web_route {
	const char *method; // "GET" (HEAD is asked of it too) or "POST"
	const char *path;   // "/a/{token}": one part may be anything but empty
	enum web_may may;
	enum web_store store;
	enum web_body body;
	size_t most;       // bytes of the body
	unsigned a_minute; // of one address; 0: as the connections allow
	// Writes the page, or sets c->out. ERR_ABSENT, and of WEB_SECRET ERR_DENIED, is a wrong link or
	// secret; other errors are a page of theirs.
	bool (*page)(struct web_call *c, struct err *e);
};
extern const struct web_route web_routes[];
extern const size_t web_routes_count;

struct web {
	struct home *home; // opened with the statements of FOR_WEB, or its db is NULL
	bool (*open)(struct web *w, struct err *e); // opens it again; NULL: it is there
	void *context;                              // open's
	const struct log_by *log;
	struct tolls *tolls;
	struct arena life, a; // of the table, of the request at hand
	bool changed; // something was written since this was set to false: others should look
};
struct web_call {
	struct web *web;
	const struct http_ask *ask;
	const struct web_route *route;
	struct str part; // what stands for the part in braces; empty: there is none
	struct page page;
	struct http_answer *out; // 200 and HTML, until the page says otherwise
	int64_t now;
	bool undo; // of WEB_CHANGES: the page is good, and nothing of it is to be kept
	bool busy; // of WEB_CHANGES: another process is writing to the store
};

void web_init(struct web *w);
void web_done(struct web *w);
// As struct http_served wants it; context is a struct web.
void web_answer(void *context, const struct http_ask *ask, struct http_answer *out);

// The page of a call with the store that its row allows: nothing that it writes stays, or can be
// written at all, unless the row says WEB_CHANGES. It waits for nobody.
bool web_in_store(struct web_call *c, struct err *e) MUST_USE;

// Was it asked from where machines press ([web] scanners)?
bool web_from_machines(const struct web_call *c);

// The row of a method and path, and its part. NULL: none has both; *allow then says which methods
// the path has, NULL: no row has the path.
const struct web_route *web_route_find(struct str method, struct str path, struct str *part,
				       const char **allow);

// The beginning and the end of each page that is not an error's.
void web_begin(struct web_call *c, enum word title);
void web_end(struct web_call *c);
// "1■ critical", in the page's language; in the arena of the call.
struct str web_level(struct web_call *c, enum severity s);

extern const struct http_field web_fields[]; // of each answer
