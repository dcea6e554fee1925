#include "os/db_sqlite.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { PATH_BYTES = 2048, URI = 3 * PATH_BYTES };

static void lite_closed(sqlite3 **lite)
{
	sqlite3_close(*lite);
}
#define autolite CLEANUP(lite_closed) sqlite3 *

// `says`: the path to be told where it fails; full is what is written to.
static bool copy_pages(struct lite *from, struct lite *to, char *says, struct err *e)
{
	char scratch[] = "in scratch (SQLITE_TMPDIR says where)";
	sqlite3_backup *b = sqlite3_backup_init(to->lite, "main", from->lite, "main");
	struct lite said = { .lite = to->lite, .path = says };
	int code;

	if (b == NULL)
		return lite_refuse(&said, sqlite3_errcode(to->lite), e);
	errno = 0;
	code = sqlite3_backup_step(b, -1);
	if (sqlite3_backup_finish(b) == SQLITE_OK && code == SQLITE_DONE)
		return true;
	if ((code & 0xff) == SQLITE_FULL && says == from->path)
		said.path = scratch;
	return lite_refuse(&said, code, e);
}

bool lite_save(struct db *db, const char *path, struct err *e)
{
	char name[PATH_BYTES];
	autolite lite = NULL;
	struct lite to = { .path = name };
	int code;

	if (snprintf(name, sizeof name, "%s", path) >= (int)sizeof name)
		return err_set(e, ERR_LIMIT, "%s: the path is too long", path);
	code = sqlite3_open_v2(path, &lite,
			       SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
			       NULL);
	to.lite = lite;
	// Nothing reads it before it is whole, and who wants it synced does that.
	if (code != SQLITE_OK ||
	    (code = sqlite3_exec(lite, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF", NULL,
				 NULL, NULL)) != SQLITE_OK)
		return lite_refuse(&to, code, e);
	return copy_pages((struct lite *)db, &to, to.path, e);
}

// A file: URI that says nothing but this path.
static bool uri_of(const char *path, char out[URI])
{
	size_t n = (size_t)snprintf(out, URI, "file:");

	for (; *path != '\0' && n + 16 < URI; path++)
		n += (size_t)snprintf(out + n, URI - n,
				      strchr("?#%", *path) != NULL ? "%%%02x" : "%c",
				      (unsigned char)*path);
	snprintf(out + n, URI - n, "?immutable=1");
	return *path == '\0';
}

bool lite_load(struct db *db, const char *path, struct err *e)
{
	char uri[URI], name[PATH_BYTES];
	autolite lite = NULL;
	struct lite from = { .path = name };
	int code;

	if (snprintf(name, sizeof name, "%s", path) >= (int)sizeof name || !uri_of(path, uri))
		return err_set(e, ERR_LIMIT, "%s: the path is too long", path);
	code = sqlite3_open_v2(uri, &lite,
			       SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
	from.lite = lite;
	if (code != SQLITE_OK)
		return lite_refuse(&from, code, e);
	return copy_pages(&from, (struct lite *)db, from.path, e);
}
