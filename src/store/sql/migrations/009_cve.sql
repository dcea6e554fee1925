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
