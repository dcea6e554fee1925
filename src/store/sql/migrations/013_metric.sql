-- What the metrics count, without a look at each row (store/metric.h).

-- Those that are told without an answer (FINDING_TOLD), the oldest first.
CREATE INDEX finding_unanswered ON finding (severity, since) WHERE state = 2;

-- All that is counted of the batches of a feed, and its newest.
CREATE INDEX batch_count ON batch (feed, state, arrived, records, hits);
