-- What waits for an officer is found without a look at each batch.

CREATE INDEX batch_held ON batch (state) WHERE state = 1;
