-- Instants are ISO 8601 in UTC; ids of kintone are whole numbers.

-- Effects: recorded as prepared before the record is written, released once it is, then done once.
CREATE TABLE effect (
    sequence     INTEGER PRIMARY KEY AUTOINCREMENT,
    key          TEXT NOT NULL UNIQUE,
    engagement   INTEGER NOT NULL,
    kind         TEXT NOT NULL,
    body         TEXT NOT NULL,
    status       TEXT NOT NULL CHECK (status IN ('prepared', 'released', 'done', 'doubtful', 'failed')),
    owner        TEXT,
    attempts     INTEGER NOT NULL DEFAULT 0,
    due_at       TEXT NOT NULL,
    note         TEXT NOT NULL DEFAULT '',
    message      BLOB,
    stage        TEXT NOT NULL DEFAULT '',
    stage_at     TEXT,
    created_at   TEXT NOT NULL,
    done_at      TEXT
);
CREATE INDEX effect_open ON effect (status, due_at) WHERE status IN ('prepared', 'released');
CREATE INDEX effect_engagement ON effect (engagement, status);

-- Our write under way: what a record was, what it is to become, and the mark that tells after a crash whether the write arrived.
CREATE TABLE intent (
    engagement   INTEGER PRIMARY KEY,
    revision     INTEGER NOT NULL,
    mark         TEXT NOT NULL,
    facts        TEXT NOT NULL,
    move         TEXT,
    started_at   TEXT NOT NULL
);

-- What is held by a living worker.
CREATE TABLE claim (
    name         TEXT PRIMARY KEY,
    owner        TEXT NOT NULL
);

-- What we last knew of each engagement, and when to look again.
CREATE TABLE seen (
    engagement   INTEGER PRIMARY KEY,
    revision     INTEGER NOT NULL,
    look_at      TEXT
);
CREATE INDEX seen_look ON seen (look_at) WHERE look_at IS NOT NULL;

-- Findings as people last changed them.
CREATE TABLE seen_finding (
    record       INTEGER PRIMARY KEY,
    revision     INTEGER NOT NULL
);

-- How far each app has been read, by kintone's own clock.
CREATE TABLE watermark (
    app          TEXT PRIMARY KEY,
    updated_at   TEXT NOT NULL
);

-- One scan of one line of one engagement.
CREATE TABLE scan (
    engagement   INTEGER NOT NULL,
    line         TEXT NOT NULL,
    state        TEXT NOT NULL,
    folder       TEXT NOT NULL,
    reason       TEXT NOT NULL DEFAULT '',
    owner        TEXT,
    ended_at     TEXT,
    result_saved INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (engagement, line)
);

-- Mails of ours that may be answered, from the moment they are composed.
CREATE TABLE asked (
    message      TEXT PRIMARY KEY,
    engagement   INTEGER NOT NULL,
    reference    TEXT NOT NULL,
    address      TEXT NOT NULL,
    body         TEXT NOT NULL
);
CREATE INDEX asked_reference ON asked (reference);
CREATE INDEX asked_address ON asked (address);

-- STOP by mail; the record says up to when they are settled.
CREATE TABLE stop_request (
    message      TEXT PRIMARY KEY,
    engagement   INTEGER NOT NULL,
    sender       TEXT NOT NULL,
    words        TEXT NOT NULL,
    received_at  TEXT NOT NULL
);
CREATE INDEX stop_request_engagement ON stop_request (engagement);

-- Small facts of the folder as a whole: its own id, the head of the audit log.
CREATE TABLE fact (
    name         TEXT PRIMARY KEY,
    value        TEXT NOT NULL
);
