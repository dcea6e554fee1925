// Records of XML documents and of tables in HTML pages, cut out as the bytes come, and
// their texts as cells. XML is read strictly around the records (a tag that closes another
// is no XML) and within a record when its cells are read; to find where a record ends only
// tags of its own name count, so one that is not well formed spoils no other.
#pragma once

#include "codec/table/cells.h"
#include "codec/table/tree.h"

enum { HTML_MAX_COLUMNS = 256 };

// tree_cutters. A path names elements from the root ("rss.channel.item"), a prefix
// ("dc:date") is part of the name. Of HTML each tr of the table is a record.
size_t xml_tree_cut(struct tree_cut *t, struct str bytes, bool last, struct csv_row *out,
		    size_t most, size_t *used);
size_t html_rows_cut(struct tree_cut *t, struct str bytes, bool last, struct csv_row *out,
		     size_t most, size_t *used);

// The texts of the elements in the record, named by their path ("a.b"), and attributes
// ("a.b@href"; "@id" is the record's own, "." its own text), without blanks at the ends;
// what is empty gives none. An element whose text is parted by others gives each part.
// False where it is not one well-formed element, or deeper than TREE_MAX_DEPTH.
bool xml_cells(struct str record, struct arena *a, struct cells *out) MUST_USE;

// The texts of a row of headings. heads: how many are th and not td.
struct html_names {
	struct str name[HTML_MAX_COLUMNS];
	unsigned count, heads;
};
void html_names(struct str row, struct arena *a, struct html_names *out);

// The texts of a row's cells, named by the headings (not NULL), or, where there is none
// above, c1, c2, … Tags in them are dropped, blanks folded; what is empty gives none.
void html_cells(struct str row, const struct html_names *names, struct arena *a, struct cells *out);
