-- The roster: members, whom to reach, and what is theirs (RULES 1). An asset without a
-- member is a hole. low and high are the first and last address in network order
-- (16 bytes, IPv4-mapped), NULL where the asset is no range of addresses; `key` is
-- the form in which it is compared: A-labels, the AS number in decimal.

CREATE TABLE member (
	id        @id,
	slug      @text NOT NULL UNIQUE,
	name      @text NOT NULL,
	kind      @text NOT NULL,
	size      @text NOT NULL,
	nis2      @text NOT NULL,
	service   @text NOT NULL,
	language  @text NOT NULL,
	agreement @text NOT NULL,
	since     @int NOT NULL,
	until     @int NOT NULL
) @strict;

CREATE TABLE member_name (
	member @int NOT NULL REFERENCES member(id),
	place  @int NOT NULL,
	name   @text NOT NULL,
	PRIMARY KEY (member, place)
) @keyed;

CREATE TABLE umbrella (
	member   @int NOT NULL REFERENCES member(id),
	umbrella @int NOT NULL REFERENCES member(id),
	PRIMARY KEY (member, umbrella)
) @keyed;

CREATE TABLE contact (
	id           @id,
	member       @int NOT NULL REFERENCES member(id),
	place        @int NOT NULL,
	role         @text NOT NULL,
	name         @text NOT NULL,
	mail         @text NOT NULL,
	phone        @text NOT NULL,
	phone2       @text NOT NULL,
	phone_tested @int NOT NULL,
	hours        @text NOT NULL,
	language     @text NOT NULL,
	expertise    @text NOT NULL,
	key          @text NOT NULL,
	wishes       @text NOT NULL
) @strict;

CREATE INDEX contact_member ON contact (member, place);

CREATE TABLE asset (
	id             @id,
	member         @int REFERENCES member(id),
	kind           @text NOT NULL,
	value          @text NOT NULL,
	key            @text NOT NULL,
	low            @blob,
	high           @blob,
	since          @int NOT NULL,
	until          @int NOT NULL,
	proven         @int NOT NULL,
	dynamic        @int NOT NULL,
	tell_enclosing @int NOT NULL,
	care           @text NOT NULL,
	vouched        @text NOT NULL
) @strict;

CREATE INDEX asset_member ON asset (member);
