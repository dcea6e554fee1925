-- What needs a person: who has which of it, and until when it may rest; and calls that officers made.

-- kind: enum desk_kind; thing: its number, as that kind counts. owner: empty: nobody. until: it rests, 0: it
-- does not.
CREATE TABLE desk_item (
	kind  @int NOT NULL,
	thing @int NOT NULL,
	owner @text NOT NULL,
	until @int NOT NULL,
	at    @int NOT NULL,
	PRIMARY KEY (kind, thing)
) @keyed;

-- outcome: enum call_outcome. phone: which of the contact's, 1 or 2. said: what was said.
CREATE TABLE call_log (
	id      @id,
	message @int NOT NULL REFERENCES message(id),
	contact @int NOT NULL,
	phone   @int NOT NULL,
	at      @int NOT NULL,
	who     @text NOT NULL,
	outcome @int NOT NULL,
	said    @text NOT NULL
) @strict;

CREATE INDEX call_log_message ON call_log (message);
