-- Backups of this store's homes, and that they can be restored (task/backup).

-- at: when it was made, which names it; place: the folder that it lies in. proven: 0, or when
-- it was last restored into a scratch place and found whole.
CREATE TABLE backup (
	id     @id,
	at     @int NOT NULL,
	place  @text NOT NULL,
	files  @int NOT NULL,
	bytes  @int NOT NULL,
	proven @int NOT NULL,
	UNIQUE (place, at)
) @strict;
