-- Who changed what, or looked at what, and when (RULES 10). The rows are a chain of
-- digests (model/audit/chain.h): none can be altered, taken out or moved unseen. Nothing
-- in `audit` is a person's but the officer's name in `who`; what was typed and what
-- changed stands beside it, and can be erased.

-- verb: the command's words. subject: what it was done to, by a number, a slug or a public
-- id. digest: over the digests of its values. previous: the hash of the row before.
CREATE TABLE audit (
	id       @id,
	at       @int NOT NULL,
	who      @text NOT NULL,
	verb     @text NOT NULL,
	subject  @text NOT NULL,
	digest   @blob NOT NULL,
	previous @blob NOT NULL,
	hash     @blob NOT NULL
) @strict;

CREATE INDEX audit_subject ON audit (subject);

-- erased: when; then value and salt are empty, and nobody can try values against the
-- digest, which stays.
CREATE TABLE audit_value (
	audit  @int NOT NULL,
	place  @int NOT NULL,
	key    @text NOT NULL,
	value  @text NOT NULL,
	salt   @blob NOT NULL,
	digest @blob NOT NULL,
	erased @int NOT NULL,
	PRIMARY KEY (audit, place)
) @keyed;
