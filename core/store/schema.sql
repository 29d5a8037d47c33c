-- The book, version 1. One file holds everything the daemon knows; one connection writes it. A released version is never
-- changed in place: the next one has its own number, a step in migrations/, and a fixture (released_test.cc).
--
-- Instants are whole seconds of UTC since 1970. Addresses that are compared are kept in lower case (ASCII).
-- A message, the lead it made, the letters it caused and the cursor that passed it are one transaction.

-- What the file knows of itself.
CREATE TABLE meta (
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Somebody who may buy. The row is what its events add up to, kept so that nobody has to add; only apply() writes it.
CREATE TABLE lead (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,  -- people call it L-<id>: never given twice, even after an erasure
  created INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  status  TEXT    NOT NULL,
  owner   TEXT    NOT NULL,                   -- user id; '': nobody yet
  owed    INTEGER NOT NULL CHECK (owed IN (0, 1)),
  next_at INTEGER,                            -- next contact
  next_by TEXT    NOT NULL DEFAULT '',        -- user id; who makes it
  term_at INTEGER,                            -- when the clock has to look at its service levels
  domain  TEXT    NOT NULL,                   -- of its organisation; '': not known, or a free-mail provider
  source   TEXT   NOT NULL DEFAULT '',
  campaign TEXT   NOT NULL DEFAULT '',
  gone    INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1)),   -- 1: part of another lead now, or never meant to be
  asked   INTEGER NOT NULL DEFAULT 0 CHECK (asked IN (0, 1)),  -- 1: began with a mail of its prospect, at `created`
  acted    INTEGER,                           -- when its owner first did something with it; kept with the events
  answered INTEGER,                           -- when its prospect had his first answer; kept with the events
  fields  TEXT    NOT NULL                    -- every value by name, one JSON object; the columns above repeat some of them
) STRICT;
CREATE INDEX lead_by_status ON lead (status);
CREATE INDEX lead_by_owner  ON lead (owner, status);
CREATE INDEX lead_by_next   ON lead (next_at, next_by) WHERE next_at IS NOT NULL;
CREATE INDEX lead_by_term   ON lead (term_at) WHERE term_at IS NOT NULL;
CREATE INDEX lead_by_domain ON lead (domain, id) WHERE domain <> '';
CREATE INDEX lead_owed      ON lead (owed, owner) WHERE owed = 1;
CREATE INDEX lead_replied   ON lead (changed) WHERE status = 'replied';
CREATE INDEX lead_meeting   ON lead (id) WHERE instr(fields, '"event.') > 0;  -- with an event of #event, past or to come

CREATE INDEX lead_report    ON lead (created, gone, asked, status, owner, source, campaign, acted, answered);  -- all a report asks

-- How many leads each owner has in each status, those that are gone left out: least-busy rules, `status` and reports
-- never count a million rows.
CREATE TABLE lead_count (
  owner  TEXT    NOT NULL,
  status TEXT    NOT NULL,
  leads  INTEGER NOT NULL,
  PRIMARY KEY (owner, status)
) STRICT, WITHOUT ROWID;

