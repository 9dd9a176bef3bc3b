<?php
// Verifies access tokens with firebase/php-jwt. Copy this file and composer.json, and run `composer install`.
declare(strict_types=1);

require __DIR__ . '/vendor/autoload.php';

use Firebase\JWT\CachedKeySet;
use Firebase\JWT\JWT;
use GuzzleHttp\Client;
use GuzzleHttp\Psr7\HttpFactory;
use Symfony\Component\Cache\Adapter\FilesystemAdapter;

final class Verifier
{
	private CachedKeySet $keys;

	/** Takes the service's ORIGIN, TOKEN_AUDIENCE (ORIGIN unless set) and ALGORITHM. */
	public function __construct(private string $issuer, private string $audience, private string $algorithm)
	{
		$client = new Client(['timeout' => 5]);
		// Cached for five minutes. An unknown key triggers another fetch, at most ten times a minute.
		$cache = new FilesystemAdapter('access-token-keys');
		$this->keys = new CachedKeySet("$issuer/.well-known/jwks.json", $client, new HttpFactory(), $cache, 300, true);
	}

	/** Returns the claims of an access token; `sub` is the user's id. Throws when the token is not valid. */
	public function verify(string $token): stdClass
	{
		$header = new stdClass();
		$claims = JWT::decode($token, $this->keys, $header);
		// The library checks only the signature and the times that are present.
		$isOurs =
			($header->typ ?? null) === 'at+jwt' &&
			($header->alg ?? null) === $this->algorithm &&
			!isset($header->crit) &&
			($claims->iss ?? null) === $this->issuer &&
			in_array($this->audience, (array) ($claims->aud ?? []), true) &&
			is_int($claims->exp ?? null) &&
			is_string($claims->sub ?? null);
		if (!$isOurs) {
			throw new UnexpectedValueException('not an access token for this service');
		}
		return $claims;
	}
}
