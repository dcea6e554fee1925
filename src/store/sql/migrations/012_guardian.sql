-- What the guardians of the feeds know (RULES 4; model/guardian).

-- What is wrong with the newest batch of a feed and type; type empty also of the feed as a whole.
-- kind: enum fault_kind; holds: the batch is held for it; seen: when it was found.
CREATE TABLE feed_fault (
	feed  @int NOT NULL,
	type  @text NOT NULL,
	kind  @int NOT NULL,
	holds @int NOT NULL,
	batch @int NOT NULL,
	says  @text NOT NULL,
	seen  @int NOT NULL,
	PRIMARY KEY (feed, type, kind)
) @keyed;

-- The columns that its batches had: a line "RUN NAME" each, RUN batches in a row.
CREATE TABLE feed_columns (
	feed    @int NOT NULL,
	type    @text NOT NULL,
	columns @text NOT NULL,
	PRIMARY KEY (feed, type)
) @keyed;

-- When it brought something last, and how long nothing may come (0: not known), as learnt at
-- `learnt`.
CREATE TABLE feed_pulse (
	feed     @id,
	last     @int NOT NULL,
	patience @int NOT NULL,
	learnt   @int NOT NULL
) @strict;

-- The certificate that its publisher showed last, from and until when it holds.
CREATE TABLE feed_certificate (
	feed  @id,
	since @int NOT NULL,
	until @int NOT NULL
) @strict;

-- How often it came, where it was gone for a short while only.
ALTER TABLE condition ADD COLUMN times @int NOT NULL DEFAULT 1;
CREATE INDEX condition_of ON condition (kind, subject);

CREATE INDEX batch_of_type ON batch (feed, type, id);
CREATE INDEX batch_by_arrival ON batch (feed, arrived);
