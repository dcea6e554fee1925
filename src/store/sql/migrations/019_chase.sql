-- Owners of keys are asked for another before theirs ends (model/key: key_chase).

-- A message of the kind "key": of which key it is, a number that may be gone; step: enum key_chase;
-- expires: the end of it that was meant, so that one with another end is asked for anew.
CREATE TABLE key_chase (
	message     @int PRIMARY KEY NOT NULL REFERENCES message(id),
	contact_key @int NOT NULL,
	step        @int NOT NULL,
	expires     @int NOT NULL
) @strict;

CREATE INDEX key_chase_key ON key_chase (contact_key);