-- What is offered and sold, as the values of its lead say it (opportunity.1.stage …), so that reports need not read
-- those of every lead.
CREATE TABLE deal (
  lead     INTEGER NOT NULL REFERENCES lead ON DELETE CASCADE,
  kind     TEXT    NOT NULL CHECK (kind IN ('opportunity', 'quotation', 'sale')),  -- sale: ended without an opportunity
  number   INTEGER NOT NULL,                  -- 1, 2 …, of that kind, on that lead
  state    TEXT    NOT NULL,                  -- stage of an opportunity, state of a quotation, 'won' or 'lost'
  since    INTEGER NOT NULL,                  -- when it came into that state
  currency TEXT    NOT NULL,                  -- '': not said
  cents    INTEGER,                           -- NULL: not said
  percent  INTEGER NOT NULL,                  -- how likely it is
  day      TEXT    NOT NULL,                  -- expected close, or last day of validity: 2026-12-22; '': not said
  PRIMARY KEY (lead, kind, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX deal_by_state ON deal (kind, state, since, currency, cents, percent, day);

CREATE TABLE lead_tag (
  tag  TEXT    NOT NULL,                      -- folded as for searching
  lead INTEGER NOT NULL REFERENCES lead,
  PRIMARY KEY (tag, lead)
) STRICT, WITHOUT ROWID;
CREATE INDEX lead_tag_by_lead ON lead_tag (lead);

-- Which leads an address belongs to: follows contact.N.emails.
CREATE TABLE contact_address (
  address TEXT    NOT NULL,                   -- lower case
  lead    INTEGER NOT NULL REFERENCES lead,
  PRIMARY KEY (address, lead)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_address_by_lead ON contact_address (lead);

-- Everything that happened to a lead, in the order of id. Never changed, only erased.
CREATE TABLE event (
  id         INTEGER PRIMARY KEY,
  lead       INTEGER NOT NULL REFERENCES lead,
  at         INTEGER NOT NULL,
  type       TEXT    NOT NULL,
  by         TEXT    NOT NULL,                -- user id, 'prospect', 'rule', 'clock', 'admin'
  cause      TEXT    NOT NULL,
  text       TEXT    NOT NULL,
  message_id TEXT    NOT NULL,                -- of the mail it tells of; '' when it tells of none
  direction  TEXT    NOT NULL CHECK (direction IN ('', 'in', 'out', 'internal')),
  changes    TEXT    NOT NULL,                -- JSON: which values, before and after
  files      TEXT    NOT NULL                 -- JSON: [[name, type, size, sha256], …] that came or went with it
) STRICT;
CREATE INDEX event_by_lead ON event (lead);

-- A mail that was fetched: what was understood of it. Its bytes are in raw.
CREATE TABLE message (
  id           INTEGER PRIMARY KEY,
  fingerprint  TEXT    NOT NULL,              -- Message-ID, Date, From and body: the same in any folder
  message_id   TEXT    NOT NULL,              -- without <>
  lead         INTEGER REFERENCES lead,       -- NULL: belongs to no lead
  mailbox      TEXT    NOT NULL,
  direction    TEXT    NOT NULL CHECK (direction IN ('in', 'out', 'internal')),
  kind         TEXT    NOT NULL,
  received     INTEGER NOT NULL,
  date         INTEGER,                       -- what its Date field says
  from_name    TEXT    NOT NULL,
  from_address TEXT    NOT NULL,
  subject      TEXT    NOT NULL,
  subject_key  TEXT    NOT NULL,
  conversation TEXT    NOT NULL,              -- Outlook's, as hex; '' for all other mail
  reply        TEXT    NOT NULL,              -- new text, without quote and signature
  signature    TEXT    NOT NULL,
  text         TEXT,                          -- the whole body; NULL: the same as reply
  raw_size     INTEGER NOT NULL,
  partial      INTEGER NOT NULL CHECK (partial IN (0, 1))  -- 1: only header and first 256 KiB were taken
) STRICT;
CREATE INDEX message_by_fingerprint ON message (fingerprint) WHERE fingerprint <> '';
CREATE INDEX message_by_subject     ON message (subject_key) WHERE subject_key <> '' AND lead IS NOT NULL;
CREATE INDEX message_by_conversation ON message (conversation) WHERE conversation <> '' AND lead IS NOT NULL;
CREATE INDEX message_by_lead        ON message (lead)        WHERE lead IS NOT NULL;

-- The bytes as they came, in pieces of 1 MiB, each a zstd frame of its own.
CREATE TABLE raw (
  id    INTEGER PRIMARY KEY,
  mail  INTEGER NOT NULL REFERENCES message,
  chunk INTEGER NOT NULL,                     -- 0, 1, 2 …
  bytes BLOB    NOT NULL,
  UNIQUE (mail, chunk)
) STRICT;

-- One row for every message ever seen in a watched folder, with its final outcome.
CREATE TABLE ledger (
  id           INTEGER PRIMARY KEY,
  mailbox      TEXT    NOT NULL,
  folder       TEXT    NOT NULL,
  uid_validity INTEGER NOT NULL,
  uid          INTEGER NOT NULL,
  file         TEXT    NOT NULL,              -- '' unless it was taken from a file, or its UID was given out again
  seen         INTEGER NOT NULL,
  kind         TEXT    NOT NULL,              -- '' when it was never read
  outcome      TEXT    NOT NULL CHECK (outcome IN
                 ('lead', 'threaded', 'rep-answer', 'command', 'bounce', 'automatic', 'calendar', 'list', 'own', 'ignored',
                  'duplicate', 'held', 'quarantined', 'baseline', 'unverified')),
  reason       TEXT    NOT NULL,
  lead         INTEGER REFERENCES lead,
  mail         INTEGER REFERENCES message,    -- NULL: never fetched; a duplicate names the first one
  evidence     TEXT    NOT NULL               -- JSON: [[step, found, decisive], …] as it was weighed
) STRICT;
CREATE UNIQUE INDEX ledger_by_uid  ON ledger (mailbox, folder, uid_validity, uid) WHERE file = '';
CREATE UNIQUE INDEX ledger_by_file ON ledger (mailbox, file) WHERE file <> '';
CREATE INDEX ledger_by_outcome ON ledger (outcome);  -- of which quarantined and held ones are asked for
CREATE INDEX ledger_by_lead    ON ledger (lead) WHERE lead IS NOT NULL;
CREATE INDEX ledger_by_mail    ON ledger (mail) WHERE mail IS NOT NULL;

-- Doubtful mail: waits for an administrator, or has found one. People name it by its number, which is never given twice:
-- an answer may come late. `accepting` has been accepted and is still to be read again; it survives a crash so.
CREATE TABLE held (
  number  INTEGER PRIMARY KEY AUTOINCREMENT,
  ledger  INTEGER NOT NULL UNIQUE REFERENCES ledger,
  sender  TEXT    NOT NULL,                   -- whom a block is about; lower case
  state   TEXT    NOT NULL CHECK (state IN ('waiting', 'accepting', 'accepted', 'blocked')),
  by      TEXT    NOT NULL,                   -- who decided; '' nobody yet
  changed INTEGER NOT NULL
) STRICT;
CREATE INDEX held_open ON held (state, number) WHERE state IN ('waiting', 'accepting');

-- Whose mail is ignored: an address, or '@' and the part of a domain that somebody registered; lower case.
CREATE TABLE blocked_sender (
  pattern TEXT    NOT NULL PRIMARY KEY,
  held    INTEGER NOT NULL REFERENCES held,   -- the mail for which it was blocked; accepting that lifts it
  by      TEXT    NOT NULL,
  at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX blocked_sender_by_held ON blocked_sender (held);

-- What is still to be done on the server to a mail of the inbox that is in the book; written with its ledger row, gone
-- when it is done. A copy begun and not known to have ended is looked for before another one is made.
CREATE TABLE filing (
  mailbox      TEXT    NOT NULL,
  folder       TEXT    NOT NULL,
  uid_validity INTEGER NOT NULL,
  uid          INTEGER NOT NULL,
  target       TEXT    NOT NULL,              -- folder to move it to; '': mark it as read
  message_id   TEXT    NOT NULL,              -- to look for it in the target
  step         TEXT    NOT NULL CHECK (step IN ('waiting', 'copying', 'copied')),
  PRIMARY KEY (mailbox, folder, uid_validity, uid)
) STRICT, WITHOUT ROWID;

-- The ledger's sums, so that `status` never counts millions of rows.
CREATE TABLE ledger_count (
  mailbox   TEXT    NOT NULL,
  outcome   TEXT    NOT NULL,
  sightings INTEGER NOT NULL,
  mails     INTEGER NOT NULL,                 -- those that brought a mail we keep
  last_seen INTEGER NOT NULL,
  PRIMARY KEY (mailbox, outcome)
) STRICT, WITHOUT ROWID;

-- Message-IDs that name a lead: of mails in, of our own mails out, and of mails that a mail of the lead refers to but
-- that we never saw, so that two answers to an unknown mail meet.
CREATE TABLE message_id (
  id     TEXT NOT NULL PRIMARY KEY,           -- without <>
  lead   INTEGER REFERENCES lead,             -- NULL: known, but of no lead
  mail   INTEGER REFERENCES message,          -- NULL: ours, or only referred to
  outbox INTEGER REFERENCES outbox,
  repair INTEGER REFERENCES repair            -- a person said that it belongs to this lead: no other evidence counts
) STRICT, WITHOUT ROWID;
CREATE INDEX message_id_by_lead ON message_id (lead) WHERE lead IS NOT NULL;
CREATE INDEX message_id_by_repair ON message_id (repair) WHERE repair IS NOT NULL;
CREATE INDEX message_id_by_mail ON message_id (mail) WHERE mail IS NOT NULL;
CREATE INDEX message_id_by_outbox ON message_id (outbox) WHERE outbox IS NOT NULL;

-- A decision about threading that a person put right. What it changed on leads stands in their events, with the cause
-- "repair <id>"; what it taught stands in message_id.repair and correction.
CREATE TABLE repair (
  id     INTEGER PRIMARY KEY,
  at     INTEGER NOT NULL,
  by     TEXT    NOT NULL,                    -- user id or 'admin'
  verb   TEXT    NOT NULL CHECK (verb IN ('split', 'move', 'merge')),
  source INTEGER NOT NULL REFERENCES lead,    -- where the mails were
  target INTEGER NOT NULL REFERENCES lead,    -- where they are now
  undone INTEGER                              -- when it was taken back; NULL: it stands
) STRICT;
CREATE INDEX repair_by_source ON repair (source);
CREATE INDEX repair_by_target ON repair (target);

-- Which mails a repair moved.
CREATE TABLE repaired_mail (
  repair INTEGER NOT NULL REFERENCES repair,
  mail   INTEGER NOT NULL REFERENCES message,
  PRIMARY KEY (repair, mail)
) STRICT, WITHOUT ROWID;
CREATE INDEX repaired_mail_by_mail ON repaired_mail (mail);

-- What a repair taught: mail of that writer under that subject, which evidence gives to one lead, belongs to another.
CREATE TABLE correction (
  writer      TEXT    NOT NULL,               -- lower case
  subject_key TEXT    NOT NULL,
  source      INTEGER NOT NULL REFERENCES lead,
  target      INTEGER NOT NULL REFERENCES lead,
  over_thread INTEGER NOT NULL CHECK (over_thread IN (0, 1)),  -- 1: also against tokens and Message-IDs
  repair      INTEGER NOT NULL REFERENCES repair,
  PRIMARY KEY (writer, subject_key, source)
) STRICT, WITHOUT ROWID;
CREATE INDEX correction_by_repair ON correction (repair);
CREATE INDEX correction_by_source ON correction (source);
CREATE INDEX correction_by_target ON correction (target);

-- One row per mail we have promised to send, written in the transaction that made the promise.
CREATE TABLE outbox (
  id         INTEGER PRIMARY KEY,
  lead       INTEGER REFERENCES lead,         -- NULL: a digest, an alert, an answer about many leads
  kind       TEXT    NOT NULL,
  cause      TEXT    NOT NULL UNIQUE,         -- what it answers to: the same cause never makes a second mail
  mailbox    TEXT    NOT NULL,                -- which account sends it
  message_id TEXT    NOT NULL UNIQUE,         -- fixed now, so that every attempt is the same mail
  mail_from  TEXT    NOT NULL,                -- '': null reverse-path
  outside    INTEGER NOT NULL CHECK (outside IN (0, 1)),  -- 1: goes to people who are not users
  author     TEXT    NOT NULL,                -- user whose words or meeting it is; '' for all other mail
  refused    TEXT    NOT NULL,                -- the address whose command this mail refuses; '' for all other mail
  reader     TEXT    NOT NULL,                -- whose mails are counted together and merged above a rate; '': nobody's
  held       INTEGER NOT NULL CHECK (held IN (0, 1)),  -- 1: waits to be merged with other mail to the same reader
  words      TEXT    NOT NULL,                -- our own words in a mail to a user: no answer carries them outside
  sent_copy  TEXT    NOT NULL CHECK (sent_copy IN ('', 'wanted', 'there')),  -- '': none is to be in Sent
  content    BLOB    NOT NULL,                -- the bytes of every attempt, a zstd frame
  created    INTEGER NOT NULL,
  due        INTEGER NOT NULL,
  expires    INTEGER NOT NULL,                -- a stale reminder is worse than none
  next_try   INTEGER                          -- earliest of its waiting recipients; NULL: nothing waits
) STRICT;
CREATE INDEX outbox_due        ON outbox (mailbox, next_try) WHERE next_try IS NOT NULL;
CREATE INDEX outbox_by_lead    ON outbox (lead) WHERE lead IS NOT NULL;
CREATE INDEX outbox_by_reader  ON outbox (reader, created) WHERE reader <> '';
CREATE INDEX outbox_held       ON outbox (mailbox, reader) WHERE held = 1;
CREATE INDEX outbox_sent_copy  ON outbox (mailbox) WHERE sent_copy = 'wanted';
CREATE INDEX outbox_refusals   ON outbox (refused, created) WHERE refused <> '';

-- One row per envelope recipient (RFC 5321 §2.3.1): each succeeds or fails by itself.
CREATE TABLE recipient (
  outbox    INTEGER NOT NULL REFERENCES outbox,
  rcpt_to   TEXT    NOT NULL,
  state     TEXT    NOT NULL CHECK (state IN
              ('waiting', 'sending', 'sending-final', 'delivered', 'deferred', 'failed', 'unknown', 'cancelled')),
  attempts  INTEGER NOT NULL DEFAULT 0,
  next_try  INTEGER NOT NULL,
  changed   INTEGER NOT NULL,                 -- when it came into this state
  reply     TEXT    NOT NULL DEFAULT '',      -- what the server said, or why it was cancelled
  unknowns  INTEGER NOT NULL DEFAULT 0,       -- how often its fate was unknown: nothing is sent again twice
  settled   INTEGER NOT NULL DEFAULT 0 CHECK (settled IN (0, 1)),  -- 1: unknown for good; only a person changes it
  automatic INTEGER NOT NULL CHECK (automatic IN (0, 1)),  -- 1: the machine wrote it to somebody who is not a user
  created   INTEGER NOT NULL,                 -- repeats outbox.created, for the budgets of a day
  PRIMARY KEY (outbox, rcpt_to)
) STRICT, WITHOUT ROWID;
CREATE INDEX recipient_open       ON recipient (state) WHERE state NOT IN ('delivered', 'cancelled');
CREATE INDEX recipient_tried      ON recipient (changed) WHERE attempts > 0;
CREATE INDEX recipient_budget     ON recipient (created) WHERE automatic = 1;
CREATE INDEX recipient_by_address ON recipient (lower(rcpt_to), created) WHERE automatic = 1;

-- What a user's commands of one mail did, so that it can be taken back: its events, the mails it caused.
CREATE TABLE deed (
  id     INTEGER PRIMARY KEY,                 -- what people write behind #undo
  at     INTEGER NOT NULL,
  by     TEXT    NOT NULL,                    -- user id or 'admin'
  verbs  TEXT    NOT NULL,                    -- '#next, #status'
  repair INTEGER REFERENCES repair DEFERRABLE INITIALLY DEFERRED,  -- the repair that was among them, written after it
  undone INTEGER                              -- when it was taken back; NULL: it stands
) STRICT;
CREATE INDEX deed_by_user ON deed (by);
CREATE INDEX deed_by_repair ON deed (repair) WHERE repair IS NOT NULL;

CREATE TABLE deed_event (
  event INTEGER NOT NULL PRIMARY KEY REFERENCES event,
  deed  INTEGER NOT NULL REFERENCES deed
) STRICT;
CREATE INDEX deed_event_by_deed ON deed_event (deed);

CREATE TABLE deed_mail (
  outbox INTEGER NOT NULL PRIMARY KEY REFERENCES outbox,
  deed   INTEGER NOT NULL REFERENCES deed
) STRICT;
CREATE INDEX deed_mail_by_deed ON deed_mail (deed);

-- Days on which a user is not there, as he said by mail; those of the config stand there.
CREATE TABLE absence (
  id        INTEGER PRIMARY KEY,
  user      TEXT    NOT NULL,
  first_day TEXT    NOT NULL,                 -- 2026-12-22, his local days, both included
  last_day  TEXT    NOT NULL,
  deed      INTEGER REFERENCES deed,          -- that said so; taking it back ends it
  ended_by  INTEGER REFERENCES deed           -- that said otherwise; taking it back lets it stand again
) STRICT;
CREATE INDEX absence_by_last_day ON absence (last_day) WHERE ended_by IS NULL;
CREATE INDEX absence_by_deed ON absence (deed) WHERE deed IS NOT NULL;
CREATE INDEX absence_by_ended_by ON absence (ended_by) WHERE ended_by IS NOT NULL;

-- A mail that does what it says only when its writer says so again. Kept by a keyed hash of the word he has to send.
CREATE TABLE awaited (
  mark    TEXT    NOT NULL PRIMARY KEY,
  ledger  INTEGER NOT NULL UNIQUE REFERENCES ledger,
  user    TEXT    NOT NULL,
  asked   INTEGER NOT NULL,
  state   TEXT    NOT NULL CHECK (state IN ('waiting', 'confirmed', 'done'))
) STRICT, WITHOUT ROWID;
CREATE INDEX awaited_confirmed ON awaited (state) WHERE state = 'confirmed';

-- When somebody has to be reminded of a lead. Planned once, done once.
CREATE TABLE reminder (
  lead  INTEGER NOT NULL REFERENCES lead,
  due   INTEGER NOT NULL,                     -- the next contact that it is about: what names it never moves
  user  TEXT    NOT NULL,
  step  TEXT    NOT NULL CHECK (step IN ('remind', 'escalate')),  -- escalate: what follows when it is left alone
  wake  INTEGER NOT NULL,                     -- when to look at it: in his working hours, as they are known now
  state TEXT    NOT NULL CHECK (state IN ('waiting', 'done', 'cancelled')),
  how   TEXT    NOT NULL DEFAULT '',          -- how it ended
  PRIMARY KEY (lead, due, user, step)
) STRICT, WITHOUT ROWID;
CREATE INDEX reminder_waiting ON reminder (wake) WHERE state = 'waiting';

-- How far the digests of each reader got: 'daily ana', 'team mx' …
CREATE TABLE digest (
  reader TEXT    NOT NULL PRIMARY KEY,
  slot   INTEGER NOT NULL,                    -- the period that was done last
  event  INTEGER NOT NULL                     -- the newest event that it knew
) STRICT, WITHOUT ROWID;

-- How far each folder has been read.
CREATE TABLE cursor (
  mailbox      TEXT    NOT NULL,
  folder       TEXT    NOT NULL,
  uid_validity INTEGER NOT NULL,
  last_uid     INTEGER NOT NULL,              -- all UIDs up to here have a ledger row
  baseline_uid INTEGER NOT NULL,              -- UIDs below it are history
  first_epoch  INTEGER NOT NULL CHECK (first_epoch IN (0, 1)),  -- 0: UIDVALIDITY has changed since we know the folder
  began        INTEGER NOT NULL,              -- when we first saw the folder, whatever its UIDVALIDITY was then
  contact      INTEGER NOT NULL,              -- when a message of it was last committed, or when it was first seen
  PRIMARY KEY (mailbox, folder)
) STRICT, WITHOUT ROWID;

-- Rows of files that were imported, so that the same row makes one lead, however often it comes.
CREATE TABLE imported (
  key  TEXT    NOT NULL PRIMARY KEY,          -- SHA-256 of what the row says
  lead INTEGER NOT NULL REFERENCES lead
) STRICT, WITHOUT ROWID;
CREATE INDEX imported_by_lead ON imported (lead);

-- What each rule that gives by turns has given to whom.
CREATE TABLE rotation (
  rule TEXT NOT NULL PRIMARY KEY,
  had  TEXT NOT NULL                          -- JSON: see rotation.h
) STRICT, WITHOUT ROWID;

-- What we learned of an address: dead ones get nothing but a person's own answer.
CREATE TABLE address_state (
  address TEXT    NOT NULL PRIMARY KEY,       -- lower case
  dead    INTEGER NOT NULL CHECK (dead IN (0, 1)),
  why     TEXT    NOT NULL,
  at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who was erased: keyed hashes of addresses and of mails, whose key stands beside the book. Neither a second reading of a
-- mailbox nor an import brings back what was there before that time.
CREATE TABLE erased (
  mark TEXT    NOT NULL PRIMARY KEY,
  at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Copies of the book that were made: an erasure names those that still hold the person.
CREATE TABLE backup (
  file TEXT    NOT NULL PRIMARY KEY,          -- absolute
  at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Full text of mails and events, folded by fold_for_search. It keeps no text and no positions, only which row has which
-- word: rowid is 2 * message.id, or 2 * event.id + 1. What goes is taken out word by word, and an erasure merges the rest
-- into one segment, so that nothing of it stays behind.
CREATE VIRTUAL TABLE search USING fts5 (text, content = '', columnsize = 0, detail = none, tokenize = 'ascii');
