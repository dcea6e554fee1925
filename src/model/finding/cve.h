// The vulnerabilities that an event names (field product.vulnerabilities), each in the one
// spelling that makes two of them the same: CVE-YYYY-NNNN, four to nineteen digits at the
// end (CVE Record Format 5, cveId).
#pragma once

#include "base/str.h"

enum { CVE_TEXT = 29 }; // the longest, and a NUL

// Takes words off the front of `list` (";", "," or blanks between them) up to and with the
// next that is one. False: there is none left. What else stands there names no CVE.
bool cve_next(struct str *list, char out[CVE_TEXT]) MUST_USE;
