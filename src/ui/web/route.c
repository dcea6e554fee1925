#include "model/web/path.h"
#include "ui/web/views.h"
#include "ui/web/web.h"

// What GET and HEAD ask for changes nothing: web_test looks that no such row says WEB_CHANGES.
// clang-format off
const struct web_route web_routes[] = {
	{ "GET",  "/healthz",   WEB_ANYBODY, WEB_ALONE,   WEB_NO_BODY, 0,        0,  web_health },
	{ "GET",  "/readyz",    WEB_ANYBODY, WEB_READS,   WEB_NO_BODY, 0,        60, web_ready },
	{ "GET",  "/style.css", WEB_ANYBODY, WEB_ALONE,   WEB_NO_BODY, 0,        0,  web_style },
	{ "GET",  "/check",     WEB_ANYBODY, WEB_ALONE,   WEB_NO_BODY, 0,        0,  web_check },
	{ "POST", "/check",     WEB_ANYBODY, WEB_READS,   WEB_FORM,    2048,     10, web_checked },
	{ "GET",  "/a/{token}", WEB_LINK,    WEB_READS,   WEB_NO_BODY, 0,        0,  web_answer_page },
	{ "POST", "/a/{token}", WEB_LINK,    WEB_CHANGES, WEB_FORM,    WEB_BODY, 30, web_answered },
	{ "GET",  "/t/{token}", WEB_LINK,    WEB_READS,   WEB_NO_BODY, 0,        0,  web_reach },
	{ "POST", "/t/{token}", WEB_LINK,    WEB_CHANGES, WEB_FORM,    2048,     10, web_reached },
	{ "GET",  "/p/{token}", WEB_LINK,    WEB_READS,   WEB_NO_BODY, 0,        0,  web_page },
	{ "POST", "/p/{token}", WEB_LINK,    WEB_CHANGES, WEB_FORM,    2048,     10, web_page_taken },
	{ "POST", "/in/{feed}", WEB_SECRET,  WEB_ALONE,   WEB_JSON,    WEB_BODY, 60, web_intake },
};
// clang-format on
const size_t web_routes_count = COUNTOF(web_routes);

const struct web_route *web_route_find(struct str method, struct str path, struct str *part,
				       const char **allow)
{
	bool get = false, post = false;

	if (str_eq(method, S("HEAD")))
		method = S("GET");
	for (size_t i = 0; i < web_routes_count; i++) {
		const struct web_route *r = &web_routes[i];

		if (!path_fits(str_of(r->path), path, part))
			continue;
		if (str_eq(method, str_of(r->method)))
			return r;
		get = get || str_eq(str_of(r->method), S("GET"));
		post = post || str_eq(str_of(r->method), S("POST"));
	}
	*allow = get && post ? "GET, HEAD, POST" : get ? "GET, HEAD" : post ? "POST" : NULL;
	return NULL;
}
