# Reads one token per line from standard input and writes one verdict per line, for the conformance pack.
import sys

import jwt

from verify import verify

for line in sys.stdin:
    try:
        print("ok", verify(line.rstrip("\n"))["sub"], flush=True)
    except (jwt.PyJWTError, ValueError, OSError) as error:
        print("no", str(error).replace("\n", " "), flush=True)
