-- What is known of the archive's files, and what the past is asked of assets that came later.

-- A file below archive/, where there is more to say of it than that a batch or a mail names it. digest:
-- SHA-256 of the bytes as they lie, of what is sealed (of others the name tells); empty: not known. fault:
-- enum archive_fault (store/archive.h). looked: when that was found, or the digest noted.
CREATE TABLE archive_file (
	path   @text NOT NULL PRIMARY KEY,
	digest @blob NOT NULL,
	fault  @int NOT NULL,
	looked @int NOT NULL
) @strict;

CREATE INDEX archive_file_fault ON archive_file (fault) WHERE fault <> 0;

-- A question to the archive: which records of it are these assets'? Batches are read newest first. why: what
-- made it asked. day, batch: those before this place are still to be read. batches: of them at the beginning;
-- done: read; lost: that could not be. found, again: findings that it opened, and that it added to. early:
-- records of before an asset's proof, which are told to nobody. ended: 0, or when all was read.
CREATE TABLE retro (
	id      @id,
	made    @int NOT NULL,
	who     @text NOT NULL,
	why     @text NOT NULL,
	day     @int NOT NULL,
	batch   @int NOT NULL,
	batches @int NOT NULL,
	done    @int NOT NULL,
	lost    @int NOT NULL,
	records @int NOT NULL,
	found   @int NOT NULL,
	again   @int NOT NULL,
	early   @int NOT NULL,
	ended   @int NOT NULL
) @strict;

CREATE TABLE retro_asset (
	retro @int NOT NULL REFERENCES retro (id),
	asset @int NOT NULL REFERENCES asset (id),
	PRIMARY KEY (retro, asset)
) @keyed;

-- The question by which it was found later than it was seen; 0: it was found as it came.
ALTER TABLE finding ADD COLUMN retro @int NOT NULL DEFAULT 0;

-- The past, by the days that batches tell of.
CREATE INDEX batch_day ON batch (day, id);
