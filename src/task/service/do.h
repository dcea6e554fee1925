// What each kind of job does, with the home's clock at now (role_job of task/service/role.h).
#pragma once

#include "store/job.h"
#include "task/service/role.h"

bool do_collect(struct service *s, struct str key, struct arena *a, struct done *out, struct err *e)
	MUST_USE;
bool do_hear(struct service *s, struct str key, struct arena *a, struct done *out, struct err *e)
	MUST_USE;
bool do_fetch(struct service *s, struct str key, struct arena *a, struct done *out, struct err *e)
	MUST_USE;
bool do_drop(struct service *s, struct str key, struct arena *a, struct done *out, struct err *e)
	MUST_USE;
bool do_seal(struct service *s, struct str key, struct arena *a, struct done *out, struct err *e)
	MUST_USE;
bool do_send(struct service *s, struct str key, struct arena *a, struct done *out, struct err *e)
	MUST_USE;
bool do_page(struct service *s, struct str key, struct arena *a, struct done *out, struct err *e)
	MUST_USE;
bool do_retro(struct service *s, struct str key, struct arena *a, struct done *out, struct err *e)
	MUST_USE;
bool do_settle(struct service *s, struct str key, struct arena *a, struct done *out, struct err *e)
	MUST_USE;
