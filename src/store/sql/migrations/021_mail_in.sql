-- Mail that came in (RULES 8), kept as it came before anything reads it, and addresses to which none arrives.

-- way, state, kind: enums of model/mail/heard. sum: SHA-256 of the bytes, by which one that comes twice is
-- the same. archive: where they are, below the archive; empty: gone. sender: the address in From. id: its
-- Message-ID. delivery: of ours that it is about, 0: none. contact: who wrote, 0: nobody we know. proof: how
-- sure that is. says: what became of it. read, reader: when and by whom an officer dealt with it.
CREATE TABLE mail_in (
	id       @id,
	came     @int NOT NULL,
	way      @int NOT NULL,
	sum      @blob NOT NULL UNIQUE,
	archive  @text NOT NULL,
	bytes    @int NOT NULL,
	state    @int NOT NULL,
	kind     @int NOT NULL,
	sender   @text NOT NULL,
	subject  @text NOT NULL,
	message  @text NOT NULL,
	delivery @int NOT NULL,
	contact  @int NOT NULL,
	member   @int NOT NULL,
	proof    @int NOT NULL,
	says     @text NOT NULL,
	read     @int NOT NULL,
	reader   @text NOT NULL
) @strict;

CREATE INDEX mail_in_state ON mail_in (state) WHERE state < 2;

-- An address that did not take mail. address: in lower case. hard: it says that it never will. until: mail
-- goes round it until then. mail: in which it said so, 0: its server did when it was given one.
CREATE TABLE mail_trouble (
	address @text PRIMARY KEY NOT NULL,
	since   @int NOT NULL,
	last    @int NOT NULL,
	times   @int NOT NULL,
	hard    @int NOT NULL,
	until   @int NOT NULL,
	code    @text NOT NULL,
	says    @text NOT NULL,
	mail    @int NOT NULL
) @strict;

CREATE INDEX delivery_tag ON delivery (tag);
