// libpq, loaded when a store is a server and not before: with what it brings along it
// would cost every start of the command some 12 ms (doc/decisions/005). The only file that
// includes its header.
#pragma once

#include "base/err.h"

#include <libpq-fe.h>

// clang-format off
#define PQ_CALLS(X) \
	X(clear) X(cmdTuples) X(conninfoFree) X(conninfoParse) X(connectdbParams) \
	X(connectionNeedsPassword) X(describePrepared) X(enterPipelineMode) X(errorMessage) \
	X(exec) X(execPrepared) X(exitPipelineMode) X(finish) X(fname) X(freemem) X(ftype) \
	X(getResult) X(getisnull) X(getlength) X(getvalue) X(nfields) X(nparams) X(ntuples) \
	X(parameterStatus) X(paramtype) X(pipelineSync) X(prepare) X(resultErrorField) \
	X(resultStatus) X(sendQueryPrepared) X(serverVersion) X(setNoticeProcessor) \
	X(setSingleRowMode) X(sslInUse) X(status)
// clang-format on

struct pq {
	void *library;
#define X(call) __typeof__(&PQ##call) call;
	PQ_CALLS(X)
#undef X
};

// ERR_CONFIG: this machine has no libpq, or one that is too old; says which package.
bool pq_load(struct pq *out, struct err *e) MUST_USE;
