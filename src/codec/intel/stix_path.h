// Object paths of STIX patterns (STIX 2.1, 9.7): one text for each property, however it was
// written, and what a value there says, as far as Waker can look for it.
#pragma once

#include "base/arena.h"

// Of an object's type (3.1 allows as many), steps of a path, bytes of its canonical text.
enum { STIX_MAX_TYPE = 250, STIX_MAX_STEPS = 32, STIX_MAX_PATH = 400 };

enum stix_selects {
	STIX_NOTHING, // a size, a subject, a registry key: nothing that we look for
	STIX_ADDRESS, // or prefix
	STIX_NAME,
	STIX_HOST, // an address or a name: where a reference may point at either
	STIX_URL,
	STIX_MAIL,
	STIX_ASN,
	STIX_HASH, // of a file, an artifact, a certificate
};

struct stix_step {
	struct str key; // without quotes, escapes undone
	bool index;     // [*], [0]: key is not used
};

// "hashes.SHA-256", "body_multipart[*].body_raw_ref.name". An index is always [*], so that
// one name is enough to ask for it. A key stands in quotes only where it has other than
// letters, digits, "_" and "-". Behind "hashes" the algorithm has its name of the vocabulary
// (10.5, hash-algorithm-ov), also where "sha256" was written. .p NULL: over STIX_MAX_PATH.
struct str stix_path_text(const struct stix_step *step, unsigned n, struct arena *a);

enum stix_selects stix_path_selects(struct str type, const struct stix_step *step, unsigned n);

// "sha256" is "SHA-256"; one that is not known stays. *digits: how many a value of it has,
// 0 where it is not known (or no hexadecimal number).
struct str stix_hash_name(struct str key, unsigned *digits);
