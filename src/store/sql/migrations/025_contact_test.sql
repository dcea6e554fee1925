-- Contacts are asked each quarter whether our mail reaches them (RULES 8).

-- A delivery that asks so. member: whose contact it went to. confirmed: when they said so, 0: not yet; way: enum
-- answer_way. doubted: when probably a machine said so last, 0: never.
CREATE TABLE contact_test (
	delivery  @int PRIMARY KEY NOT NULL REFERENCES delivery(id),
	member    @int NOT NULL REFERENCES member(id),
	confirmed @int NOT NULL,
	way       @int NOT NULL,
	doubted   @int NOT NULL
) @strict;

CREATE INDEX contact_test_member ON contact_test (member);
