-- A signature that counted (task/proof): the same in another mail is that mail, sent again by whoever has it.

-- replay: SHA-256 of key, time and what was signed; kept for good, it says nothing of anybody. mail: of
-- mail_in, with which it came first.
CREATE TABLE mail_signed (
	replay @text PRIMARY KEY NOT NULL,
	mail   @int NOT NULL
) @strict;
