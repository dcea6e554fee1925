-- What leaves for whom, and what became of it (RULES 5-7): messages, and a row for each delivery.

-- Whether anything leaves at all, for all nodes of this store: mode: enum tell_mode. stopped: since
-- when all sending is held, 0: it is not; who and reason: of the last who decided so.
CREATE TABLE telling (
	id      @id,
	mode    @int NOT NULL,
	stopped @int NOT NULL,
	who     @text NOT NULL,
	reason  @text NOT NULL,
	at      @int NOT NULL
) @strict;

INSERT INTO telling (id, mode, stopped, who, reason, at) VALUES (1, 0, 0, '', '', 0);

-- Where a machine of a member's is told too: channel: enum channel; address: a URL, or the name of
-- a folder below drop/ of the home. Its secrets are files of credentials/. off: since when it is not
-- told any more, 0: it is.
CREATE TABLE hook (
	id      @id,
	member  @int NOT NULL REFERENCES member(id),
	channel @int NOT NULL,
	address @text NOT NULL,
	made    @int NOT NULL,
	who     @text NOT NULL,
	off     @int NOT NULL
) @strict;

CREATE INDEX hook_member ON hook (member) WHERE off = 0;

-- An officer's own text, to a selection of members, in one or both languages. tlp: a label
-- of TLP 2.0; audience: whom it goes to, as it was typed.
CREATE TABLE alert (
	id       @id,
	made     @int NOT NULL,
	who      @text NOT NULL,
	tlp      @text NOT NULL,
	title    @text NOT NULL,
	title_nl @text NOT NULL,
	body     @text NOT NULL,
	body_nl  @text NOT NULL,
	audience @text NOT NULL
) @strict;

-- What one member is told at one time: `public` is the number behind its id (codec/text/id.h),
-- drawn at random. kind: enum message_kind; state: enum message_state. due: it does not leave
-- before. answer: by when the member is asked to have answered; 0: it is asked nothing. thread:
-- the first message of its thread, itself where it begins one. round: of reminders, from 1.
-- recall: that it corrects, alert: whose text it carries; 0: none.
CREATE TABLE message (
	id      @id,
	public  @int NOT NULL UNIQUE,
	member  @int NOT NULL REFERENCES member(id),
	kind    @int NOT NULL,
	urgency @int NOT NULL,
	state   @int NOT NULL,
	made    @int NOT NULL,
	due     @int NOT NULL,
	answer  @int NOT NULL,
	thread  @int NOT NULL,
	round   @int NOT NULL,
	recall  @int NOT NULL,
	alert   @int NOT NULL
) @strict;

CREATE INDEX message_member ON message (member, id);
CREATE INDEX message_alert ON message (alert) WHERE alert > 0;
CREATE INDEX message_state ON message (state, due) WHERE state < 2;

-- What a message tells of: a finding, and of a first message the row of `notice` that was its
-- occasion (0: none).
CREATE TABLE message_part (
	message @int NOT NULL REFERENCES message(id),
	finding @int NOT NULL REFERENCES finding(id),
	notice  @int NOT NULL,
	PRIMARY KEY (message, finding)
) @keyed;

CREATE INDEX message_part_finding ON message_part (finding);

-- A message to one contact by one channel. channel, form, why, state: enums of
-- model/notice/message. contact: a number of a contact, which may be gone, or of a hook where the
-- channel is one; address: where it goes, as the roster had it then. code, said: of the other side's last answer. tries: begun;
-- doubts: those of which nobody knows whether they arrived. tag: the random part of its
-- Message-ID, which it keeps however often it is tried.
CREATE TABLE delivery (
	id      @id,
	message @int NOT NULL REFERENCES message(id),
	contact @int NOT NULL,
	channel @int NOT NULL,
	address @text NOT NULL,
	why     @int NOT NULL,
	form    @int NOT NULL,
	state   @int NOT NULL,
	made    @int NOT NULL,
	changed @int NOT NULL,
	tries   @int NOT NULL,
	doubts  @int NOT NULL,
	code    @int NOT NULL,
	said    @text NOT NULL,
	tag     @text NOT NULL
) @strict;

CREATE INDEX delivery_message ON delivery (message);
CREATE INDEX delivery_state ON delivery (state) WHERE state < 3;

-- The bytes of a delivery, sealed and on their way: gone when the other side has them.
CREATE TABLE delivery_bytes (
	delivery @int PRIMARY KEY NOT NULL REFERENCES delivery(id),
	bytes    @blob NOT NULL
) @strict;

-- message: in which this was told; 0: in none yet.
ALTER TABLE notice ADD COLUMN message @int NOT NULL DEFAULT 0;
CREATE INDEX notice_untold ON notice (due) WHERE message = 0 AND state < 3;
