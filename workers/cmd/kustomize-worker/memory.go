package main

import (
	"fmt"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"

	"tenantry.dev/workers/internal/garbage"
)

// exitMemory is the status of a process that ended itself because its heap grew beyond the limit.
const exitMemory = 70

// limitMemory ends the process when its heap is larger than the limit. An rlimit would do so too, but on address
// space, of which the Go runtime reserves far more than it uses.
func limitMemory(limit int64) {
	// The reserve counts, but takes nothing.
	limit += garbage.Reserve
	// Collect harder before giving up.
	debug.SetMemoryLimit(limit / 10 * 9)
	go func() {
		sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		for range time.Tick(20 * time.Millisecond) {
			metrics.Read(sample)
			if sample[0].Value.Uint64() > uint64(limit) {
				fmt.Fprintf(os.Stderr, "kustomize-worker: the heap is larger than %d bytes\n", limit)
				os.Exit(exitMemory)
			}
		}
	}()
}
