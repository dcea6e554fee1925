-- What is to be done, by whom, and how it went (task/service).

-- kind: enum job_kind; state: enum job_state. place: the home that it can be done in, empty:
-- any that has this store. due: not before; worker: who has it, until
-- `lease`. error: why the last try failed, and its kind (enum err_kind).
CREATE TABLE job (
	id     @id,
	kind   @int NOT NULL,
	place  @text NOT NULL,
	key    @text NOT NULL,
	state  @int NOT NULL,
	due    @int NOT NULL,
	lease  @int NOT NULL,
	worker @text NOT NULL,
	tries  @int NOT NULL,
	made   @int NOT NULL,
	ended  @int NOT NULL,
	failed @int NOT NULL,
	error  @text NOT NULL,
	result @text NOT NULL
) @strict;

CREATE UNIQUE INDEX job_one ON job (kind, place, key) WHERE state IN (0, 1, 3);
CREATE INDEX job_key ON job (kind, place, key);
CREATE INDEX job_due ON job (kind, place, due, id) WHERE state = 0;
CREATE INDEX job_runs ON job (lease) WHERE state = 1;
CREATE INDEX job_ended ON job (ended) WHERE state IN (2, 4);

-- A process of `waker run`, as its supervisor saw it last. node: which run; since: when it was
-- started; restarts: how often it died before; ended: 0, or when it stopped for good.
CREATE TABLE worker (
	node     @text NOT NULL,
	role     @text NOT NULL,
	pid      @int NOT NULL,
	since    @int NOT NULL,
	restarts @int NOT NULL,
	beat     @int NOT NULL,
	said     @text NOT NULL,
	PRIMARY KEY (node, role)
) @keyed;
