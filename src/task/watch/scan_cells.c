#include "task/watch/scan_cells.h"

#include "codec/intel/stix_cells.h"
#include "codec/table/json_tree.h"
#include "codec/table/markup_tree.h"
#include "codec/table/pairs.h"
#include "codec/text/spot.h"

static uint32_t json(const struct scan_shape *x, const struct scan_record *r, struct arena *a,
		     struct cells *out)
{
	struct cells around = { 0 };

	if (!json_cells(r->row->field[0], a, out) ||
	    (r->context.n > 0 && !json_cells_own(r->context, &x->feed->tree, a, &around)))
		return 1u << JUNK_SYNTAX;
	LIST_EACH (const struct cell, c, &around.list)
		cells_add(out, a, *c);
	return 0;
}

static uint32_t pairs(const struct scan_shape *x, const struct scan_record *r, struct arena *a,
		      struct cells *out)
{
	struct pairs_shape shape = { .pair_separator = x->feed->between.p[0],
				     .kv_separator = x->feed->pair.p[0],
				     .quote = x->feed->quote };

	return pairs_cells(r->row->field[0], &shape, a, out) ? 0 : 1u << JUNK_SYNTAX;
}

static uint32_t xml(const struct scan_shape *x, const struct scan_record *r, struct arena *a,
		    struct cells *out)
{
	(void)x;
	return xml_cells(r->row->field[0], a, out) ? 0 : 1u << JUNK_SYNTAX;
}

static uint32_t html(const struct scan_shape *x, const struct scan_record *r, struct arena *a,
		     struct cells *out)
{
	html_cells(r->row->field[0], x->headings, a, out);
	return 0;
}

// What is not understood is counted by its reason.
static uint32_t stix(const struct scan_shape *x, const struct scan_record *r, struct arena *a,
		     struct cells *out)
{
	static const enum junk junk[STIX_KINDS] = {
		[STIX_INDICATOR] = JUNK_NONE,  [STIX_NOT_UNDERSTOOD] = JUNK_PATTERN,
		[STIX_OBSERVABLE] = JUNK_NONE, [STIX_CONTEXT] = JUNK_CONTEXT,
		[STIX_UNKNOWN] = JUNK_UNKNOWN, [STIX_BROKEN] = JUNK_SYNTAX,
	};
	struct stix_object o = stix_cells(r->row->field[0], a, out);

	(void)x;
	return junk[o.kind] == JUNK_NONE ? 0 : 1u << junk[o.kind];
}

// A line that has nothing of the net in it is no junk: most of a mail is such. What looks
// like an address and is none is told, and spoils nothing else of its line.
static uint32_t text(const struct scan_shape *x, const struct scan_record *r, struct arena *a,
		     struct cells *out)
{
	(void)x;
	return spot_cells((struct str){ r->row->start, r->row->length }, a, out) > 0
		       ? 1u << JUNK_ADDRESS
		       : 0;
}

static uint32_t (*const cells_of[FEED_FORMAT_COUNT])(const struct scan_shape *x,
						     const struct scan_record *r, struct arena *a,
						     struct cells *out) = {
	[FORMAT_JSON_LINES] = json, [FORMAT_JSON] = json, [FORMAT_PAIRS] = pairs,
	[FORMAT_XML] = xml,         [FORMAT_HTML] = html, [FORMAT_STIX] = stix,
	[FORMAT_TEXT] = text,
};

uint32_t scan_cells(const struct scan_shape *x, const struct scan_record *r, struct arena *a,
		    struct cells *out)
{
	return cells_of[x->feed->format](x, r, a, out);
}
