import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.util.Set;

/** Checks access tokens of User Management with Nimbus JOSE + JWT. Create it once: it caches the keys. */
public final class Verifier {
	private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

	/** Takes the service's ORIGIN, TOKEN_AUDIENCE (ORIGIN unless set) and ALGORITHM (ES256 or RS256). */
	public Verifier(String issuer, String audience, String algorithm) throws MalformedURLException {
		var keys = JWKSourceBuilder.create(URI.create(issuer + "/.well-known/jwks.json").toURL()).build();
		var exact = new JWTClaimsSet.Builder().issuer(issuer).build();
		var claims = new DefaultJWTClaimsVerifier<>(audience, exact, Set.of("sub", "exp"));
		// The default is 60 seconds.
		claims.setMaxClockSkew(0);
		processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
		processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.parse(algorithm), keys));
		processor.setJWTClaimsSetVerifier(claims);
	}

	/** Returns the claims of an access token; the subject is the user's id. Throws when the token is not valid. */
	public JWTClaimsSet verify(String token) throws ParseException, BadJOSEException, JOSEException {
		return processor.process(token, null);
	}

	/** Reads one token per line from standard input and writes one verdict per line, for the conformance pack. */
	public static void main(String[] args) throws Exception {
		var env = System.getenv();
		var verifier = new Verifier(env.get("ISSUER"), env.get("AUDIENCE"), env.get("ALGORITHM"));
		var lines = new java.io.BufferedReader(new java.io.InputStreamReader(System.in));
		for (var line = lines.readLine(); line != null; line = lines.readLine()) {
			try {
				System.out.println("ok " + verifier.verify(line).getSubject());
			} catch (ParseException | BadJOSEException | JOSEException error) {
				System.out.println("no " + error.getMessage().replace('\n', ' '));
			}
		}
	}
}
