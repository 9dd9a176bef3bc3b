// Reads one token per line from standard input and writes one verdict per line, for the conformance pack.
package main

import (
	"bufio"
	"fmt"
	"os"

	"verify"
)

func main() {
	verifier, err := verify.New(os.Getenv("ISSUER"), os.Getenv("AUDIENCE"), os.Getenv("ALGORITHM"))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		if claims, err := verifier.Verify(lines.Text()); err != nil {
			fmt.Printf("no %q\n", err.Error())
		} else {
			fmt.Println("ok", claims["sub"])
		}
	}
}
