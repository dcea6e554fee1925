#include "ui/commands.h"

#include "ui/nouns.h"

// clang-format off
const struct noun *const commands[] = {
	&noun_init,
	&noun_check,
	&noun_config,
	&noun_match,
	&noun_whose,
	&noun_once,
	&noun_member,
	&noun_contact,
	&noun_asset,
	&noun_feed,
	&noun_archive,
	&noun_finding,
	&noun_notice,
	&noun_alert,
	&noun_answer,
	&noun_calls,
	&noun_desk,
	&noun_hook,
	&noun_key,
	&noun_mail,
	&noun_suppress,
	&noun_batch,
	&noun_recall,
	&noun_rehearse,
	&noun_run,
	&noun_status,
	&noun_metrics,
	&noun_job,
	&noun_condition,
	&noun_issue,
	&noun_advice,
	&noun_audit,
	&noun_retention,
	&noun_person,
	&noun_store,
	&noun_backup,
	&noun_restore,
	&noun_warninglist,
	&noun_completion,
	&noun_man,
};
// clang-format on
const size_t commands_count = COUNTOF(commands);
