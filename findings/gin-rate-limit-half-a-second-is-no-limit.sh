#!/usr/bin/env bash
# github.com/JGLTechnologies/gin-rate-limit v1.5.4 with gin v1.11.0, Go 1.26.8, run 2026-11-30.
# Expected: `Rate: 500 * time.Millisecond, Limit: 2` lets two requests pass in each half second. The field is a time.Duration and its
# comment says that the user can make Limit requests every Rate.
# It does: the rate is cut to whole seconds, half a second to 0, and a window of 0 s is over before the next request. Seen:
#   as stated: 2 requests each 1s: 2 of 100 at once are served; 2 each 500ms: 100 of 100
# Why it matters: the stricter of two limits is none at all, and nothing says so.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
go mod init check 2>/dev/null
go get github.com/JGLTechnologies/gin-rate-limit@v1.5.4 2>/dev/null
cat >check.go <<'EOF'
package main

import (
	"fmt"
	"net/http/httptest"
	"os"
	"time"

	ratelimit "github.com/JGLTechnologies/gin-rate-limit"
	"github.com/gin-gonic/gin"
)

func served(rate time.Duration) (count int) {
	store := ratelimit.InMemoryStore(&ratelimit.InMemoryOptions{Rate: rate, Limit: 2})
	app := gin.New()
	app.Use(ratelimit.RateLimiter(store, &ratelimit.Options{}))
	app.GET("/", func(request *gin.Context) { request.Status(204) })
	for range 100 {
		answer := httptest.NewRecorder()
		app.ServeHTTP(answer, httptest.NewRequest("GET", "/", nil))
		if answer.Code == 204 {
			count++
		}
	}
	return count
}

func main() {
	gin.SetMode(gin.ReleaseMode)
	time.Sleep(time.Until(time.Now().Truncate(time.Second).Add(time.Second)))
	second, half := served(time.Second), served(500*time.Millisecond)
	seen := fmt.Sprintf("2 requests each 1s: %d of 100 at once are served; 2 each 500ms: %d of 100", second, half)
	if seen == "2 requests each 1s: 2 of 100 at once are served; 2 each 500ms: 100 of 100" {
		fmt.Println("as stated:", seen)
		return
	}
	fmt.Println("CHANGED:", seen)
	os.Exit(1)
}
EOF
go run -gcflags="all=-N -l" check.go
