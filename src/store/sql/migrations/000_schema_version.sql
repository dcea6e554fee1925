-- Run at every opening: the one table that must be there before any migration.
CREATE TABLE IF NOT EXISTS schema_version (
	version @int NOT NULL PRIMARY KEY,
	name    @text NOT NULL,
	applied @int NOT NULL
) @strict;
