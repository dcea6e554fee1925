-- What the metrics count, without a look at each row (store/metric.h).

-- since: the oldest of a state and severity is the first.
DROP INDEX finding_state;
CREATE INDEX finding_state ON finding (state, severity, since);

-- All that is counted of the batches of a feed, and its newest.
CREATE INDEX batch_count ON batch (feed, state, arrived, records, hits);
