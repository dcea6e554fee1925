-- When publishers are asked (model/feed/schedule.h).

-- Why the last fetch failed: enum err_kind, 0: it did not.
ALTER TABLE feed_state ADD COLUMN failed @int NOT NULL DEFAULT 0;

-- A host is asked by one worker at a time, while that one's job runs, and not before `free`.
CREATE TABLE publisher_host (
	name   @text PRIMARY KEY NOT NULL,
	free   @int NOT NULL,
	worker @text NOT NULL
) @strict;
