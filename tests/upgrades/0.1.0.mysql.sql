CREATE TABLE `users` (
  `id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `email` varchar(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `hashed_password` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `first_name` varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `last_name` varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `role` char(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `created_at` bigint NOT NULL,
  `updated_at` bigint NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `users_email_unique` (`email`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `leases` (
  `name` char(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `holder` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `expires_at` bigint NOT NULL,
  PRIMARY KEY (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `migrations` (
  `name` varchar(255) NOT NULL,
  `timestamp` varchar(255) NOT NULL,
  PRIMARY KEY (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE `migrations_lock` (
  `id` varchar(255) NOT NULL,
  `is_locked` int NOT NULL DEFAULT '0',
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE `sessions` (
  `id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `token_hash` char(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `user_id` char(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `created_at` bigint NOT NULL,
  `last_seen_at` bigint NOT NULL,
  `expires_at` bigint NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `sessions_token_hash_unique` (`token_hash`),
  KEY `sessions_by_user` (`user_id`),
  KEY `sessions_by_expiry` (`expires_at`),
  CONSTRAINT `sessions_user_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

insert into users (id, email, hashed_password, first_name, last_name, role, created_at, updated_at) values ('01a204a5-6fa3-7beb-8efc-3253401d46ee', 'ada@example.org', '$argon2id$v=19$m=19456,t=2,p=1$gz9HPtVEVvDjgjhYqR0n1Q$EnCzGGqU0IYCrBJGj6hVeGDPUjq7Q2uv4x3bk4cxXJM', 'Ada', 'Lovelace', 'user', 1795374280607, 1795374280607);

insert into migrations (name, timestamp) values ('0001_create_users', '2026-11-22T19:04:40.540Z');

insert into migrations (name, timestamp) values ('0002_create_sessions', '2026-11-22T19:04:40.548Z');

insert into migrations (name, timestamp) values ('0003_index_sessions_by_user', '2026-11-22T19:04:40.563Z');

insert into migrations (name, timestamp) values ('0004_index_sessions_by_expiry', '2026-11-22T19:04:40.570Z');

insert into migrations_lock (id, is_locked) values ('migration_lock', 0);
