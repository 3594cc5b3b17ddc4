-- One mail may ask to stop several engagements.
CREATE TABLE stop_of_mail (
    message      TEXT NOT NULL,
    engagement   INTEGER NOT NULL,
    sender       TEXT NOT NULL,
    words        TEXT NOT NULL,
    received_at  TEXT NOT NULL,
    PRIMARY KEY (message, engagement)
);
INSERT INTO stop_of_mail (message, engagement, sender, words, received_at) SELECT message, engagement, sender, words, received_at FROM stop_request;
DROP TABLE stop_request;
ALTER TABLE stop_of_mail RENAME TO stop_request;
CREATE INDEX stop_request_engagement ON stop_request (engagement);
