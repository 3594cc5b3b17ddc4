-- One row per CVE and layer: id = cve * 4 + layer. Layers: 0 overrides, 1 NVD, 2 the CVE programme, 3 its names in words. Times are in seconds since 1970.
CREATE TABLE record (
  id INTEGER PRIMARY KEY,
  status TEXT NOT NULL,
  modified INTEGER NOT NULL,
  description TEXT NOT NULL,
  score_version TEXT,
  score TEXT,
  vector TEXT,
  configurations TEXT NOT NULL,
  feed TEXT NOT NULL,
  loaded INTEGER NOT NULL
);
CREATE TABLE product (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE);
CREATE TABLE product_record (product INTEGER NOT NULL, record INTEGER NOT NULL, PRIMARY KEY (product, record)) WITHOUT ROWID;
CREATE TABLE kev (cve INTEGER PRIMARY KEY, added TEXT, ransomware INTEGER NOT NULL);
-- day: of the scores, where the file tells it; older ones do not replace newer ones.
CREATE TABLE epss (cve INTEGER PRIMARY KEY, probability TEXT NOT NULL, percentile TEXT, day INTEGER NOT NULL);
CREATE TABLE jvn (id TEXT PRIMARY KEY, title TEXT NOT NULL, address TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE jvn_cve (cve INTEGER NOT NULL, jvn TEXT NOT NULL, PRIMARY KEY (cve, jvn)) WITHOUT ROWID;
CREATE TABLE fix (
  package TEXT NOT NULL, distribution TEXT NOT NULL, cve INTEGER NOT NULL, release TEXT NOT NULL, version TEXT NOT NULL, feed TEXT NOT NULL,
  PRIMARY KEY (package, distribution, cve, release)
) WITHOUT ROWID;
-- What was loaded: provenance and freshness by feed. The records are those of the last load, over all of its files.
CREATE TABLE feed (id TEXT PRIMARY KEY, records INTEGER NOT NULL, newest INTEGER, loaded INTEGER NOT NULL) WITHOUT ROWID;
PRAGMA user_version = 2;
