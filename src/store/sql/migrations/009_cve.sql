-- Which vulnerabilities a finding has (RULES 3).

-- A row for each that a batch's news named on a day: it counts where the sighting of that
-- feed, day and batch does. fresh: nobody had named it when this batch did.
CREATE TABLE finding_cve (
	finding @int NOT NULL,
	cve     @text NOT NULL,
	feed    @int NOT NULL,
	day     @int NOT NULL,
	batch   @int NOT NULL,
	fresh   @int NOT NULL,
	PRIMARY KEY (finding, cve, feed, day, batch)
) @keyed;

CREATE INDEX finding_cve_cve ON finding_cve (cve);

-- Vulnerabilities that attackers use, by the feed that says so and its first batch that did.
-- since: when it was put on the list; fresh: that was news when it came.
CREATE TABLE exploited (
	cve   @text NOT NULL,
	feed  @int NOT NULL,
	batch @int NOT NULL,
	since @int NOT NULL,
	fresh @int NOT NULL,
	PRIMARY KEY (cve, feed)
) @keyed;

CREATE INDEX exploited_batch ON exploited (batch);
