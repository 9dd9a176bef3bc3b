import argon2 from 'argon2';
import { decodeBase64, type Reading, wholeNumber } from './format.ts';

/** 256 MiB for one hash at most, and 1 GiB written in all passes together: about a second. */
const max = { memoryKib: 256 * 1024, passes: 20, lanes: 8, workKib: 1024 * 1024 };

const pattern =
	/^\$argon2(?:id|i|d)(?:\$v=(?:16|19))?\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** argon2id, argon2i and argon2d as PHC strings; version 1.0 (`v=16`) is also written without one. */
export function readArgon2(stored: string): Reading {
	const found = pattern.exec(stored);
	if (!found) return undefined;
	const [memoryKib, passes, lanes] = found.slice(1, 4).map(wholeNumber) as [number, number, number];
	const [salt, hash] = found.slice(4).map(decodeBase64);
	// RFC 9106 §3.1: salt and tag have a minimum, and each lane eight blocks.
	if (!salt || !hash || salt.length < 8 || hash.length < 4 || hash.length > 128) return undefined;
	if (!(passes >= 1 && lanes >= 1 && memoryKib >= 8 * lanes)) return undefined;
	const isCheap =
		memoryKib <= max.memoryKib &&
		passes <= max.passes &&
		lanes <= max.lanes &&
		memoryKib * passes <= max.workKib;
	return isCheap ? (password) => argon2.verify(stored, password) : 'too_costly';
}
