// Another table of issues, to rehearse with: rows of the one table (issue.h) with another
// class or severity. Pure.
#pragma once

#include "base/err.h"
#include "model/finding/issue.h"

enum { ISSUE_CHANGE_MOST = 10000 }; // rows of a file

struct issue_change {
	const struct issue *was; // the row of the table
	struct issue is;
};

struct issue_changes {
	LIST(struct issue_change) at; // only what differs, in the file's order
};

// Is this the header of such a file? `issue` must be its first column ("#issue" too).
bool issue_changes_are(struct str bytes);

// What `waker issue list` prints when it is no terminal that reads it, edited: a header that
// names the columns, a line an issue, tabs between; or a comma. Columns other than issue,
// class and severity are passed over. ERR_INPUT names the line, also where an issue
// stands on two; ERR_LIMIT. Lists go to a.
bool issue_changes_read(struct str bytes, struct arena *a, struct issue_changes *out, struct err *e)
	MUST_USE;

// The row of an id as it would be: as issue_find, which it is for `c` NULL.
const struct issue *issue_changed(const struct issue_changes *c, struct str id);
