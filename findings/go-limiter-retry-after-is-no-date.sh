#!/usr/bin/env bash
# github.com/sethvargo/go-limiter v0.7.1, Go 1.26.8, run 2026-11-30.
# Expected: the `Retry-After` of a 429 is a number of seconds or an HTTP date, which ends in GMT (RFC 9110, 5.6.7 and 10.2.3).
# It does: the date is written with time.RFC1123 and ends in UTC. Go's own http.ParseTime refuses it. Seen:
#   as stated: 429, Retry-After ends in UTC, http.ParseTime: error; the same moment in GMT: read
# Why it matters: a client that reads the header strictly has no time to wait, and asks again at once or gives up.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
go mod init check 2>/dev/null
go get github.com/sethvargo/go-limiter@v0.7.1 2>/dev/null
cat >check.go <<'EOF'
package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"time"

	"github.com/sethvargo/go-limiter/httplimit"
	"github.com/sethvargo/go-limiter/memorystore"
)

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func read(date string) string {
	if _, err := http.ParseTime(date); err != nil {
		return "error"
	}
	return "read"
}

func main() {
	store := must(memorystore.New(&memorystore.Config{Tokens: 1, Interval: time.Minute}))
	byCustomer := func(*http.Request) (string, error) { return "customer", nil }
	limit := must(httplimit.NewMiddleware(store, byCustomer))
	handler := limit.Handle(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	var answer *httptest.ResponseRecorder
	for range 2 {
		answer = httptest.NewRecorder()
		handler.ServeHTTP(answer, httptest.NewRequest("GET", "/", nil))
	}
	after := answer.Header().Get("Retry-After")
	zone := after[strings.LastIndex(after, " ")+1:]
	inGMT := strings.TrimSuffix(after, zone) + "GMT"
	form := "%d, Retry-After ends in %s, http.ParseTime: %s; the same moment in GMT: %s"
	seen := fmt.Sprintf(form, answer.Code, zone, read(after), read(inGMT))
	if seen == "429, Retry-After ends in UTC, http.ParseTime: error; the same moment in GMT: read" {
		fmt.Println("as stated:", seen)
		return
	}
	fmt.Println("CHANGED:", seen)
	os.Exit(1)
}
EOF
go run check.go
