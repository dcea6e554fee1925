-- web_went_to: to which addresses a message went by mail, and since when it is there
-- takes: message int, channel int, arrived int
-- gives: address text, changed int
-- for: cli web
SELECT d.address, d.changed FROM message m JOIN delivery d ON d.message = m.id
 WHERE m.public = $1 AND d.channel = $2 AND d.state = $3
 ORDER BY d.id;
