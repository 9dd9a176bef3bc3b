# Tokens on standard input, one a line; a verdict for each on standard output: for the conformance pack.
import sys

import jwt

from verify import verify

for line in sys.stdin:
    try:
        print("ok", verify(line.rstrip("\n"))["sub"], flush=True)
    except (jwt.PyJWTError, ValueError, OSError) as error:
        print("no", str(error).replace("\n", " "), flush=True)
