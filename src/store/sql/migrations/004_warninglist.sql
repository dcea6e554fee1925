-- What warninglists say (RULES 11). finding.held: list and entry that hold it back, empty
-- where none does. evidence.warned: list and entry that the record met, empty where none;
-- verdict: enum hold_why.

ALTER TABLE finding ADD COLUMN held @text NOT NULL DEFAULT '';

ALTER TABLE evidence ADD COLUMN warned @text NOT NULL DEFAULT '';

ALTER TABLE evidence ADD COLUMN verdict @int NOT NULL DEFAULT 0;
