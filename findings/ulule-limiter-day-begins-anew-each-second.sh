#!/usr/bin/env bash
# github.com/ulule/limiter/v3 v3.11.2, Go 1.26.8, run 2026-11-30.
# Expected: two limiters over one store, five requests a second and eight a day for each customer, count apart: a rate is a period
# and a limit, and belongs to the limiter.
# It does: the key in the store is the prefix and the customer, without the period. Both count in one counter, which each request
# raises twice and which ends with the period of the limiter that wrote first: the day is over after a second. Seen:
#   as stated: 5 requests in each of 4 seconds, 8 a day allowed: one store 12 served, two stores 8
# Why it matters: beside a limit for each second the one for the day never refuses anybody, and the second is half as wide.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
go mod init check 2>/dev/null
go get github.com/ulule/limiter/v3@v3.11.2 2>/dev/null
cat >check.go <<'EOF'
package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/ulule/limiter/v3"
	"github.com/ulule/limiter/v3/drivers/store/memory"
)

func served(stores func() limiter.Store) (count int) {
	second := limiter.New(stores(), limiter.Rate{Period: time.Second, Limit: 5})
	day := limiter.New(stores(), limiter.Rate{Period: 24 * time.Hour, Limit: 8})
	for range 4 {
		for range 5 {
			refused := false
			for _, limit := range []*limiter.Limiter{second, day} {
				state, err := limit.Get(context.Background(), "customer")
				if err != nil {
					panic(err)
				}
				refused = refused || state.Reached
			}
			if !refused {
				count++
			}
		}
		time.Sleep(1100 * time.Millisecond)
	}
	return count
}

func main() {
	one := memory.NewStore()
	shared := served(func() limiter.Store { return one })
	apart := served(memory.NewStore)
	seen := fmt.Sprintf("5 requests in each of 4 seconds, 8 a day allowed: one store %d served, two stores %d", shared, apart)
	if shared == 12 && apart == 8 {
		fmt.Println("as stated:", seen)
		return
	}
	fmt.Println("CHANGED:", seen)
	os.Exit(1)
}
EOF
go run check.go
