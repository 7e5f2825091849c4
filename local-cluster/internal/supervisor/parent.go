package supervisor

import (
	"os"
	"time"
)

// ParentGone returns a channel that is closed once the process that started this one has ended.
//
// The kernel's own signal for this follows the parent's thread, not its process, and a JVM's threads come and go.
func ParentGone() <-chan struct{} {
	parent := os.Getppid()
	gone := make(chan struct{})
	go func() {
		for os.Getppid() == parent {
			time.Sleep(200 * time.Millisecond)
		}
		close(gone)
	}()
	return gone
}
