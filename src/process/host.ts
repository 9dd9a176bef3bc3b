/**
 * The host name of a `Host` header in lower case and without its port; undefined for an invalid header (RFC 9110 §7.2).
 */
export function parseHostName(host: string | undefined): string | undefined {
	if (!host || !/^(?:\[[\da-f:.]+\]|[^\s/?#@[\]\\:%]+)(?::\d{1,5})?$/i.test(host)) return undefined;
	if (!URL.canParse(`http://${host}`)) return undefined;
	return host.replace(/:\d+$/, '').replace(/\.$/, '').toLowerCase();
}
