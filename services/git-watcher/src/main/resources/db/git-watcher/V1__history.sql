-- Each statement bears that it was carried out before: Flyway notes a migration after its commit, and a kill may come in between.

create table if not exists revisions (
    id            bigint generated always as identity primary key,
    namespace     text        not null,
    name          text        not null,
    revision      text        not null,
    previous      text,
    commit_id     text        not null,
    author        text        not null,
    email         text        not null,
    message       text        not null,
    committed_at  timestamptz not null,
    observed_at   timestamptz not null,
    changed_paths text[]      not null,
    truncated     boolean     not null
);
create index if not exists revisions_by_source on revisions (namespace, name, observed_at desc);
create index if not exists revisions_by_age on revisions (observed_at);

create table if not exists fetches (
    id          bigint generated always as identity primary key,
    namespace   text        not null,
    name        text        not null,
    cause       text        not null,
    result      text        not null,
    message     text,
    revision    text,
    millis      bigint      not null,
    ended_at    timestamptz not null
);
create index if not exists fetches_by_source on fetches (namespace, name, ended_at desc);
create index if not exists fetches_by_age on fetches (ended_at);

create table if not exists deliveries (
    id          bigint generated always as identity primary key,
    namespace   text        not null,
    receiver    text        not null,
    type        text        not null,
    delivery_id text        not null,
    event       text,
    verdict     text        not null,
    reason      text,
    bytes       integer     not null,
    received_at timestamptz not null
);
create index if not exists deliveries_by_receiver on deliveries (namespace, receiver, received_at desc);
create index if not exists deliveries_by_age on deliveries (received_at);
