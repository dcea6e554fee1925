-- Who is on duty, by what they are woken, and what woke them.

-- place: the order in which they are asked, after those who are on duty.
CREATE TABLE officer (
	id    @id,
	name  @text NOT NULL UNIQUE,
	place @int NOT NULL,
	made  @int NOT NULL
) @strict;

-- way: enum page_way (model/duty). tested: when a page by it was taken last; 0: never.
CREATE TABLE officer_channel (
	id      @id,
	officer @int NOT NULL REFERENCES officer (id),
	place   @int NOT NULL,
	way     @int NOT NULL,
	address @text NOT NULL,
	tested  @int NOT NULL
) @strict;

CREATE INDEX officer_channel_officer ON officer_channel (officer);

-- A time on duty. backup: an officer; 0: none. tested: its test page was made.
CREATE TABLE duty (
	id      @id,
	officer @int NOT NULL REFERENCES officer (id),
	backup  @int NOT NULL,
	since   @int NOT NULL,
	until   @int NOT NULL,
	tested  @int NOT NULL
) @strict;

CREATE INDEX duty_until ON duty (until);

-- kind, thing: of the desk (model/desk); kind -1: a test, thing the officer. duty: during which the tries
-- were counted. next: when the next is due. ended: 0: not. taker: who took it; empty: nobody had to.
CREATE TABLE page (
	id       @id,
	kind     @int NOT NULL,
	thing    @int NOT NULL,
	severity @int NOT NULL,
	made     @int NOT NULL,
	duty     @int NOT NULL,
	tries    @int NOT NULL,
	next     @int NOT NULL,
	ended    @int NOT NULL,
	taker    @text NOT NULL
) @strict;

CREATE UNIQUE INDEX page_open ON page (kind, thing) WHERE ended = 0;

-- channel: of officer_channel, which may be gone. token: digest of what stands in its link; empty: not drawn.
CREATE TABLE page_try (
	id      @id,
	page    @int NOT NULL REFERENCES page (id),
	officer @int NOT NULL,
	channel @int NOT NULL,
	token   @blob NOT NULL,
	made    @int NOT NULL,
	state   @int NOT NULL,
	says    @text NOT NULL
) @strict;

CREATE INDEX page_try_page ON page_try (page);
CREATE INDEX page_try_token ON page_try (token);
