"""What each version of the ledger changed in its file, as SQL that is never edited: files of that version are about.

`create_tables` of stories makes today's tables; a step makes those of its own day, which the steps after it change.
"""

from __future__ import annotations

Statements = tuple[str, ...]

# Times are seconds since 1970. States are numbers of `UrlState`, which was called fate until version 4.
FIRST: Statements = (
    "CREATE TABLE spider (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
    "CREATE TABLE host (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
    # The known-URL check, apart from the rows: 28 MB per million instead of 360, so it stays in memory.
    "CREATE TABLE known (key BLOB PRIMARY KEY, url INTEGER NOT NULL) WITHOUT ROWID",
    """CREATE TABLE url (
        id INTEGER PRIMARY KEY,
        spider INTEGER NOT NULL,
        host INTEGER NOT NULL,
        fate INTEGER NOT NULL DEFAULT 0 CHECK (fate BETWEEN 0 AND 5),
        run INTEGER,                             -- the run that has taken the row and not yet settled it
        due INTEGER,                             -- pending: not before; exported: next revisit
        fresh INTEGER NOT NULL,                  -- date of the article as discovered; later ones are fetched first
        first_seen INTEGER NOT NULL,
        visited INTEGER,
        revision INTEGER NOT NULL DEFAULT 0,     -- of the last exported record
        attempts INTEGER NOT NULL DEFAULT 0,     -- runs that failed in a row
        quiet INTEGER NOT NULL DEFAULT 0,        -- revisits in a row that found nothing changed
        status INTEGER,
        alias_of INTEGER,
        content_hash BLOB,                       -- of the last exported record, its first 16 bytes
        reason TEXT,
        etag TEXT,
        last_modified TEXT,
        listing INTEGER,
        discovery TEXT,                          -- JSON without the listing's URL
        url TEXT NOT NULL,
        normalized TEXT                          -- null where it follows from url, see encoding.py
    )""",
    # What can be handed out: a small index however many URLs are known.
    "CREATE INDEX url_queue ON url (spider, host, fresh DESC) WHERE fate = 0 AND run IS NULL AND due IS NULL",
    "CREATE INDEX url_due ON url (spider, due) WHERE due IS NOT NULL",
    "CREATE INDEX url_run ON url (run) WHERE run IS NOT NULL",
    "CREATE INDEX url_fate ON url (spider, fate)",
    """CREATE TABLE listing (
        id INTEGER PRIMARY KEY, spider INTEGER NOT NULL, url TEXT NOT NULL, etag TEXT, last_modified TEXT,
        visited INTEGER NOT NULL, UNIQUE (spider, url)
    )""",
    """CREATE TABLE run (
        id INTEGER PRIMARY KEY AUTOINCREMENT, run_id TEXT NOT NULL UNIQUE, spider INTEGER NOT NULL,
        pid INTEGER NOT NULL, started INTEGER NOT NULL, finished INTEGER,
        found INTEGER NOT NULL DEFAULT 0, taken INTEGER NOT NULL DEFAULT 0, returned INTEGER NOT NULL DEFAULT 0
    )""",
    """CREATE TABLE visit (
        run INTEGER NOT NULL, kind TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (run, kind)
    ) WITHOUT ROWID""",
    "CREATE TABLE hold (name TEXT PRIMARY KEY, run INTEGER NOT NULL) WITHOUT ROWID",
    """CREATE TABLE profile (
        spider INTEGER NOT NULL, site TEXT NOT NULL, id TEXT NOT NULL, body BLOB NOT NULL, made INTEGER NOT NULL,
        PRIMARY KEY (spider, site)
    )""",
    """CREATE TABLE outbox (
        id INTEGER PRIMARY KEY AUTOINCREMENT, spider INTEGER NOT NULL, stream TEXT NOT NULL,
        made INTEGER NOT NULL, body BLOB NOT NULL
    )""",
    "CREATE INDEX outbox_stream ON outbox (spider, stream, id)",
    """CREATE TABLE cursor (
        spider INTEGER NOT NULL, consumer TEXT NOT NULL, stream TEXT NOT NULL, last INTEGER NOT NULL,
        file TEXT, offset INTEGER NOT NULL, opened INTEGER NOT NULL, PRIMARY KEY (spider, consumer)
    )""",
    # For people who look into the file.
    """CREATE VIEW urls AS SELECT s.name AS spider, h.name AS host, u.url,
        CASE u.fate WHEN 0 THEN 'pending' WHEN 1 THEN 'exported' WHEN 2 THEN 'rejected' WHEN 3 THEN 'dead'
            WHEN 4 THEN 'gone' ELSE 'alias' END AS fate,
        u.reason, u.status, u.revision, u.attempts, datetime(u.first_seen, 'unixepoch') AS first_seen,
        datetime(u.visited, 'unixepoch') AS visited, datetime(u.due, 'unixepoch') AS due
        FROM url u JOIN spider s ON s.id = u.spider JOIN host h ON h.id = u.host""",
)

