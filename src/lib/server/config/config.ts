import { BlockList, isIP } from 'node:net';
import { type AccountConfig, readAccount } from './account.ts';
import { type ClientConfig, readClients } from './clients.ts';
import { ConfigError } from './config-error.ts';
import { type MailConfig, readMail } from './mail.ts';
import { type MysqlConfig, readMysql } from './mysql.ts';
import { type RateLimits, readRateLimits } from './limits.ts';
import { refuseOldNames } from './renamed.ts';
import { readSigning, type SigningConfig } from './signing.ts';
import { readTls, type TlsConfig } from './tls.ts';
import { SettingValues } from './values.ts';

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export interface Config extends SigningConfig, AccountConfig, MailConfig {
	database: MysqlConfig | { engine: 'sqlite' };
	dataDir: string;
	/** Lower-case host names without port; `undefined` allows every host. */
	allowedHosts: ReadonlySet<string> | undefined;
	/** `scheme://host[:port]` */
	origin: string;
	tokenAudience: string;
	host: string;
	port: number;
	/** Unset without a certificate: the service then uses HTTP. */
	tls: TlsConfig | undefined;
	trustedProxies: BlockList;
	/** Clients that may introspect tokens. */
	clients: readonly ClientConfig[];
	appName: string;
	passwordMinLength: number;
	/** Memory for password hashing, in MiB. */
	hashMemoryMb: number;
	/** Milliseconds that a hash request may wait. */
	hashQueueMs: number;
	/** Unset when limits are off. */
	rateLimits: RateLimits | undefined;
	logLevel: (typeof logLevels)[number];
	/** Settings that are accepted but probably not intended. */
	warnings: string[];
}

/**
 * Reads every setting of `docs/settings.md`.
 *
 * @throws ConfigError with all mistakes
 */
export function parseConfig(env: Record<string, string | undefined>): Config {
	const values = new SettingValues(env);
	const warnings: string[] = [];
	refuseOldNames(values, warnings);
	const port = values.integer('PORT', { fallback: 3000, min: 1, max: 65535 });
	const database = readMysql(values, warnings) ?? { engine: 'sqlite' as const };
	const tls = readTls(values);
	const appName = values.text('APP_NAME') ?? 'User Management';
	const origin =
		readOrigin(values, tls) ?? (tls ? `https://localhost:${tls.port}` : `http://localhost:${port}`);
	const config: Config = {
		database,
		dataDir: values.text('DATA_DIR') ?? 'data',
		...readSigning(values, database.engine, warnings),
		allowedHosts: readAllowedHosts(values),
		origin,
		tokenAudience: values.text('TOKEN_AUDIENCE') ?? origin,
		host: values.text('HOST') ?? '0.0.0.0',
		port,
		tls,
		trustedProxies: readTrustedProxies(values),
		clients: readClients(values),
		appName,
		// NIST SP 800-63B-4 §3.1.1.2: at least 8, or at least 15 if the password is the only factor.
		passwordMinLength: values.integer('PASSWORD_MIN_LENGTH', { fallback: 8, min: 8, max: 128 }),
		// One hash takes 19 MiB.
		hashMemoryMb: values.integer('HASH_MEMORY_MB', { fallback: 256, min: 19, max: 65_536 }),
		hashQueueMs: values.integer('HASH_QUEUE_MS', { fallback: 2000, min: 50, max: 60_000 }),
		...readAccount(values),
		...readMail(values, { appName, engine: database.engine }, warnings),
		rateLimits: readRateLimits(values, warnings),
		logLevel: values.choice('LOG_LEVEL', logLevels, 'info'),
		warnings
	};
	if (config.emailVerification === 'required' && !config.smtp && !config.devMail) {
		warnings.push(
			'EMAIL_VERIFICATION is "required" but SMTP_URL is not set: new users will not be able to log in'
		);
	}
	if (tls?.port === port)
		values.report('TLS_PORT', `${port} is also PORT: HTTP and HTTPS need different ports`);
	if (values.problems.length > 0) throw new ConfigError(values.problems);
	return config;
}

function readAllowedHosts(values: SettingValues): ReadonlySet<string> | undefined {
	const names = values.list('ALLOWED_HOSTS');
	if (!names || names.includes('*')) return undefined;
	for (const name of names) {
		const bare = name.replace(/^\[(.*)\]$/, '$1');
		if (isIP(bare) === 0 && !/^[\p{L}\p{N}._-]+$/u.test(name)) {
			values.report(
				'ALLOWED_HOSTS',
				`"${name}" is not a host name: write names such as example.org, without port`
			);
		}
	}
	return new Set(names.map(toHostName));
}

/** As in a `Host` header: lower case, punycode, IPv6 in brackets, no trailing dot. */
function toHostName(name: string): string {
	const host = isIP(name) === 6 ? `[${name}]` : name;
	const spelled = URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : host;
	return spelled.replace(/\.$/, '').toLowerCase();
}

function readOrigin(values: SettingValues, tls: TlsConfig | undefined): string | undefined {
	const text = values.text('ORIGIN');
	if (!text) return undefined;
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (!url || !/^https?:$/.test(url.protocol) || url.href !== `${url.origin}/`) {
		values.report('ORIGIN', `"${text}" is not an origin: write https://example.org, without a path`);
	} else if (tls && url.protocol === 'http:') {
		values.report(
			'ORIGIN',
			`"${text}" is http, but there is a certificate and HTTP redirects to ORIGIN: write https://…`
		);
	}
	return url?.origin;
}

function readTrustedProxies(values: SettingValues): BlockList {
	const proxies = new BlockList();
	for (const entry of values.list('TRUSTED_PROXIES') ?? []) {
		const [address = '', prefix, ...rest] = entry.split('/');
		const version = isIP(address);
		const widest = version === 6 ? 128 : 32;
		const bits = prefix === undefined ? widest : /^\d{1,3}$/.test(prefix) ? Number(prefix) : NaN;
		if (
			version === 0 ||
			prefix === '' ||
			rest.length > 0 ||
			!Number.isInteger(bits) ||
			bits < 0 ||
			bits > widest
		) {
			values.report('TRUSTED_PROXIES', `"${entry}" is not an address or range: write 10.0.0.7 or 10.0.0.0/8`);
			continue;
		}
		proxies.addSubnet(address, bits, version === 6 ? 'ipv6' : 'ipv4');
	}
	return proxies;
}
