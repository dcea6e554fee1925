-- What is to be told to whom, and when (RULES 5, 6): the rows that are sent.

-- A row a finding and occasion, written in the transaction of the finding. urgency: enum
-- urgency, never "none"; why: enum urgency_rule; timing: enum notice_timing; state: enum
-- notice_state. due: when; the last moment there is for what waits for an officer, or was
-- taken out before it went. breaker: that held it, 0: none. The rows of one member,
-- urgency and due are one message.
CREATE TABLE notice (
	id      @id,
	finding @int NOT NULL,
	member  @int NOT NULL,
	issue   @text NOT NULL,
	urgency @int NOT NULL,
	why     @int NOT NULL,
	timing  @int NOT NULL,
	due     @int NOT NULL,
	breaker @int NOT NULL,
	batch   @int NOT NULL,
	made    @int NOT NULL,
	state   @int NOT NULL
) @strict;

CREATE INDEX notice_finding ON notice (finding);
CREATE INDEX notice_issue ON notice (issue, made) WHERE urgency = 0;
CREATE INDEX notice_member ON notice (member, due) WHERE urgency = 0;
CREATE INDEX notice_waits ON notice (state, due) WHERE urgency = 0;
CREATE INDEX notice_breaker ON notice (breaker) WHERE breaker > 0;

-- An issue that would have told too many at once. members: how many, of everybody; usual:
-- the most on one day before; why: enum breaker_why; state: enum breaker_state.
CREATE TABLE breaker (
	id        @id,
	issue     @text NOT NULL,
	at        @int NOT NULL,
	members   @int NOT NULL,
	everybody @int NOT NULL,
	usual     @int NOT NULL,
	why       @int NOT NULL,
	state     @int NOT NULL,
	decided   @int NOT NULL,
	who       @text NOT NULL,
	reason    @text NOT NULL
) @strict;

CREATE INDEX breaker_issue ON breaker (issue);

-- Since when feeds, members and assets are watched (enum watched_kind): those up to the
-- number `last`, and above the row before.
CREATE TABLE watched (
	kind  @int NOT NULL,
	last  @int NOT NULL,
	since @int NOT NULL,
	PRIMARY KEY (kind, last)
) @keyed;

-- Up to which finding and which change all is planned.
CREATE TABLE notice_mark (
	id      @id,
	finding @int NOT NULL,
	change  @int NOT NULL
) @strict;

INSERT INTO notice_mark (id, finding, change) VALUES (1, 0, 0);
