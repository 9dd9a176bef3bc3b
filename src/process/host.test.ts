import { expect, test } from 'vitest';
import { parseHostName } from './host.ts';

test.for([
	['localhost', 'localhost'],
	['localhost:3000', 'localhost'],
	['Id.Example.ORG:443', 'id.example.org'],
	['id.example.org.', 'id.example.org'],
	['id.example.org.:3000', 'id.example.org'],
	['127.0.0.1:3000', '127.0.0.1'],
	['[::1]:3000', '[::1]'],
	['[FD00::1]', '[fd00::1]'],
	['my_host', 'my_host']
])('%s is the host %s', ([header, name]) => {
	expect(parseHostName(header)).toBe(name);
});

test.for([
	[undefined],
	[''],
	[' '],
	[':3000'],
	['a b'],
	['id.example.org/path'],
	['ada@id.example.org'],
	['id.example.org?x'],
	['id.example.org#x'],
	['id.example.org\\x'],
	['id.example.org:'],
	['id.example.org:http'],
	['id.example.org:123456'],
	['id.example.org:99999'],
	['::1'],
	['[::1'],
	['[::1]x'],
	['[zz]'],
	['a%2fb'],
	['https://id.example.org'],
	['id.example.org, evil.example']
])('%j is no host', ([header]) => {
	expect(parseHostName(header)).toBeUndefined();
});
