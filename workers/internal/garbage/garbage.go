// Package garbage decides when the garbage of builds is collected. A build makes megabytes of it in milliseconds, while
// little lives on. A collection at the same time slows the build by far more than the collection itself takes.
package garbage

import (
	"runtime/debug"
	"time"
)

const (
	// percent of what lives may be garbage.
	percent = 400
	// pause is how long nothing is built until the memory is given back.
	pause = 5 * time.Second
)

// Reserve is the size of what counts as living without being there, so that percent of the little that lives is tens of
// builds.
const Reserve = 24 << 20

// reserve is never touched, and so takes no memory.
var reserve []byte

// Collector collects seldom while builds come one after the other, and everything when they end.
type Collector struct {
	idle  *time.Timer
	pause time.Duration
}

// New makes the process's collector.
func New() *Collector { return after(pause) }

func after(pause time.Duration) *Collector {
	reserve = make([]byte, Reserve)
	debug.SetGCPercent(percent)
	return &Collector{time.AfterFunc(pause, debug.FreeOSMemory), pause}
}

// Built says that a build has ended.
func (c *Collector) Built() { c.idle.Reset(c.pause) }
