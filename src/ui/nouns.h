// The nouns, each defined in the file of its name. A new one is a line here and one in
// ui/commands.c.
#pragma once

#include "ui/cli.h"

extern const struct noun noun_init;
extern const struct noun noun_check;
extern const struct noun noun_config;
extern const struct noun noun_match;
extern const struct noun noun_member;
extern const struct noun noun_contact;
extern const struct noun noun_asset;
extern const struct noun noun_whose;
extern const struct noun noun_feed;
extern const struct noun noun_archive;
extern const struct noun noun_finding;
extern const struct noun noun_batch;
extern const struct noun noun_recall;
extern const struct noun noun_rehearse;
extern const struct noun noun_adopt;
extern const struct noun noun_notice;
extern const struct noun noun_alert;
extern const struct noun noun_calls;
extern const struct noun noun_desk;
extern const struct noun noun_ask;
extern const struct noun noun_retro;
extern const struct noun noun_duty;
extern const struct noun noun_officer;
extern const struct noun noun_page;
extern const struct noun noun_answer;
extern const struct noun noun_hook;
extern const struct noun noun_key;
extern const struct noun noun_mail;
extern const struct noun noun_suppress;
extern const struct noun noun_once;
extern const struct noun noun_run;
extern const struct noun noun_status;
extern const struct noun noun_metrics;
extern const struct noun noun_job;
extern const struct noun noun_condition;
extern const struct noun noun_issue;
extern const struct noun noun_advice;
extern const struct noun noun_audit;
extern const struct noun noun_retention;
extern const struct noun noun_person;
extern const struct noun noun_store;
extern const struct noun noun_backup;
extern const struct noun noun_restore;
extern const struct noun noun_warninglist;
extern const struct noun noun_completion;
extern const struct noun noun_man;
