-- Instants are milliseconds since 1970 by the server's clock; leases alone go by the database's clock.

create table workspace (
  id text primary key,
  name text not null,
  created_at bigint not null
);

create table hook_key (
  workspace_id text not null references workspace (id),
  id uuid not null,
  sealed bytea not null,
  created_at bigint not null,
  retires_at bigint,
  primary key (workspace_id, id)
);

create table api_token (
  workspace_id text not null references workspace (id),
  id uuid not null,
  hash bytea not null unique,
  scopes text[] not null,
  name text not null,
  created_at bigint not null,
  primary key (workspace_id, id)
);

-- Work to be done, now or later. A finished row is deleted; history lives with deliveries.
create table work (
  id bigint generated always as identity primary key,
  workspace_id text not null,
  kind text not null,
  -- At most one row of a lane runs at a time, the oldest due one first.
  lane text,
  -- One waiting row per key: planning it again moves it.
  key text,
  payload jsonb not null,
  run_at bigint not null,
  attempt integer not null default 0,
  lease uuid,
  leased_until timestamptz
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

create unique index work_by_key on work (key) where key is not null and lease is null;
create index work_due on work (run_at, id) where lease is null;
create index work_by_lane on work (lane, run_at, id) where lane is not null;
create index work_leased on work (leased_until) where lease is not null;

create table integration (
  workspace_id text not null references workspace (id),
  id uuid not null,
  provider text not null,
  fingerprint text not null,
  settings jsonb not null,
  secrets bytea not null,
  memory bytea,
  status text not null,
  breaker jsonb,
  last_ok_at bigint,
  last_error_at bigint,
  last_error jsonb,
  created_at bigint not null,
  primary key (workspace_id, id),
  unique (workspace_id, provider, fingerprint)
);

-- A booking-event URL with its parameters: one that was stored, or one that was met with everything in its query.
create table hook (
  workspace_id text not null references workspace (id),
  id text not null unique,
  kind text not null,
  fingerprint text not null,
  parameters bytea not null,
  is_stored boolean not null,
  created_at bigint not null,
  removed_at bigint,
  primary key (workspace_id, id),
  unique (workspace_id, fingerprint)
);

create table intake_event (
  workspace_id text not null,
  id uuid not null,
  source text not null,
  external_id text,
  hook_id text,
  received_at bigint not null,
  content_type text,
  -- 0: as received, 1: zstd
  encoding smallint not null,
  body bytea not null,
  state text not null default 'received',
  reason jsonb,
  booking_id uuid,
  processed_at bigint,
  primary key (workspace_id, id)
);

create unique index intake_event_once on intake_event (workspace_id, source, external_id) where external_id is not null;
create index intake_event_newest on intake_event (workspace_id, received_at desc, id desc);
create index intake_event_by_state on intake_event (workspace_id, state, received_at desc) where state in ('received', 'quarantined');
create index intake_event_prune on intake_event (received_at);

-- What was done for one event's key, and when first: a repeat within the window does nothing.
create table once (
  workspace_id text not null,
  key bytea not null,
  first_at bigint not null,
  intake_event_id uuid not null,
  primary key (workspace_id, key)
);

create index once_prune on once (first_at);

create table booking (
  workspace_id text not null references workspace (id),
  id uuid not null,
  source text not null,
  external_id text not null,
  version bigint,
  state text not null,
  starts_at bigint,
  ends_at bigint,
  number text,
  snapshot jsonb not null,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (workspace_id, id),
  unique (workspace_id, source, external_id)
);

create index booking_by_start on booking (workspace_id, starts_at);
create index booking_newest on booking (workspace_id, updated_at desc, id desc);

create table delivery (
  workspace_id text not null references workspace (id),
  id uuid not null,
  kind text not null,
  state text not null,
  integration_id uuid,
  hook_id text,
  booking_id uuid,
  intake_event_id uuid,
  access_code_id uuid,
  target jsonb not null,
  -- Address and text, sealed: a text may hold a door code.
  payload bytea not null,
  recipient text not null,
  attempt integer not null default 0,
  -- How far up the retry ladder; waits that the vendor asked for do not count.
  ladder_step integer not null default 0,
  part integer not null default 0,
  parts integer not null default 1,
  remote_ids text[] not null default '{}',
  tried_at bigint,
  is_trying boolean not null default false,
  next_try_at bigint,
  deadline_at bigint,
  detail jsonb,
  created_at bigint not null,
  finished_at bigint,
  primary key (workspace_id, id)
);

create index delivery_by_booking on delivery (workspace_id, booking_id);
create index delivery_newest on delivery (workspace_id, created_at desc, id desc);
create index delivery_by_remote on delivery using gin (remote_ids);

create table attempt (
  workspace_id text not null,
  delivery_id uuid not null,
  number integer not null,
  started_at bigint not null,
  finished_at bigint,
  act text not null,
  outcome text,
  detail jsonb,
  -- Masked requests and answers.
  exchanges jsonb,
  primary key (workspace_id, delivery_id, number)
);

create index attempt_prune on attempt (started_at) where exchanges is not null;

create table access_code (
  workspace_id text not null references workspace (id),
  id uuid not null,
  booking_id uuid not null,
  hook_id text not null,
  integration_id uuid not null,
  digits bytea not null,
  -- Grows with each new set of digits.
  generation integer not null default 1,
  -- Start as the booking has it, before the floor of ten minutes after receipt, which is counted once.
  wished_from bigint not null,
  valid_from bigint not null,
  valid_to bigint not null,
  keep_until bigint not null,
  is_wanted boolean not null,
  -- What the guest and the order's description were told last.
  told text,
  is_described boolean not null default false,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (workspace_id, id),
  unique (workspace_id, booking_id, hook_id)
);

create index access_code_by_time on access_code (workspace_id, valid_from);

create table access_code_lock (
  workspace_id text not null,
  access_code_id uuid not null,
  lock_id text not null,
  delivery_id uuid not null,
  is_wanted boolean not null default true,
  state text not null,
  gateway text,
  lock_name text,
  -- What stands on the lock as far as is known: remoteId, generation, validFrom, validTo, isConfirmed, isOffline.
  placed jsonb,
  -- The vendor's own digits, where its offline code stands in for ours.
  offline_digits bytea,
  -- Remote ids of earlier codes that still have to go.
  leftovers jsonb not null default '[]',
  -- An act that was begun and whose outcome is not stored: it is settled before anything else.
  pending jsonb,
  ladder_step integer not null default 0,
  -- For which wish a person was told that it is late.
  alarmed_for text,
  primary key (workspace_id, access_code_id, lock_id)
);

create index access_code_lock_by_lock on access_code_lock (workspace_id, lock_id);

-- Trouble to be mailed: one mail per hook and cause in a window.
create table notice (
  workspace_id text not null,
  id uuid not null,
  hook_id text not null,
  cause text not null,
  window_from bigint not null,
  count integer not null,
  lines jsonb not null,
  state text not null,
  sent_at bigint,
  primary key (workspace_id, id)
);

create index notice_open on notice (workspace_id, hook_id, cause, window_from desc);

-- The timeline of everything, and the live feed: read in the order (tx, id), so that nobody's commit is passed over.
create table activity (
  workspace_id text not null,
  id bigint generated always as identity,
  tx xid8 not null default pg_current_xact_id(),
  at bigint not null,
  booking_id uuid,
  hook_id text,
  intake_event_id uuid,
  delivery_id uuid,
  access_code_id uuid,
  mark text not null,
  text jsonb not null,
  primary key (workspace_id, id)
);

create index activity_feed on activity (workspace_id, tx, id);
create index activity_by_intake on activity (workspace_id, intake_event_id, id) where intake_event_id is not null;
create index activity_by_booking on activity (workspace_id, booking_id, id) where booking_id is not null;

-- Work is claimed by one node at a time: each statement of this function sees what the claim before it has committed.
-- Claims are made all the time, so few rows are looked at first, and more only when those are of busy lanes. Which lanes
-- are busy is looked up once: looked up for each row that waits, a long queue in one lane made each claim slow.
create function claim_work(claimed_lease uuid, due_at bigint, most integer, lease_ms integer)
returns setof work language plpgsql volatile as $$
declare
  scanned integer := greatest(most * 2, 32);
  heads bigint[];
  seen integer;
  busy text[];
begin
  -- Not waited for to be on disk: what a claimed job does is, and a claim that a crash takes back is made again.
  perform set_config('synchronous_commit', 'off', true);
  perform pg_advisory_xact_lock(7234001);
  busy := array(select lane from work where lease is not null and lane is not null);
  for pass in 1..3 loop
    select array_agg(id order by run_at, id), coalesce(max(window_size), 0) into heads, seen
    from (
      select id, run_at, window_size from (
        select due.id, due.run_at, count(*) over () as window_size,
          row_number() over (partition by coalesce(due.lane, due.id::text) order by due.run_at, due.id) as place
        from (
          select w.id, w.lane, w.run_at from work w
          where w.lease is null and w.run_at <= due_at
            and (w.lane is null or w.lane <> all (busy))
          order by w.run_at, w.id
          limit scanned
        ) due
      ) placed
      where place = 1
      order by run_at, id
      limit most
    ) chosen;
    exit when coalesce(cardinality(heads), 0) >= most or seen < scanned;
    -- One lane fills the whole window: look further, in the end at all that is due, so that it holds up nobody else.
    scanned := case pass when 1 then scanned * 20 else 1000000 end;
  end loop;
  return query
    update work set lease = claimed_lease, leased_until = clock_timestamp() + lease_ms * interval '1 millisecond',
      attempt = attempt + 1
    where id = any (heads) and lease is null
    returning *;
end
$$;
