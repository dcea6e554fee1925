-- How far the fetching of each feed is.

-- etag, modified: of the answer whose findings are committed. upto: everything before this
-- moment was asked for and kept (n6, MISP), or the last day of which every report is here
-- (Shadowserver). next: when it is due. failures: in a row; reason: of the last.
CREATE TABLE feed_state (
	feed     @id,
	etag     @text NOT NULL,
	modified @text NOT NULL,
	upto     @int NOT NULL,
	tried    @int NOT NULL,
	good     @int NOT NULL,
	next     @int NOT NULL,
	failures @int NOT NULL,
	reason   @text NOT NULL
) @strict;

-- What of a publisher's many files is done: a report's id, an event's uuid and timestamp,
-- a file's name and stamp.
CREATE TABLE feed_item (
	feed    @int NOT NULL,
	item    @text NOT NULL,
	version @text NOT NULL,
	seen    @int NOT NULL,
	PRIMARY KEY (feed, item)
) @keyed;

-- What a publisher had to report of a day. complete: the listing came whole, and every
-- report in it was read to its end: only then was a type that is not in `types` (a list of
-- texts) absent, as of `seen`.
CREATE TABLE listing (
	feed     @int NOT NULL,
	day      @int NOT NULL,
	complete @int NOT NULL,
	types    @json NOT NULL,
	seen     @int NOT NULL,
	PRIMARY KEY (feed, day)
) @keyed;
