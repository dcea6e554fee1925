-- What the feeds brought, and what came of it (RULES 2-4).

CREATE TABLE feed (
	id   @id,
	name @text NOT NULL UNIQUE
) @strict;

-- One row a batch. The bytes stand in the archive; `day` is the day that the batch
-- tells of. state: enum batch_state.
CREATE TABLE batch (
	id      @id,
	feed    @int NOT NULL REFERENCES feed(id),
	type    @text NOT NULL,
	day     @int NOT NULL,
	sha256  @blob NOT NULL,
	bytes   @int NOT NULL,
	records @int NOT NULL,
	hits    @int NOT NULL,
	state   @int NOT NULL,
	reason  @text NOT NULL,
	arrived @int NOT NULL,
	file    @text NOT NULL,
	archive @text NOT NULL,
	UNIQUE (feed, sha256, day)
) @strict;

CREATE TABLE batch_junk (
	batch  @int NOT NULL REFERENCES batch(id),
	reason @text NOT NULL,
	count  @int NOT NULL,
	PRIMARY KEY (batch, reason)
) @keyed;

-- (member, seen, issue) is the finding; all else is evidence on it. `public` is the
-- number behind its id (codec/text/id.h), drawn at random. `sightings` counts the
-- different (feed, day) in sighting, `feeds` names the feeds, sorted, one space between.
CREATE TABLE finding (
	id         @id,
	public     @int NOT NULL UNIQUE,
	member     @int NOT NULL REFERENCES member(id),
	issue      @text NOT NULL,
	seen       @text NOT NULL,
	class      @int NOT NULL,
	severity   @int NOT NULL,
	strength   @int NOT NULL,
	state      @int NOT NULL,
	first_seen @int NOT NULL,
	last_seen  @int NOT NULL,
	found      @int NOT NULL,
	sightings  @int NOT NULL,
	feeds      @text NOT NULL,
	UNIQUE (member, issue, seen)
) @strict;

-- By batch, so that a recall or a re-issue can take back what one batch said.
CREATE TABLE sighting (
	finding @int NOT NULL,
	feed    @int NOT NULL,
	day     @int NOT NULL,
	batch   @int NOT NULL,
	events  @int NOT NULL,
	last    @int NOT NULL,
	PRIMARY KEY (finding, feed, day, batch)
) @keyed;

-- The newest record of each feed, redacted, so that a batch can be deleted on time.
-- record, place and length say where it stands in the batch's bytes. asset_value and
-- enclosing are kept as they were: the roster moves on.
CREATE TABLE evidence (
	finding     @int NOT NULL,
	feed        @int NOT NULL,
	batch       @int NOT NULL,
	record      @int NOT NULL,
	place       @int NOT NULL,
	length      @int NOT NULL,
	time        @int NOT NULL,
	asset       @int NOT NULL,
	asset_value @text NOT NULL,
	enclosing   @text NOT NULL,
	rule        @int NOT NULL,
	event       @json NOT NULL,
	PRIMARY KEY (finding, feed)
) @keyed;
