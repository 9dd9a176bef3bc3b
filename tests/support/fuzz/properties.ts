import fc from 'fast-check';

/**
 * fast-check with a bounded number of runs. A property that fails prints its counterexample with a seed and a path.
 * Given to `fc.assert` as options, they repeat it. FUZZ_RUNS=100000 searches longer.
 */
fc.configureGlobal({ numRuns: Number(process.env.FUZZ_RUNS ?? 500) });

/** Text of every kind: ASCII, all of Unicode, decomposed characters, halves of surrogate pairs. */
export function anyText(maxLength = 60): fc.Arbitrary<string> {
	return fc.oneof(
		fc.string({ maxLength }),
		fc.string({ unit: 'binary', maxLength }),
		fc.string({ unit: 'grapheme', maxLength }),
		fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength }).map((units) => String.fromCharCode(...units))
	);
}

/** A mix of the given pieces and of any text, in any order and number. */
export function mixOf(pieces: readonly string[], maxLength = 12): fc.Arbitrary<string> {
	const piece = fc.oneof(fc.constantFrom(...pieces), anyText(4));
	return fc.array(piece, { maxLength }).map((parts) => parts.join(''));
}
