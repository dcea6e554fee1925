// Rosters as JSON: {"members": […], "assets": […], "contacts": […]}; contacts may
// also stand inside their member.
#pragma once

#include "model/roster/build.h"

void tree_read(struct build *b, struct str bytes);
