#include "model/mail/heard.h"

#include <assert.h>

#define X(id, word, ...) word,
static const char *const ways[MAIL_WAY_COUNT] = { MAIL_WAYS(X) };
static const char *const states[MAIL_STATE_COUNT] = { MAIL_STATES(X) };
static const char *const kinds[MAIL_KIND_COUNT] = { MAIL_KINDS(X) };
static const char *const proofs[MAIL_PROOF_COUNT] = { MAIL_PROOFS(X) };
#undef X
#define X(id, word, says) says,
static const char *const kinds_say[MAIL_KIND_COUNT] = { MAIL_KINDS(X) };
#undef X

struct str mail_way_word(enum mail_way way)
{
	assert(way < MAIL_WAY_COUNT);
	return str_of(ways[way]);
}

struct str mail_state_word(enum mail_state state)
{
	assert(state < MAIL_STATE_COUNT);
	return str_of(states[state]);
}

bool mail_state_read(struct str word, enum mail_state *out)
{
	for (unsigned i = 0; i < MAIL_STATE_COUNT; i++)
		if (str_eq(word, str_of(states[i]))) {
			*out = (enum mail_state)i;
			return true;
		}
	return false;
}

struct str mail_kind_word(enum mail_kind kind)
{
	assert(kind < MAIL_KIND_COUNT);
	return str_of(kinds[kind]);
}

struct str mail_kind_says(enum mail_kind kind)
{
	assert(kind < MAIL_KIND_COUNT);
	return str_of(kinds_say[kind]);
}

struct str mail_proof_word(enum mail_proof proof)
{
	assert(proof < MAIL_PROOF_COUNT);
	return str_of(proofs[proof]);
}
