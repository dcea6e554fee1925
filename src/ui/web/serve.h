// The role `web`: listens as waker.conf has it, and gives what is asked to web_answer. See
// task/service/role.h. A reload, and a certificate that is another file than before, is taken over
// while it serves; nobody who is connected notices.
#pragma once

#include "task/service/role.h"

bool role_web(struct service *s, struct err *e) MUST_USE; // a failing store is waited for
