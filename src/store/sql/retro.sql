-- retro_add: the past is asked; nothing of it is read yet
-- takes: made int, who text, why text, day int, batch int
-- gives: id int
-- for: cli
INSERT INTO retro (made, who, why, day, batch, batches, done, lost, records, found, again, early, ended)
VALUES ($1, $2, $3, $4, $5, 0, 0, 0, 0, 0, 0, 0, 0)
RETURNING id;

-- retro_add_asset: this asset is one that it is asked for
-- takes: retro int, asset int
-- gives:
-- for: cli
INSERT INTO retro_asset (retro, asset) VALUES ($1, $2) ON CONFLICT (retro, asset) DO NOTHING;

-- retro_put: how far it is, and what it found
-- takes: id int, day int, batch int, batches int, done int, lost int, records int, found int, again int,
--   early int, ended int
-- gives:
-- for: cli watch
UPDATE retro SET day = $2, batch = $3, batches = $4, done = $5, lost = $6, records = $7, found = $8, again = $9,
                 early = $10, ended = $11
 WHERE id = $1;

-- retro_list: questions, newest first; those that go on, or all, or one
-- takes: all int, id int?
-- gives: id int, made int, who text, why text, day int, batch int, batches int, done int, lost int,
--   records int, found int, again int, early int, ended int, assets int
-- for: cli watch
SELECT id, made, who, why, day, batch, batches, done, lost, records, found, again, early, ended,
       (SELECT count(*) FROM retro_asset a WHERE a.retro = retro.id) AS assets
  FROM retro
 WHERE ($1::bigint <> 0 OR ended = 0) AND ($2::bigint IS NULL OR id = $2::bigint)
 ORDER BY id DESC;

-- retro_assets: the assets that it is asked for
-- takes: retro int
-- gives: asset int
-- for: cli watch
SELECT asset FROM retro_asset WHERE retro = $1 ORDER BY asset;
