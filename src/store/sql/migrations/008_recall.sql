-- Taking back what was seen (RULES 9).

-- Each recall, once. sightings, findings: taken back; of which nothing is left.
CREATE TABLE recall (
	id        @id,
	at        @int NOT NULL,
	sightings @int NOT NULL,
	findings  @int NOT NULL
) @strict;

-- What one recall, or one report that was issued anew, is about to take back: empty before
-- and after.
CREATE TABLE recalling (
	finding @int NOT NULL,
	feed    @int NOT NULL,
	day     @int NOT NULL,
	batch   @int NOT NULL,
	PRIMARY KEY (finding, feed, day, batch)
) @keyed;

-- corrected: the recall that took back what this notice had told, 0: none. Those of one
-- member and recall are one correction.
ALTER TABLE notice ADD COLUMN corrected @int NOT NULL DEFAULT 0;
CREATE INDEX notice_corrected ON notice (corrected, member) WHERE corrected > 0;
