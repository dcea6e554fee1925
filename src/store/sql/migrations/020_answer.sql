-- What members answer (RULES 8), and the links by which they do.

-- A link that stands in one mail. token: the SHA-256 of what stands there: who reads this table can
-- answer for nobody. code: the letters beside it, which a dispute of something critical asks for.
CREATE TABLE answer_link (
	token    @blob PRIMARY KEY NOT NULL,
	delivery @int NOT NULL REFERENCES delivery(id),
	code     @text NOT NULL,
	expires  @int NOT NULL
) @strict;

CREATE INDEX answer_link_delivery ON answer_link (delivery);

-- What was said of one finding. answer, way, state: enums of model/answer. message: that was answered,
-- 0: none. contact: who did, 0: an officer for the member. until: a day that is promised, or until which
-- the member lives with it. change: what it did to the finding, 0: nothing. receipt: the message that
-- says so, 0: none.
CREATE TABLE answer (
	id      @id,
	finding @int NOT NULL REFERENCES finding(id),
	message @int NOT NULL,
	contact @int NOT NULL,
	answer  @int NOT NULL,
	way     @int NOT NULL,
	state   @int NOT NULL,
	until   @int NOT NULL,
	at      @int NOT NULL,
	who     @text NOT NULL,
	reason  @text NOT NULL,
	change  @int NOT NULL,
	receipt @int NOT NULL
) @strict;

CREATE INDEX answer_finding ON answer (finding, id);
CREATE INDEX answer_receipt ON answer (receipt) WHERE receipt > 0;

-- What a delivery to a person told of: its reader may answer that, and hears of no more by its link.
CREATE TABLE delivery_part (
	delivery @int NOT NULL REFERENCES delivery(id),
	finding  @int NOT NULL REFERENCES finding(id),
	PRIMARY KEY (delivery, finding)
) @keyed;

CREATE INDEX delivery_part_finding ON delivery_part (finding);
