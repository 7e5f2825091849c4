create table revision (
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
create index revision_by_source on revision (namespace, name, observed_at desc);
create index revision_by_age on revision (observed_at);

create table fetch (
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
create index fetch_by_source on fetch (namespace, name, ended_at desc);
create index fetch_by_age on fetch (ended_at);

create table delivery (
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
create index delivery_by_receiver on delivery (namespace, receiver, received_at desc);
create index delivery_by_age on delivery (received_at);
