-- Answers to requests that carried an `Idempotency-Key`: the same request again gets the same answer, and its work is done once.
create table answered_request (
  workspace_id text not null references workspace (id),
  key text not null,
  -- Of method, address and body, under the vault's key: a body may hold a secret.
  fingerprint text not null,
  status smallint not null,
  answer text,
  created_at bigint not null,
  primary key (workspace_id, key)
);

create index answered_request_prune on answered_request (created_at);

-- What the lists of trouble are read by.
create index delivery_by_state on delivery (workspace_id, state, created_at desc, id desc)
  where state not in ('sent', 'handed-over', 'delivered', 'read', 'cancelled');
create index notice_newest on notice (workspace_id, window_from desc, id desc);
