-- The system's own troubles, from when they began to when they were over (task/service).

-- kind: enum condition_kind; subject: of it, empty where the kind says all. seen: when it was
-- found last; cleared: 0, or when it was over; acknowledged: 0, or when `who` took it up.
CREATE TABLE condition (
	id           @id,
	kind         @int NOT NULL,
	subject      @text NOT NULL,
	says         @text NOT NULL,
	remedy       @text NOT NULL,
	opened       @int NOT NULL,
	seen         @int NOT NULL,
	cleared      @int NOT NULL,
	acknowledged @int NOT NULL,
	who          @text NOT NULL,
	reason       @text NOT NULL
) @strict;

CREATE UNIQUE INDEX condition_one ON condition (kind, subject) WHERE cleared = 0;
