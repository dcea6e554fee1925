-- The team's key is another each year: made, certified, published and told of before it signs (model/key/year.h).

-- since: from when it signs; TIME_NEVER: nobody decided that yet. ended, which was "since when it signs no
-- more", may lie ahead. revoked: since when; 0: it is not. So several of a kind may not be over at a time.
ALTER TABLE team_key ADD COLUMN since @int NOT NULL DEFAULT 0;

ALTER TABLE team_key ADD COLUMN revoked @int NOT NULL DEFAULT 0;

DROP INDEX team_key_now;

-- team_key: the one of that year; former: of team_key, that of the year before, by which it was certified; 0:
-- there was none. statement: of the change, signed by both.
CREATE TABLE key_year (
	year      @int PRIMARY KEY NOT NULL,
	team_key  @int NOT NULL REFERENCES team_key(id),
	former    @int NOT NULL,
	statement @text NOT NULL
) @strict;

-- step: enum year_step. at, who: when it was done first.
CREATE TABLE key_step (
	year @int NOT NULL REFERENCES key_year(year),
	step @int NOT NULL,
	at   @int NOT NULL,
	who  @text NOT NULL,
	PRIMARY KEY (year, step)
) @strict;

-- A message of the kind "team-key": of which year's it tells.
CREATE TABLE key_told (
	message @int PRIMARY KEY NOT NULL REFERENCES message(id),
	year    @int NOT NULL REFERENCES key_year(year)
) @strict;

-- The master keys that certify the team's, offline. ended: since when it does no more; 0: it does, and of these
-- there is one.
CREATE TABLE key_master (
	id          @id,
	fingerprint @text NOT NULL,
	user_id     @text NOT NULL,
	at          @int NOT NULL,
	who         @text NOT NULL,
	ended       @int NOT NULL,
	armored     @text NOT NULL
) @strict;

CREATE UNIQUE INDEX key_master_now ON key_master (ended) WHERE ended = 0;
