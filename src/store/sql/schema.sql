-- schema_version_last: the number of the last migration that was applied
-- takes:
-- gives: version int
-- for: cli
SELECT coalesce(max(version), 0) AS version FROM schema_version;

-- schema_version_add: this migration is applied
-- takes: version int, name text, applied int
-- gives:
-- for: cli
INSERT INTO schema_version (version, name, applied) VALUES ($1, $2, $3);
