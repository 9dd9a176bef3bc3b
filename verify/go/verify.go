// Package verify checks access tokens of User Management with golang-jwt and keyfunc.
package verify

import (
	"context"
	"errors"
	"time"

	"github.com/MicahParks/keyfunc/v3"
	"github.com/golang-jwt/jwt/v5"
)

// Verifier caches the keys and fetches them again when a token names an unknown one. Create it once.
type Verifier struct {
	keys   keyfunc.Keyfunc
	parser *jwt.Parser
}

// New takes the service's ORIGIN, TOKEN_AUDIENCE (ORIGIN unless set) and ALGORITHM.
func New(issuer, audience, algorithm string) (*Verifier, error) {
	// By default, keyfunc refreshes once an hour and would accept a revoked key until then.
	limits := keyfunc.Override{RefreshInterval: 5 * time.Minute, RateLimitWaitMax: 2 * time.Second}
	urls := []string{issuer + "/.well-known/jwks.json"}
	keys, err := keyfunc.NewDefaultOverrideCtx(context.Background(), urls, limits)
	if err != nil {
		return nil, err
	}
	parser := jwt.NewParser(
		jwt.WithValidMethods([]string{algorithm}),
		jwt.WithIssuer(issuer),
		jwt.WithAudience(audience),
		jwt.WithExpirationRequired(),
	)
	return &Verifier{keys, parser}, nil
}

// Verify returns the claims of an access token; "sub" is the user's id.
func (v *Verifier) Verify(text string) (jwt.MapClaims, error) {
	claims := jwt.MapClaims{}
	token, err := v.parser.ParseWithClaims(text, claims, v.keys.Keyfunc)
	if err != nil {
		return nil, err
	}
	// The library checks neither.
	if token.Header["typ"] != "at+jwt" || token.Header["crit"] != nil {
		return nil, errors.New("not an access token")
	}
	if sub, _ := claims.GetSubject(); sub == "" {
		return nil, errors.New("missing sub")
	}
	return claims, nil
}
