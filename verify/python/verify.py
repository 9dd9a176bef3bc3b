# Verifies access tokens with PyJWT. Copy this file and run `pip install "pyjwt[crypto]>=2.6"`.
# ISSUER is the ORIGIN of User Management, AUDIENCE its TOKEN_AUDIENCE, ALGORITHM its ALGORITHM.
import json
import os
import time
import urllib.request

import jwt

ISSUER = os.environ["ISSUER"]
AUDIENCE = os.environ.get("AUDIENCE", ISSUER)
ALGORITHMS = [os.environ.get("ALGORITHM", "ES256")]
keys = jwt.PyJWKClient(f"{ISSUER}/.well-known/jwks.json")
revoked = {"read_at": 0, "exp": 0}


def verify(token):
    """Return the claims of an access token; "sub" is the user's id. Raise jwt.PyJWTError when it is not valid."""
    claims = decode(token, "at+jwt", audience=AUDIENCE, require=["sub", "exp", "aud"])
    ended = read_revoked()
    if claims.get("iat", 0) < ended["since"] or claims.get("sid") in ended["sids"]:
        raise jwt.InvalidTokenError("the session has ended")
    return claims


def decode(token, typ, *, audience=None, require):
    header = jwt.get_unverified_header(token)
    # PyJWT checks neither typ nor crit. "crit" names extensions that a verifier must understand (RFC 7515, 4.1.11).
    if header.get("typ") != typ or "crit" in header or header.get("alg") not in ALGORITHMS:
        raise jwt.InvalidTokenError("unexpected typ, alg or crit")
    key = keys.get_signing_key_from_jwt(token).key
    options = {"require": ["iss", *require]}
    return jwt.decode(token, key, algorithms=ALGORITHMS, issuer=ISSUER, audience=audience, options=options)


def read_revoked():
    """Return the revocation list, at most 30 seconds old. If fetching fails, use the last list until it expires."""
    global revoked
    if time.time() - revoked["read_at"] < 30:
        return revoked
    try:
        with urllib.request.urlopen(f"{ISSUER}/.well-known/revoked.json", timeout=2) as answer:
            claims = decode(json.load(answer)["revoked"], "revoked+jwt", require=["exp"])
        revoked = {**claims, "read_at": time.time()}
    except (OSError, ValueError, jwt.PyJWTError):
        if revoked["exp"] < time.time():
            raise
        # The next attempt is in 5 seconds, so that not every request waits for one.
        revoked["read_at"] = time.time() - 25
    return revoked
