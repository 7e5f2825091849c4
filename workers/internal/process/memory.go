package process

import (
	"fmt"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"

	"tenantry.dev/workers/internal/garbage"
)

const (
	// ExitMemory is the status of a process that ended itself because its heap grew beyond the limit.
	ExitMemory = 70
	// heap is the metric of what lives and what is not collected yet.
	heap = "/memory/classes/heap/objects:bytes"
	// stacks is the metric of what calls within calls take.
	stacks = "/memory/classes/heap/stacks:bytes"
	// look is how often a job's memory is looked at; most jobs end before.
	look = 20 * time.Millisecond
)

// memoryLimit ends the process when its heap, stacks included, is larger, in bytes; 0 is no limit. An rlimit would do so too, but on
// address space, of which the Go runtime reserves far more than it uses.
type memoryLimit uint64

func newMemoryLimit(bytes int64) memoryLimit {
	if bytes <= 0 {
		return 0
	}
	// The reserve counts, but takes nothing.
	bytes += garbage.Reserve
	// Collect harder before giving up.
	debug.SetMemoryLimit(bytes / 10 * 9)
	return memoryLimit(bytes)
}

// watch holds the process to the limit until the function that it returns is called: an idle worker needs no look.
func (l memoryLimit) watch() (stop func()) {
	if l == 0 {
		return func() {}
	}
	done := make(chan struct{})
	go func() {
		ticker := time.NewTicker(look)
		defer ticker.Stop()
		for {
			select {
			case <-done:
				return
			case <-ticker.C:
				l.check()
			}
		}
	}()
	return func() { close(done) }
}

func (l memoryLimit) check() {
	samples := []metrics.Sample{{Name: heap}, {Name: stacks}}
	metrics.Read(samples)
	if samples[0].Value.Uint64()+samples[1].Value.Uint64() > uint64(l) {
		fmt.Fprintf(lastWord, "the heap is larger than %d bytes\n", l)
		os.Exit(ExitMemory)
	}
}