# The index of stories, written in the transactions that store the records.
SECOND: Statements = (
    """CREATE TABLE IF NOT EXISTS stories (
        id INTEGER PRIMARY KEY,
        first_copy INTEGER NOT NULL,
        copies INTEGER NOT NULL,
        last_seen_at TEXT NOT NULL,
        size INTEGER NOT NULL,
        sketch BLOB NOT NULL
    ) STRICT""",
    """CREATE TABLE IF NOT EXISTS story_postings (
        hash INTEGER NOT NULL,
        story INTEGER NOT NULL,
        PRIMARY KEY (hash, story)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS story_copies (
        key INTEGER PRIMARY KEY,
        story INTEGER NOT NULL,
        url TEXT NOT NULL,
        outlet TEXT NOT NULL,
        seen_at TEXT NOT NULL,
        published_at TEXT,
        containment REAL NOT NULL,
        origin TEXT
    ) STRICT""",
    "CREATE INDEX IF NOT EXISTS story_copies_by_story ON story_copies (story)",
)

# Stories grow, and shingles of many stories are marked.
THIRD: Statements = (
    "CREATE TABLE IF NOT EXISTS story_waiting (story INTEGER PRIMARY KEY, shingles BLOB NOT NULL) STRICT",
    "CREATE INDEX IF NOT EXISTS story_postings_common ON story_postings (story) WHERE story < 0",
)

# A URL's fate is called its state and the hold on a host its lock; messages of the outbox may be compressed.
FOURTH: Statements = (
    "DROP INDEX IF EXISTS stories_by_time",  # of the first ledgers of version 2
    "DROP VIEW urls",
    "ALTER TABLE url RENAME COLUMN fate TO state",
    "DROP INDEX url_fate",
    "CREATE INDEX url_state ON url (spider, state)",
    """CREATE VIEW urls AS SELECT s.name AS spider, h.name AS host, u.url,
        CASE u.state WHEN 0 THEN 'pending' WHEN 1 THEN 'exported' WHEN 2 THEN 'rejected' WHEN 3 THEN 'dead'
            WHEN 4 THEN 'gone' ELSE 'alias' END AS state,
        u.reason, u.status, u.revision, u.attempts, datetime(u.first_seen, 'unixepoch') AS first_seen,
        datetime(u.visited, 'unixepoch') AS visited, datetime(u.due, 'unixepoch') AS due
        FROM url u JOIN spider s ON s.id = u.spider JOIN host h ON h.id = u.host""",
    "ALTER TABLE hold RENAME TO lock",
    "ALTER TABLE outbox ADD COLUMN coding INTEGER NOT NULL DEFAULT 0",  # see `encoding.packed`
)

# Stories keep several texts, what is quoted in them and their figures; copies say how they hang together with a story.
FIFTH: Statements = (
    "ALTER TABLE stories ADD COLUMN figures BLOB",
    """CREATE TABLE story_texts (
        id INTEGER PRIMARY KEY,
        story INTEGER NOT NULL,
        size INTEGER NOT NULL,
        sketch BLOB NOT NULL,
        figures BLOB NOT NULL
    ) STRICT""",
    "CREATE INDEX story_texts_by_story ON story_texts (story)",
    "ALTER TABLE story_copies ADD COLUMN relation TEXT NOT NULL DEFAULT 'copy'",
    "ALTER TABLE story_copies ADD COLUMN contained REAL",
    "ALTER TABLE story_copies ADD COLUMN contains REAL",
    "ALTER TABLE story_copies ADD COLUMN outside_quotes REAL",
    """CREATE TABLE story_quotes (
        key INTEGER PRIMARY KEY,
        story INTEGER NOT NULL,
        containment REAL NOT NULL,
        contained REAL NOT NULL,
        contains REAL NOT NULL,
        outside_quotes REAL NOT NULL
    ) STRICT""",
    "CREATE INDEX story_quotes_by_story ON story_quotes (story)",
    "DROP TABLE story_waiting",
)

# Revisions of articles that were forgotten: a record made again has the next one. What runs saw of each site. Articles
# whose page names another URL as canonical, by that one's key.
SIXTH: Statements = (
    "CREATE TABLE forgotten (key BLOB PRIMARY KEY, revision INTEGER NOT NULL) WITHOUT ROWID",
    """CREATE TABLE site_run (
        spider INTEGER NOT NULL, site TEXT NOT NULL, run INTEGER NOT NULL, figures BLOB NOT NULL,
        PRIMARY KEY (spider, site, run)
    ) WITHOUT ROWID""",
    "CREATE TABLE canonical (key BLOB NOT NULL, url INTEGER NOT NULL, PRIMARY KEY (key, url)) WITHOUT ROWID",
)

# What was seen of each site on each day, and which of a site's problems nobody wants to be told of. Rejected pages that
# only just count as no article.
SEVENTH: Statements = (
    """CREATE TABLE site_day (
        spider INTEGER NOT NULL, site TEXT NOT NULL,
        day INTEGER NOT NULL,                    -- days since 1970, UTC
        runs INTEGER NOT NULL, articles INTEGER NOT NULL, records INTEGER NOT NULL, rejected INTEGER NOT NULL,
        failed INTEGER NOT NULL,
        usual INTEGER NOT NULL,                  -- 0: of before the site was accepted as it is
        figures TEXT NOT NULL,                   -- all of them, JSON
        PRIMARY KEY (spider, site, day)
    ) WITHOUT ROWID""",
    """CREATE TABLE site_mute (
        spider INTEGER NOT NULL, site TEXT NOT NULL, problem TEXT NOT NULL, until INTEGER NOT NULL,
        PRIMARY KEY (spider, site, problem)
    ) WITHOUT ROWID""",
    "ALTER TABLE url ADD COLUMN near_border INTEGER NOT NULL DEFAULT 0",
)

VERSIONS: tuple[Statements, ...] = (FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH, SEVENTH)
"""What takes a file from each version to the next."""
