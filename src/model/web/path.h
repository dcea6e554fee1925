// The paths of a table of routes: "/check", or "/a/{token}", in which the last part may be anything
// that is not empty and has no slash. Pure.
#pragma once

#include "base/str.h"

enum { PATH_PART = 64 }; // bytes of that part

// *part: what stands for the braces; empty where there are none.
bool path_fits(struct str pattern, struct str path, struct str *part) MUST_USE;
