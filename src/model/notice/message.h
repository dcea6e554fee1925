// What leaves: a message is what one member is told at one time (SCREENS 5), a delivery is it to
// one contact by one channel. Pure: the words of both, and to whom a message goes first (RULES
// 7). How it travels is decided when it is sealed, for keys and what is known of the other side
// change (model/notice/travel.h).
#pragma once

#include "base/str.h"
#include "base/time.h"
#include "model/notice/urgency.h"

// The numbers of all of these stand in the store: new ones at the end.
// clang-format off
#define TELL_MODES(X)                                                                       \
	X(TELL_OFF,    "off")    /* nothing leaves: what is to be told is planned alone */      \
	X(TELL_SHADOW, "shadow") /* messages are made, and none leaves: another system tells */ \
	X(TELL_ON,     "on")

#define MESSAGE_KINDS(X)                                                                    \
	X(MESSAGE_CRITICAL,   "critical")   /* at once, and alone */                            \
	X(MESSAGE_DIGEST,     "digest")                                                         \
	X(MESSAGE_REMINDER,   "reminder")                                                       \
	X(MESSAGE_STILL_SEEN, "still-seen") /* after the member said "fixed" */                 \
	X(MESSAGE_CLOSED,     "closed")                                                         \
	X(MESSAGE_CORRECTION, "correction") /* of what a recall took back */                    \
	X(MESSAGE_ALERT,      "alert")      /* an officer's own text */                         \
	X(MESSAGE_KEY,        "key")        /* a contact's own ends, or is over */              \
	X(MESSAGE_RECEIPT,    "receipt")    /* of an answer */                                  \
	X(MESSAGE_STATEMENT,  "statement")  /* of all that went to the member in a week */      \
	X(MESSAGE_TEST,       "test")       /* does our mail reach a contact? */            \
	X(MESSAGE_TEAM_KEY,   "team-key")   /* ours is another from a day on */

#define MESSAGE_STATES(X)                                                                   \
	X(MESSAGE_WAITS,     "waiting")   /* a delivery of it is not over */                    \
	X(MESSAGE_HELD,      "held")      /* an officer holds it back */                        \
	X(MESSAGE_TOLD,      "told")      /* one delivery arrived at least, and none waits */   \
	X(MESSAGE_FAILED,    "failed")    /* none arrived: a person is needed */                \
	X(MESSAGE_CANCELLED, "cancelled") /* an officer did that before it left */              \
	X(MESSAGE_NOTHING,   "nothing")   /* all that it told of was over before it left */     \
	X(MESSAGE_SHADOW,    "shadow")    /* made in the mode of that name: it never leaves */

#define CHANNELS(X)                                                                         \
	X(CHANNEL_MAIL,    "mail")                                                              \
	X(CHANNEL_PHONE,   "phone")   /* an officer calls */                                    \
	X(CHANNEL_WEBHOOK, "webhook")                                                           \
	X(CHANNEL_FILE,    "file")                                                              \
	X(CHANNEL_SYSLOG,  "syslog")  /* CEF, over TLS */                                       \
	X(CHANNEL_CEF,     "cef")     /* a file of it */                                        \
	X(CHANNEL_OTHER,   "other")   /* an older system told it */

// clang-format on
#define X(id, word) id,
enum tell_mode { TELL_MODES(X) TELL_MODE_COUNT };
enum message_kind { MESSAGE_KINDS(X) MESSAGE_KIND_COUNT };
enum message_state { MESSAGE_STATES(X) MESSAGE_STATE_COUNT };
enum channel { CHANNELS(X) CHANNEL_COUNT };
#undef X

// clang-format off
#define DELIVERY_STATES(X)                                                                  \
	X(DELIVERY_WAITS,     "waiting")   /* to be sealed */                                   \
	X(DELIVERY_SEALED,    "sealed")    /* its bytes are on their way */                     \
	X(DELIVERY_BEGUN,     "begun")     /* somebody gives them to the other side now */      \
	X(DELIVERY_ARRIVED,   "arrived")   /* the other side said that it has them */           \
	X(DELIVERY_REFUSED,   "refused")   /* the other side does not take them, or never did */ \
	X(DELIVERY_CANCELLED, "cancelled") /* it is not to leave any more */                    \
	X(DELIVERY_OFFICER,   "officer")   /* no machine can do it: an officer is asked to */

// In which form it travels.
#define FORMS(X)                                                                            \
	X(FORM_UNDECIDED, "undecided")                                                          \
	X(FORM_PLAIN,     "plain")     /* low, and the team has no key yet */                   \
	X(FORM_SIGNED,    "signed")    /* readable by who carries it */                         \
	X(FORM_TLS,       "tls")       /* signed, and only over a connection that is secured */ \
	X(FORM_PGP,       "pgp")       /* signed and encrypted, OpenPGP */                      \
	X(FORM_SMIME,     "smime")     /* likewise, S/MIME */                                   \
	X(FORM_NEUTRAL,   "neutral")   /* "we cannot mail you safely": no detail */             \
	X(FORM_NONE,      "none")      /* it may not travel by this channel at all */

