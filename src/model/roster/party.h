// The rules for members and contacts: part of roster_check.
#pragma once

#include "model/roster/check.h"

void check_members(const struct roster *r, struct remarks *out);
void check_contacts(const struct roster *r, name_idn idn, struct remarks *out);
