-- How findings end, come back and are answered (RULES 3, 4, 8).

-- "FEED/TYPE" words, sorted, one space between: each must be clean before it ends. What
-- stood here before types were kept has words without a stroke.
ALTER TABLE finding RENAME COLUMN feeds TO sources;

-- ended: enum finding_end; of a disputed one what the member says. since: when it came into
-- its state. until: of an accepted one. print: fingerprint of its newest evidence
-- (model/finding/print.h). asset: by which its member was met, the newest time.
ALTER TABLE finding ADD COLUMN ended @int NOT NULL DEFAULT 0;
ALTER TABLE finding ADD COLUMN reopened @int NOT NULL DEFAULT 0;
ALTER TABLE finding ADD COLUMN since @int NOT NULL DEFAULT 0;
ALTER TABLE finding ADD COLUMN until @int NOT NULL DEFAULT 9223372036854775807;
ALTER TABLE finding ADD COLUMN print @text NOT NULL DEFAULT '';
ALTER TABLE finding ADD COLUMN asset @int NOT NULL DEFAULT 0;
UPDATE finding SET since = found,
       asset = coalesce((SELECT max(asset) FROM evidence WHERE evidence.finding = finding.id), 0);

-- Those that can end; the states of LIFE_LIVE.
CREATE INDEX finding_live ON finding (class, sources, last_seen) WHERE state IN (1, 2, 3, 4, 6);

-- What an officer filters by (finding_list); members by the table's own key.
CREATE INDEX finding_state ON finding (state, severity);
CREATE INDEX finding_issue ON finding (issue);
CREATE INDEX finding_sources ON finding (sources);
CREATE INDEX finding_held ON finding (member) WHERE held <> '';

-- Where the newest record of the day stands in the batch. void: its batch was replaced or
-- recalled, and it counts no more.
ALTER TABLE sighting ADD COLUMN record @int NOT NULL DEFAULT 0;
ALTER TABLE sighting ADD COLUMN place @int NOT NULL DEFAULT 0;
ALTER TABLE sighting ADD COLUMN length @int NOT NULL DEFAULT 0;
ALTER TABLE sighting ADD COLUMN void @int NOT NULL DEFAULT 0;
CREATE INDEX sighting_batch ON sighting (batch);

-- Each change of a finding's state, and each note. act: enum life_act; by: who, empty for
-- time and feeds. was_*: as it was before, so that it can be undone; made: what it made
-- besides ("suppress 3", "hole 198.51.100.7"); undone: 1 once it was taken back.
CREATE TABLE finding_change (
	id        @id,
	finding   @int NOT NULL,
	at        @int NOT NULL,
	act       @int NOT NULL,
	who       @text NOT NULL,
	was       @int NOT NULL,
	was_ended @int NOT NULL,
	was_since @int NOT NULL,
	was_until @int NOT NULL,
	state     @int NOT NULL,
	ended     @int NOT NULL,
	until     @int NOT NULL,
	reason    @text NOT NULL,
	batch     @int NOT NULL,
	made      @text NOT NULL,
	undone    @int NOT NULL
) @strict;

CREATE INDEX finding_change_of ON finding_change (finding);

-- The publisher's word on a day: its report was read to the end, or a whole listing has
-- none of this type. `came`: when. Only of what is here, absence is true.
CREATE TABLE heard (
	feed   @int NOT NULL,
	type   @text NOT NULL,
	day    @int NOT NULL,
	came   @int NOT NULL,
	proves @int NOT NULL,
	PRIMARY KEY (feed, type, day)
) @keyed;

CREATE INDEX heard_came ON heard (feed, came);

-- What a publisher looks at for us (RULES 4): known to it from and until.
CREATE TABLE coverage (
	feed  @int NOT NULL,
	asset @int NOT NULL,
	since @int NOT NULL,
	until @int NOT NULL,
	PRIMARY KEY (feed, asset)
) @keyed;

-- Confirmed false alarms: while the evidence is the same, nothing is found (RULES 8).
CREATE TABLE suppress (
	id      @id,
	member  @int NOT NULL,
	issue   @text NOT NULL,
	seen    @text NOT NULL,
	print   @text NOT NULL,
	until   @int NOT NULL,
	made    @int NOT NULL,
	who     @text NOT NULL,
	reason  @text NOT NULL,
	removed @int NOT NULL
) @strict;

-- Families that fell silent for many at once (model/finding/life.h), found anew each time
-- that something may end.
CREATE TABLE vanished (
	issue @text NOT NULL
) @strict;
