module verify

go 1.21

require (
	github.com/MicahParks/keyfunc/v3 v3.4.0
	github.com/golang-jwt/jwt/v5 v5.2.2
)

// Older versions never forget a removed key (CVE-2025-22149).
require github.com/MicahParks/jwkset v0.6.0 // indirect
