import { MysqlAdapter, type Kysely, type RawBuilder, sql } from 'kysely';

/** The column types of the migrations, for every engine. */
export interface ColumnTypes {
	/** ASCII, compared byte by byte: ids and hashes in hex. */
	ascii(length: number): RawBuilder<unknown>;
	/** Unicode, compared byte by byte, so that `é` differs from `e`. */
	text(length: number): RawBuilder<unknown>;
	/** Epoch milliseconds. */
	time: RawBuilder<unknown>;
	/** The options at the end of CREATE TABLE. */
	tableOptions: RawBuilder<unknown>;
}

/** A database with any tables. */
type AnyDb = Pick<Kysely<unknown>, 'getExecutor'>;

export function columnTypes(db: AnyDb): ColumnTypes {
	if (!isMysql(db)) {
		const text = () => sql`text`;
		return { ascii: text, text, time: sql`integer`, tableOptions: sql`strict` };
	}
	return {
		ascii: (length) => sql`char(${sql.lit(length)}) character set ascii collate ascii_bin`,
		text: (length) => sql`varchar(${sql.lit(length)}) character set utf8mb4 collate utf8mb4_bin`,
		time: sql`bigint`,
		tableOptions: sql`engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin`
	};
}

export function isMysql(db: AnyDb): boolean {
	return db.getExecutor().adapter instanceof MysqlAdapter;
}
