/**
 * Tells PostgreSQL's planner how the rows of the journal's tables are spread before there are any. It plans a statement
 * when it is first run and again when autovacuum has looked at a table, a minute later at best: on empty tables every
 * index seems as good as the other, and the first cycle of a big application would go through all rows for each
 * (measured: 1.4 s instead of 5 ms for a page of 1,000 members). The rows are gone again, what was learnt stays:
 * that an application has half of a table, and a group a quarter, whichever it is.
 */
export const plannerStatistics = `
INSERT INTO link (application, type, id, target_id, label, state, source_version, members_version, mappings_hash,
  adopted, delete_at, linked_at, sent, echoed)
  SELECT n, CASE n % 10 WHEN 0 THEN 'Group' ELSE 'User' END, md5('id' || n), md5('target' || n), md5('label' || n),
    CASE n % 20 WHEN 0 THEN 'disabled' ELSE 'active' END, n, 1, 'hash', 0, CASE n % 100 WHEN 0 THEN n END, n,
    repeat('s', 200), repeat('e', 200)
  FROM generate_series(1, 2000) AS n;
INSERT INTO membership (application, group_id, member_id, member_type, wanted, present, linked)
  SELECT n, md5('group' || n), md5('id' || n), 'User', 1, CASE n % 10 WHEN 0 THEN 0 ELSE 1 END, 1
  FROM generate_series(1, 2000) AS n;
INSERT INTO reference (application, type, id, path, wanted, sent, pending)
  SELECT n, 'User', md5('id' || n), 'manager', md5('id' || n / 10), md5('target' || n),
    CASE n % 100 WHEN 0 THEN 1 ELSE 0 END
  FROM generate_series(1, 2000) AS n;
INSERT INTO intent (application, type, id, verb, at)
  SELECT n, 'User', md5('id' || n), 'update', n FROM generate_series(1, 2000) AS n;
INSERT INTO escrow (application, type, id, kind, code, message, attempts, first_at, next_at)
  SELECT n, 'User', md5('id' || n), 'entry', 'BadRequest', md5('message' || n), 1, n, n
  FROM generate_series(1, 2000) AS n;
INSERT INTO staged (application, type, id, action, label, reason, at, state)
  SELECT n, 'User', md5('id' || n), 'delete', md5('label' || n), 'reason', n,
    CASE n % 10 WHEN 0 THEN 'waiting' ELSE 'rejected' END
  FROM generate_series(1, 2000) AS n;
INSERT INTO provisioning_log (application, at, cycle, type, id, target_id, label, folded_label, action, status,
  duration_ms, attempts, reason, steps, modified, exchanges)
  SELECT n, n, 'cycle', 'User', md5('id' || n), md5('target' || n), md5('label' || n), md5('label' || n), 'update',
    CASE n % 20 WHEN 0 THEN 'failure' ELSE 'success' END, 1, 1, 'reason', repeat('s', 500), repeat('m', 500),
    repeat('e', 500)
  FROM generate_series(1, 2000) AS n;
ALTER TABLE link ALTER COLUMN application SET (n_distinct = 2);
ALTER TABLE membership ALTER COLUMN application SET (n_distinct = 2);
ALTER TABLE reference ALTER COLUMN application SET (n_distinct = 2);
ALTER TABLE intent ALTER COLUMN application SET (n_distinct = 2);
ALTER TABLE escrow ALTER COLUMN application SET (n_distinct = 2);
ALTER TABLE staged ALTER COLUMN application SET (n_distinct = 2);
ALTER TABLE provisioning_log ALTER COLUMN application SET (n_distinct = 2);
ALTER TABLE membership ALTER COLUMN group_id SET (n_distinct = 4);
ANALYZE link, membership, reference, intent, escrow, staged, provisioning_log;
ALTER TABLE link ALTER COLUMN application RESET (n_distinct);
ALTER TABLE membership ALTER COLUMN application RESET (n_distinct);
ALTER TABLE reference ALTER COLUMN application RESET (n_distinct);
ALTER TABLE intent ALTER COLUMN application RESET (n_distinct);
ALTER TABLE escrow ALTER COLUMN application RESET (n_distinct);
ALTER TABLE staged ALTER COLUMN application RESET (n_distinct);
ALTER TABLE provisioning_log ALTER COLUMN application RESET (n_distinct);
ALTER TABLE membership ALTER COLUMN group_id RESET (n_distinct);
TRUNCATE link, membership, reference, intent, escrow, staged, provisioning_log RESTART IDENTITY;
`;
