-- schema_version_last: the number of the last migration that was applied
-- takes:
-- gives: version int
-- for: cli clock gather hear keys mail metrics page watch web
SELECT coalesce(max(version), 0) AS version FROM schema_version;

-- schema_version_add: this migration is applied
-- takes: version int, name text, applied int
-- gives:
-- for: cli
INSERT INTO schema_version (version, name, applied) VALUES ($1, $2, $3);

-- store_facts: what the database says of itself; off: columns whose order is not by bytes
-- takes:
-- gives: version text, off int, local int, tls int, reads int, role text
-- for: cli
SELECT 'SQLite ' || sqlite_version() AS version, 0 AS off, 1 AS local, 0 AS tls, 0 AS reads, '' AS role;
-- postgresql:
SELECT 'PostgreSQL ' || current_setting('server_version') AS version,
       (SELECT count(*) FROM information_schema.columns
         WHERE table_schema = current_schema() AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C') AS off,
       CASE WHEN inet_server_addr() IS NULL OR inet_server_addr() << inet '127.0.0.0/8'
                 OR inet_server_addr() = inet '::1' THEN 1 ELSE 0 END AS local,
       coalesce((SELECT ssl::int FROM pg_stat_ssl WHERE pid = pg_backend_pid()), 0) AS tls,
       CASE WHEN current_setting('transaction_read_only') = 'on' THEN 1 ELSE 0 END AS reads,
       current_user::text AS role;

-- store_faults: what the database finds wrong in its own file (PostgreSQL: nothing is asked)
-- takes:
-- gives: says text
-- for: cli
SELECT quick_check AS says FROM pragma_quick_check WHERE quick_check <> 'ok'
 UNION ALL
SELECT 'a row of ' || "table" || ' refers to one of ' || parent || ' that is not there' AS says FROM pragma_foreign_key_check;
-- postgresql:
SELECT ''::text AS says WHERE FALSE;

-- store_newest: when the newest row of the audit and the newest batch were written; 0: there is none
-- takes:
-- gives: audit int, batch int
-- for: cli
SELECT coalesce((SELECT at FROM audit ORDER BY id DESC LIMIT 1), 0) AS audit,
       coalesce((SELECT arrived FROM batch ORDER BY id DESC LIMIT 1), 0) AS batch;

-- store_role: is there this role, and may this user be it (SQLite: has none)
-- takes: role text
-- gives: there int, may int
-- for: cli
SELECT 0 AS there, 0 AS may WHERE $1 IS NOT NULL;
-- postgresql:
SELECT 1 AS there, CASE WHEN pg_has_role(session_user, oid, 'MEMBER') THEN 1 ELSE 0 END AS may
  FROM pg_roles WHERE rolname = $1::text;

-- store_be: from now on this connection is a role, where it is there and may be that
-- takes: role text
-- gives: taken int
-- for: cli clock gather hear keys mail metrics page watch web
SELECT 0 AS taken WHERE $1 IS NOT NULL;
-- postgresql:
SELECT count(set_config('role', $1::text, false)) AS taken
  FROM pg_roles WHERE rolname = $1::text AND pg_has_role(session_user, oid, 'MEMBER');

-- store_used: is there anything in it
-- takes:
-- gives: used int
-- for: cli
SELECT 1 AS used
 WHERE EXISTS (SELECT id FROM member) OR EXISTS (SELECT id FROM feed) OR EXISTS (SELECT id FROM audit);
