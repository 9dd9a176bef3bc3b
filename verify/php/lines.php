<?php
// Reads one token per line from standard input and writes one verdict per line, for the conformance pack.
declare(strict_types=1);

require __DIR__ . '/verify.php';

$verifier = new Verifier(getenv('ISSUER'), getenv('AUDIENCE'), getenv('ALGORITHM'));
while (($line = fgets(STDIN)) !== false) {
	try {
		echo 'ok ', $verifier->verify(rtrim($line, "\n"))->sub, "\n";
	} catch (Throwable $error) {
		echo 'no ', str_replace("\n", ' ', $error->getMessage()), "\n";
	}
}
