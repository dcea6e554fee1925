-- Keys of who is written to, the ledger of how somebody made sure whose they are, and the team's own.

-- address: in lower case. kind, state, origin: enums of model/key. mails: addresses that it names
-- itself. expires: of what encrypts. until: the check holds, 0: there was none. bytes: the public key
-- without signatures of others; for S/MIME the certificate, and those above it that came along.
CREATE TABLE contact_key (
	id          @id,
	address     @text NOT NULL,
	kind        @int NOT NULL,
	fingerprint @text NOT NULL,
	user_id     @text NOT NULL,
	mails       @text NOT NULL,
	algorithm   @text NOT NULL,
	made        @int NOT NULL,
	expires     @int NOT NULL,
	state       @int NOT NULL,
	until       @int NOT NULL,
	origin      @int NOT NULL,
	came        @int NOT NULL,
	bytes       @blob NOT NULL,
	UNIQUE (address, fingerprint)
) @strict;

-- Who made what of a key: state: what it became. method: enum key_method, -1: none was used.
-- evidence: what there is to look at ("RDAP of 198.51.100.0/24", "called +31 …"). until: as above.
CREATE TABLE key_check (
	id          @id,
	contact_key @int NOT NULL REFERENCES contact_key(id),
	at          @int NOT NULL,
	who         @text NOT NULL,
	state       @int NOT NULL,
	method      @int NOT NULL,
	evidence    @text NOT NULL,
	until       @int NOT NULL
) @strict;

CREATE INDEX key_check_key ON key_check (contact_key);

-- Keys of the team's. ended: since when it signs no more; 0: it does, and of these there is one of a
-- kind. armored: the public key. The secret one is a file of credentials/ of each node that signs.
CREATE TABLE team_key (
	id          @id,
	kind        @int NOT NULL,
	fingerprint @text NOT NULL UNIQUE,
	user_id     @text NOT NULL,
	algorithm   @text NOT NULL,
	made        @int NOT NULL,
	expires     @int NOT NULL,
	who         @text NOT NULL,
	ended       @int NOT NULL,
	armored     @text NOT NULL
) @strict;

CREATE UNIQUE INDEX team_key_now ON team_key (kind) WHERE ended = 0;
