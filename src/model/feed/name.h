// What a feed may be called: its file, its folder in the inbox and its credentials are named after it.
#pragma once

#include "base/str.h"

enum { FEED_NAME = 64 }; // bytes

bool feed_name_is(struct str s); // small letters, digits and minus, which is not the first
