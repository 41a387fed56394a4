-- Which lanes are busy is looked up once for a claim: looked up for each row that waits, a long queue in one lane made
-- each claim slow, for all lanes.
create or replace function claim_work(claimed_lease uuid, due_at bigint, most integer, lease_ms integer)
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
