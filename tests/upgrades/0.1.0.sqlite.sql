CREATE TABLE "leases" ("name" text not null primary key, "holder" text not null, "expires_at" integer not null) strict;

CREATE TABLE "migrations" ("name" varchar(255) not null primary key, "timestamp" varchar(255) not null);

CREATE TABLE "migrations_lock" ("id" varchar(255) not null primary key, "is_locked" integer default 0 not null);

CREATE TABLE "users" ("id" text not null primary key, "email" text not null, "hashed_password" text not null, "first_name" text not null, "last_name" text not null, "role" text not null, "created_at" integer not null, "updated_at" integer not null, constraint "users_email_unique" unique ("email")) strict;

CREATE TABLE "sessions" ("id" text not null primary key, "token_hash" text not null, "user_id" text not null, "created_at" integer not null, "last_seen_at" integer not null, "expires_at" integer not null, constraint "sessions_token_hash_unique" unique ("token_hash"), constraint "sessions_user_id_fk" foreign key ("user_id") references "users" ("id") on delete cascade) strict;

CREATE INDEX "sessions_by_user" on "sessions" ("user_id");

CREATE INDEX "sessions_by_expiry" on "sessions" ("expires_at");

insert into migrations (name, timestamp) values ('0001_create_users', '2026-11-22T19:04:39.789Z');

insert into migrations (name, timestamp) values ('0002_create_sessions', '2026-11-22T19:04:39.790Z');

insert into migrations (name, timestamp) values ('0003_index_sessions_by_user', '2026-11-22T19:04:39.791Z');

insert into migrations (name, timestamp) values ('0004_index_sessions_by_expiry', '2026-11-22T19:04:39.792Z');

insert into migrations_lock (id, is_locked) values ('migration_lock', 0);

insert into users (id, email, hashed_password, first_name, last_name, role, created_at, updated_at) values ('01a204a5-6cc4-7c5a-8ae6-633a19e7f0cb', 'ada@example.org', '$argon2id$v=19$m=19456,t=2,p=1$emVv4I0oFqN2gbqAtvZ8Xw$6VZKCRj1BDgOHGaZaMGdaECYbmFJl/SWlkLMhGEm1j4', 'Ada', 'Lovelace', 'user', 1795374279872, 1795374279872);
