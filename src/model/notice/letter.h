// A message as a letter (SCREENS 5): from what is to be told to the words of a mail, in Dutch and in
// English. Pure; what a letter has not been given it cannot say, so who fills it decides what its
// reader may know (RULES 7). Texts are templates of one table (letter_words.h), and what came from
// elsewhere is never a part of one.
#pragma once

#include "codec/text/prose.h"
#include "model/answer/answer.h"
#include "model/finding/finding.h"
#include "model/finding/issue.h"
#include "model/notice/message.h"
#include "model/notice/tlp.h"

enum {
	LETTER_FINDINGS = 40, // told of one by one; the others stand in the tables
	LETTER_EVIDENCE = 12, // values of a record that are shown in the text
	LETTER_OTHERS = 8,    // fewer organisations with the same are not spoken of
};

struct letter_team {
	struct str name;        // "Z-CERT"
	struct str mail;        // to which answers go
	struct str phone;       // empty: none
	struct str fingerprint; // of its key, 40 hexadecimal digits; empty: it has none
};

// The parts of an advice, in the order in which they are read.
enum letter_part { PART_MEANS, PART_MINE, PART_CHECK, PART_FIX, PART_CARE, LETTER_PARTS };
struct letter_advice {                                                 // in one language
	struct str act;                                                // one line: what to do now
	const struct prose *part[LETTER_PARTS], *expert[LETTER_PARTS]; // NULL: there is none
};

struct str letter_part(enum letter_part part, bool dutch); // "What it means"

struct letter_pair { // of a record: an IntelMQ key and its value, as they came
	struct str key, value;
	struct str json; // the value as JSON writes it, a number or an array too; empty: a text
};

struct letter_finding {
	struct str id; // "F-7K2QXM-5"
	struct str issue, title, title_nl;
	enum issue_class class;
	enum severity severity;
	enum finding_state state;
	enum finding_end ended;
	struct str seen;    // "198.51.100.9 tcp/443"
	struct str host;    // a name of it; may be empty
	struct str sources; // who saw it, for people
	int64_t first_seen, last_seen;
	struct str asset;  // of the member's, by which it was met
	struct str care;   // what stops if that stops
	struct str cves;   // "CVE-2026-1, CVE-2026-2"
	int64_t exploited; // since when attackers use one of them; 0: not known
	int64_t others;    // other members that have the same
	bool first_day;    // it is this issue's first day here: how many others is not said
	bool fresh;        // it was not told before
	bool later;        // it was found in the past, when the asset came
	bool untrue;       // it is seen after the member said that it is fixed
	LIST(struct letter_pair) evidence;     // what the newest record says
	const struct letter_advice *advice[2]; // English, Dutch; NULL: none
};

struct letter_answer { // of a receipt
	struct str id; // of the finding
	enum answer answer;
	enum answer_way way;
	enum answer_state state;
	int64_t until;  // TIME_NEVER: no day
	struct str who; // who answered
};

struct letter_sent {   // of a statement
	struct str id; // "N-…"
	enum message_kind kind;
	int64_t at;
	bool arrived;
};
struct letter_statement {
	int week;
	int64_t feeds, assets; // that were read, that were looked at
	int64_t open;          // findings, now
	LIST(struct letter_sent) told;
};

struct letter_key { // of a message of the kind "key"
	struct str fingerprint;
	int64_t expires;
	bool over, revoked; // revoked: it is over, too
};

struct letter_team_key { // of a message of the kind "team-key"; year 0: it is none
	int year;
	struct str fingerprint, former, master; // the last two may be empty
	int64_t since;                          // from when it signs
	struct str armored, statement;
};

struct letter {
	enum message_kind kind;
	bool neutral;       // no detail at all: it cannot travel as it should
	bool dutch, expert; // of who reads it
	struct str id;      // "N-9WKD47-K"
	struct letter_team team;
	struct str member; // its name
	enum delivery_why why;
	enum tlp tlp;                       // of what is inside
	struct str ref;                     // the member's own; may be empty
	int64_t now, answer;                // answer: by when; 0: not asked by a day
	int64_t round;                      // of a reminder
	int64_t oldest;                     // since when the oldest of them is open
	struct str title, title_nl;         // of an alert
	const struct prose *body, *body_nl; // likewise
	struct letter_key key;
	struct letter_team_key team_key;
	struct str link; // https://…, by which its reader answers; empty: none is printed
	struct str code; // the letters that some answers ask for; empty: none
	LIST(struct letter_answer) answers; // of a receipt
	struct letter_statement statement;  // of a statement; week 0: it is none
	char separator;                     // of the table: ',' or ';'
	bool live_urls; // addresses of attackers may stand in the tables as they are
	LIST(struct letter_finding) findings; // the worst first
};

struct letter_out {            // all UTF-8, lines ended by '\n'
	struct str subject;    // one line; no address, product or name of a member is in it
	struct str text, html; // html: empty of what is plain text alone
	struct str csv, jsonl; // of a message that tells of findings; else empty
};

// Into the arena, which has room for what is in the letter some ten times.
void letter_write(const struct letter *l, struct arena *a, struct letter_out *out);

// For a SIEM: a line of CEF (codec/text/cef.h) for each finding, without its end; one for all where
// there is none to be told of. `version`: of the program that says it. Into the arena.
struct letter_event {
	enum severity severity;
	struct str line;
};
struct letter_events {
	struct letter_event *at;
	size_t count;
};
void letter_cef(const struct letter *l, struct str version, struct arena *a,
		struct letter_events *out);

// ---- the parts of it, each of its own file

struct str letter_subject(const struct letter *l, struct arena *a);
void letter_lines(const struct letter *l, bool dutch, struct prose *p); // the first five
struct str letter_statement_subject(const struct letter *l, struct arena *a);
void letter_statement(const struct letter *l, bool dutch, struct prose *p);
struct str letter_key_subject(const struct letter *l, struct arena *a);
void letter_key(const struct letter *l, bool dutch, struct prose *p); // likewise, of a key
struct str letter_team_key_subject(const struct letter *l, struct arena *a);
void letter_team_key(const struct letter *l, bool dutch, struct prose *p); // of ours
void letter_test(const struct letter *l, bool dutch, struct prose *p);     // does it arrive?
void letter_receipt(const struct letter *l, bool dutch, struct prose *p);  // of answers
void letter_findings(const struct letter *l, bool dutch, struct prose *p); // each, and advice
void letter_end(const struct letter *l, bool dutch, struct prose *p);      // why, what then, who
// Each part below its words; as an expert reads it, with more behind it.
void letter_advise(const struct letter_advice *x, bool expert, bool dutch, struct prose *p);
struct str letter_csv(const struct letter *l, struct arena *a);
struct str letter_jsonl(const struct letter *l, struct arena *a);

struct str letter_day(int64_t t, struct arena *a); // "2026-11-24": also of another year
// "di 24 nov 12:00 (CET)", by the clock of Central Europe.
enum { LETTER_TIME = 40 };
struct str letter_time(int64_t t, bool dutch, bool zone, char room[LETTER_TIME]);