// Why this contact, or why nobody.
#define DELIVERY_WHYS(X)                                                                    \
	X(TO_FIRST,   "first",   "the first contact for warnings",                              \
	  "de eerste contactpersoon voor waarschuwingen")                                       \
	X(TO_ALSO,    "also",    "asked to be told too",                                        \
	  "vroeg om het ook te horen")                                                          \
	X(TO_NEXT,    "next",    "the one before did not answer, or could not be reached",      \
	  "de vorige antwoordde niet, of was niet te bereiken")                                 \
	X(TO_SUPPLIER, "supplier", "works for the member, by a mandate",                        \
	  "werkt voor de deelnemer, met een mandaat")                                           \
	X(TO_SPOKEN,  "spoken",  "an officer told it",                                          \
	  "een medewerker vertelde het")                                                        \
	X(TO_NOBODY,  "nobody",  "no contact of the member can be reached by mail",             \
	  "geen contactpersoon van de deelnemer is per mail te bereiken")                       \
	X(TO_MACHINE, "machine", "a machine of the member's that is told too",                  \
	  "een machine van de deelnemer die het ook hoort")                                     \
	X(TO_SILENT,  "silent",  "nobody answers: an officer calls",                            \
	  "niemand antwoordt: een medewerker belt")                                             \
	X(TO_WITHHELD, "withheld", "no machine may pass it on (TLP:RED, or its feed file cannot be read): an officer calls", \
	  "geen machine mag het doorgeven (TLP:RED, of het feedbestand is onleesbaar): een medewerker belt") \
	X(TO_OLDER, "older", "told by the older system",                                        \
	  "verteld door het oudere systeem")                                                     \
	X(TO_OWNER, "owner", "the key is theirs",                                               \
	  "de sleutel is van hen")                                                              \
	X(TO_ANSWERS, "answers", "answers for the member, or did now",                          \
	  "antwoordt voor de deelnemer, of deed dat nu")                                        \
	X(TO_TESTED, "tested", "a contact: is asked whether our mail arrives",                  \
	  "een contactpersoon: krijgt de vraag of onze mail aankomt")                       \
	X(TO_SEALED, "sealed", "mail to it is encrypted",                                       \
	  "mail aan deze wordt versleuteld")
// clang-format on
#define X(id, word) id,
enum delivery_state { DELIVERY_STATES(X) DELIVERY_STATE_COUNT };
enum form { FORMS(X) FORM_COUNT };
#undef X
#define X(id, word, says, dutch) id,
enum delivery_why { DELIVERY_WHYS(X) DELIVERY_WHY_COUNT };
#undef X

struct str tell_mode_word(enum tell_mode mode);
bool tell_mode_read(struct str word, enum tell_mode *out) MUST_USE;
bool message_asks(enum message_kind kind); // of findings, and for an answer
struct str message_kind_word(enum message_kind kind);
struct str message_state_word(enum message_state state);
bool message_state_read(struct str word, enum message_state *out) MUST_USE;
struct str channel_word(enum channel channel);
struct str form_word(enum form form);
struct str delivery_state_word(enum delivery_state state);
struct str delivery_why_word(enum delivery_why why);
struct str delivery_why_says(enum delivery_why why, bool dutch);

// Has a person been told of what it is about when one that travelled so arrived? What a machine
// has, and a mail that says only that there is something, tells nobody. store/message.h counts by
// the same.
bool message_tells(enum channel channel, enum form form);

// What becomes of a message whose deliveries are these: how many live, arrived, and wait for an
// officer.
struct message_counts {
	int64_t live, arrived, officer, cancelled, all;
};
enum message_state message_after(const struct message_counts *c);

// What officers do with one.
// clang-format off
#define MESSAGE_ACTS(X) /* id, word, in which states */                                     \
	X(MESSAGE_HOLD,   "hold",   1u << MESSAGE_WAITS)                                        \
	X(MESSAGE_SEND,   "send",   1u << MESSAGE_WAITS | 1u << MESSAGE_HELD | 1u << MESSAGE_FAILED) \
	X(MESSAGE_CANCEL, "cancel", 1u << MESSAGE_WAITS | 1u << MESSAGE_HELD | 1u << MESSAGE_FAILED) \
	X(MESSAGE_SPOKE,  "told",   1u << MESSAGE_WAITS | 1u << MESSAGE_HELD | 1u << MESSAGE_FAILED) /* by an officer */
// clang-format on
#define X(id, word, from) id,
enum message_act { MESSAGE_ACTS(X) MESSAGE_ACT_COUNT };
#undef X
bool message_act_read(struct str word, enum message_act *out) MUST_USE;
bool message_may(enum message_state state, enum message_act act);

// ---- to whom

// A contact as far as that is decided by it: by its order of the roster.
struct reachable {
	int64_t id;
	struct str role, mail, wishes;
};

struct addressee {
	size_t contact; // which of them
	enum delivery_why why;
};

// A message goes to the first contact with a mail address whose role is "security" or, where
// there is none, "technical", "duty", or any other that is not "board", "management", "privacy",
// "press" or "supplier"; with `next` to the one behind it, too; and to each that asked for it by the
// word "also" of its wishes. Suppliers are told of what their mandates hold (model/notice/wish.h).
// Returns how many; 0: nobody can be reached by mail.
struct reachables {
	const struct reachable *all;
	size_t n;
	bool next;
};
size_t message_addressees(const struct reachables *of, struct addressee *out, size_t room);

// ---- by when

// By when the member is asked to answer a message of this worst severity that is made now, by the
// clock of Central Europe: the first 12:00 or 17:00 that is 24 hours away at least for a critical
// one, 17:00 of the fifth working day after for a high one; 0: it is not asked by a day.
int64_t message_answer_by(enum severity worst, int64_t now);
