// What the store says of itself.
#include "store/check.h"
#include "store/store.h"
#include "task/check/whole.h"

struct asked {
	struct db *d;
	struct arena *a;
	struct check_rows *out;
	struct store_facts facts;
	bool ours; // its schema is this program's
};

static void tell(struct asked *x, const char *what, bool good, struct str says, const char *remedy)
{
	*list_add(&x->out->rows, x->a) = (struct check_row){ what, good ? CHECK_OK : CHECK_WRONG,
							     says, str_of(good ? "" : remedy) };
}

static bool ask_facts(struct asked *x, struct err *e)
{
	if (!store_facts(x->d, x->a, &x->facts, e))
		return false;
	tell(x, "database", true, x->facts.version, "");
	tell(x, "writable", !x->facts.reads,
	     x->facts.reads ? S("it can be read, but not written") : S("it can be written"),
	     "look at the owner and the mode of waker.db and of the home; a server's must not be a "
	     "replica");
	return true;
}

static bool ask_schema(struct asked *x, struct err *e)
{
	struct store_versions v;

	if (!store_versions(x->d, &v, e))
		return false;
	x->ours = v.has == v.wants;
	tell(x, "schema", x->ours,
	     x->ours ? arena_fmt(x->a, "%lld", (long long)v.has)
		     : arena_fmt(x->a,
				 "it is %lld, and this program %s %lld; what rows name was "
				 "not looked at",
				 (long long)v.has, v.has < v.wants ? "needs" : "knows",
				 (long long)v.wants),
	     v.has < v.wants ? "run `waker store migrate`, when no older waker uses it"
			     : "use the newer waker");
	return true;
}

static bool ask_statements(struct asked *x, struct err *e)
{
	struct err why;
	unsigned bad;

	(void)e;
	if (store_prepare(x->d, &bad, &why))
		tell(x, "statements", true, S("every one prepares"), "");
	else
		tell(x, "statements", false,
		     arena_fmt(x->a, "%u do not prepare, the first: %s", bad, why.text),
		     "run `waker store migrate`; if that says that all is well, put a backup back");
	return true;
}

static bool ask_contents(struct asked *x, struct err *e)
{
	struct str says;

	if (db_kind(x->d) != DB_SQLITE)
		return true;
	if (!store_fault(x->d, x->a, &says, e))
		return false;
	tell(x, "contents", says.n == 0, says.n == 0 ? S("whole") : says,
	     "put a backup back (`waker restore`)");
	return true;
}

static bool ask_server(struct asked *x, struct err *e)
{
	const struct store_facts *f = &x->facts;

	(void)e;
	if (db_kind(x->d) == DB_SQLITE)
		return true;
	tell(x, "order", f->off == 0,
	     f->off == 0 ? S("texts are ordered by their bytes")
			 : arena_fmt(x->a, "%lld text columns are not COLLATE \"C\"",
				     (long long)f->off),
	     "restore a backup to a new database (`waker restore --store`)");
	tell(x, "connection", f->local || f->tls,
	     f->local ? S("on this machine")
	     : f->tls ? S("encrypted")
		      : S("plain, over a network"),
	     "add sslmode=verify-full to the URL");
	return true;
}

static bool ask_roles(struct asked *x, struct err *e)
{
	struct store_role_check r;
	bool good;

	if (db_kind(x->d) == DB_SQLITE)
		return true;
	if (!store_role_check(x->d, &r, e))
		return false;
	good = r.lacks == NULL && r.may_not == NULL;
	if (good)
		tell(x, "roles", true, S("each may run its own statements only"), "");
	else if (r.lacks != NULL)
		tell(x, "roles", false, arena_fmt(x->a, "there is no role %s", r.lacks),
		     "let a user who may create roles run `waker store migrate`");
	else
		tell(x, "roles", false, arena_fmt(x->a, "this user may not be %s", r.may_not),
		     arena_fmt(x->a, "GRANT %s TO it", r.may_not).p);
	return true;
}

bool check_store(const struct home *h, bool deep, struct arena *a, struct check_rows *out,
		 struct err *e)
{
	static bool (*const asks[])(struct asked * x, struct err * e) = {
		ask_facts, ask_schema, ask_statements, ask_contents, ask_server, ask_roles,
	};
	struct asked x = { .d = h->db, .a = a, .out = out };
	struct whole_of w = { .home = h, .deep = deep };

	*out = (struct check_rows){ 0 };
	for (size_t i = 0; i < COUNTOF(asks); i++)
		if (!asks[i](&x, e))
			return false;
	return !x.ours || whole_look(&w, a, out, e);
}
