package garbage

import (
	"runtime"
	"testing"
	"time"
)

func TestTheMemoryIsGivenBackWhenBuildsEnd(t *testing.T) {
	collector := after(20 * time.Millisecond)
	for range 64 {
		junk = make([]byte, 1<<20)
		for i := 0; i < len(junk); i += 4096 {
			junk[i] = 1
		}
	}
	junk = nil
	collector.Built()

	for deadline := time.Now().Add(10 * time.Second); resident() > 16<<20; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%d MiB of the heap are still held", resident()>>20)
		}
	}
}

var junk []byte

// resident is what of the heap the system has given pages for; the reserve has none.
func resident() uint64 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapSys - stats.HeapReleased - uint64(len(reserve))
}
