/** What an error number of MySQL or MariaDB means for the service, where the statement itself is not at fault. */
export type MysqlErrorClass =
	/** The server, the cluster node or a proxy in between does not serve this connection any more. */
	| 'disconnected'
	/** The server accepts no writes, such as one that a failover has demoted. */
	| 'read_only'
	/** No space is left for data, or the disk fails. */
	| 'storage'
	/** A limit of the server or the account is reached: memory, connections, statements, locks. */
	| 'exhausted'
	/** The statement took too long or was stopped, or its transaction conflicts with another one. */
	| 'interrupted';

/**
 * From the lists of errors of MySQL 9.7 and MariaDB 10.11, without those of features that the service does not use
 * (replication commands, XA, events, clones). Refused connections need no list: each of them counts as temporary.
 */
const errors: Record<MysqlErrorClass, readonly number[]> = {
	disconnected: [
		1047, // ER_UNKNOWN_COM_ERROR: Galera's "WSREP has not yet prepared node"
		1053, // ER_SERVER_SHUTDOWN
		1077, // ER_NORMAL_SHUTDOWN
		1079, // ER_SHUTDOWN_COMPLETE
		1152, // ER_ABORTING_CONNECTION
		1154, // ER_NET_READ_ERROR_FROM_PIPE
		1155, // ER_NET_FCNTL_ERROR
		1156, // ER_NET_PACKETS_OUT_OF_ORDER
		1158, // ER_NET_READ_ERROR
		1159, // ER_NET_READ_INTERRUPTED
		1160, // ER_NET_ERROR_ON_WRITE
		1161, // ER_NET_WRITE_INTERRUPTED
		1184, // ER_NEW_ABORTING_CONNECTION
		1927, // ER_CONNECTION_KILLED (MariaDB)
		2002, // CR_CONNECTION_ERROR, from a proxy, as the next four
		2003, // CR_CONN_HOST_ERROR
		2006, // CR_SERVER_GONE_ERROR
		2013, // CR_SERVER_LOST
		2055, // CR_SERVER_LOST_EXTENDED
		3032, // ER_SERVER_OFFLINE_MODE
		3168, // ER_SERVER_ISNT_AVAILABLE
		3169, // ER_SESSION_WAS_KILLED
		4031, // ER_CLIENT_INTERACTION_TIMEOUT: the server closes idle connections
		9001, // ProxySQL: no server of the hostgroup answers in time
		9002 // ProxySQL: no server of the hostgroup can be connected to
	],
	read_only: [
		1036, // ER_OPEN_AS_READONLY
		1207, // ER_READ_ONLY_TRANSACTION
		1290, // ER_OPTION_PREVENTS_STATEMENT: --read-only, --super-read-only
		1792, // ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION
		1836, // ER_READ_ONLY_MODE
		1874, // ER_INNODB_READ_ONLY
		3100, // ER_RUN_HOOK_ERROR: Group Replication refuses the commit
		3101, // ER_TRANSACTION_ROLLBACK_DURING_COMMIT: Group Replication rolled it back
		3989 // ER_SCHEMA_READ_ONLY
	],
	storage: [
		3, // EE_WRITE
		20, // EE_DISK_FULL
		1021, // ER_DISK_FULL
		1026, // ER_ERROR_ON_WRITE
		1030, // ER_GET_ERRNO: the storage engine reports an error of the system
		1114, // ER_RECORD_FILE_FULL: also InnoDB on a full disk
		1598, // ER_BINLOG_LOGGING_IMPOSSIBLE
		1811, // ER_IO_WRITE_ERROR
		1878, // ER_TEMP_FILE_WRITE_FAILURE
		3019, // ER_INNODB_UNDO_LOG_FULL
		3675 // ER_DISK_FULL_NOWAIT
	],
	exhausted: [
		5, // EE_OUTOFMEMORY
		23, // EE_OUT_OF_FILERESOURCES
		1037, // ER_OUTOFMEMORY
		1038, // ER_OUT_OF_SORTMEMORY
		1040, // ER_CON_COUNT_ERROR
		1041, // ER_OUT_OF_RESOURCES
		1119, // ER_STACK_OVERRUN
		1129, // ER_HOST_IS_BLOCKED
		1135, // ER_CANT_CREATE_THREAD
		1197, // ER_TRANS_CACHE_FULL: the cache of the binary log
		1203, // ER_TOO_MANY_USER_CONNECTIONS
		1206, // ER_LOCK_TABLE_FULL
		1226, // ER_USER_LIMIT_REACHED: MAX_QUERIES_PER_HOUR and the like
		1436, // ER_STACK_OVERRUN_NEED_MORE
		1461, // ER_MAX_PREPARED_STMT_COUNT_REACHED
		1637, // ER_TOO_MANY_CONCURRENT_TRXS
		1705, // ER_STMT_CACHE_FULL
		3015, // ER_ENGINE_OUT_OF_MEMORY
		3170, // ER_CAPACITY_EXCEEDED
		3985, // ER_MDL_OUT_OF_RESOURCES
		4081, // ER_DA_GLOBAL_CONN_LIMIT
		4082 // ER_DA_CONN_LIMIT
	],
	interrupted: [
		1028, // ER_FILSORT_ABORT
		1099, // ER_TABLE_NOT_LOCKED_FOR_WRITE: an administrator locks tables
		1180, // ER_ERROR_DURING_COMMIT
		1205, // ER_LOCK_WAIT_TIMEOUT
		1213, // ER_LOCK_DEADLOCK
		1223, // ER_CANT_UPDATE_WITH_READLOCK: an administrator takes a backup
		1297, // ER_GET_TEMPORARY_ERRMSG
		1317, // ER_QUERY_INTERRUPTED
		1614, // ER_XA_RBDEADLOCK
		1689, // ER_LOCK_ABORTED
		1969, // ER_STATEMENT_TIMEOUT (MariaDB)
		3024, // ER_QUERY_TIMEOUT
		3058, // ER_USER_LOCK_DEADLOCK
		3572 // ER_LOCK_NOWAIT
	]
};

const classes = new Map(
	Object.entries(errors).flatMap(([name, numbers]) =>
		numbers.map((number) => [number, name as MysqlErrorClass] as const)
	)
);

/** @returns undefined when the statement itself is at fault, or the number is unknown */
export function classifyMysqlError(number: number): MysqlErrorClass | undefined {
	return classes.get(number);
}
