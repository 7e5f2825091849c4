// Package process is what all workers have in common, whatever their engine: one process that does one job at a time
// for the JVM that started it, over stdin and stdout. README.md describes the protocol.
package process

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
	"tenantry.dev/workers/internal/garbage"
	"tenantry.dev/workers/internal/wire"
)

// The flags of an Output or a Failure.
const (
	// Done says nothing in particular.
	Done = 0
	// Retire tells the JVM to drop this process.
	Retire = 1
)

// Job does one job: it sends what its payload asks for as an Output or a Failure, which begin with a byte of flags.
// An error ends the process, so it is for what must not happen; it may name no data.
type Job func(peer *Peer, payload []byte) error

// Process is this process, at work.
type Process struct {
	peer      *Peer
	memory    memoryLimit
	collector *garbage.Collector
}

// New reads the arguments and begins to listen, so that the process ends as soon as its parent does.
func New() *Process {
	memory := flag.Int64("memory", 0, "end the process when its heap exceeds this many bytes (0: no limit)")
	flag.Parse()
	collector := garbage.New()
	conn := wire.NewConn(os.Stdin, protocolOutput())
	return &Process{
		peer:      &Peer{conn: conn, frames: receive(conn)},
		memory:    newMemoryLimit(*memory),
		collector: collector,
	}
}

// hello introduces the worker. Version changes whenever the same job could give something else.
type hello struct {
	Version string `json:"version"`
}

// Serve says that the worker is ready, and does jobs until the JVM closes stdin.
func (p *Process) Serve(version string, job Job) {
	if err := p.serve(version, job); err != nil {
		Exit(err)
	}
}

func (p *Process) serve(version string, job Job) error {
	greeting, err := json.Marshal(hello{Version: version})
	if err != nil {
		return err
	}
	if err := p.peer.Send(wire.Hello, greeting); err != nil {
		return err
	}
	for frame := range p.peer.frames {
		if frame.Type != wire.Job {
			return fmt.Errorf("expected a job, got a frame of type %q", frame.Type)
		}
		stop := p.memory.watch()
		err := job(p.peer, frame.Payload)
		stop()
		if err != nil {
			return err
		}
		p.collector.Built()
	}
	return nil
}

// Exit ends the process with a last word.
func Exit(err error) {
	fmt.Fprintln(lastWord, err)
	os.Exit(1)
}

// Peer is the JVM on the other side.
type Peer struct {
	conn   *wire.Conn
	frames <-chan wire.Frame
}

// Send writes a frame, whose payload is the given parts in order.
func (p *Peer) Send(kind wire.Type, parts ...[]byte) error { return p.conn.Send(kind, parts...) }

// Ask sends a question and waits for the answer.
func (p *Peer) Ask(question wire.Type, payload []byte) (wire.Frame, error) {
	if err := p.Send(question, payload); err != nil {
		return wire.Frame{}, err
	}
	return <-p.frames, nil
}

// receive reads in the background, so that the worker ends as soon as its parent does, even in the middle of a job.
func receive(conn *wire.Conn) <-chan wire.Frame {
	frames := make(chan wire.Frame)
	go func() {
		for {
			frame, err := conn.Receive()
			if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
				os.Exit(0)
			}
			if err != nil {
				Exit(err)
			}
			frames <- frame
		}
	}()
	return frames
}

// protocolOutput keeps stdout for frames alone: whatever a library prints goes to stderr.
func protocolOutput() io.Writer {
	output := os.NewFile(uintptr(duplicate(1)), "protocol")
	os.Stdout = os.Stderr
	return output
}

// lastWord is where the process says why it ends.
var lastWord = os.Stderr

// Mute lets nothing that a library or the Go runtime prints leave the process: where values are secret, so may be what
// is said of them. The process's own last word still goes to stderr.
func Mute() {
	own := os.NewFile(uintptr(duplicate(2)), "stderr")
	nowhere, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err == nil {
		err = unix.Dup2(int(nowhere.Fd()), 2)
	}
	if err != nil {
		Exit(fmt.Errorf("cannot mute stderr: %w", err))
	}
	lastWord = own
}

func duplicate(fd int) int {
	copied, err := syscall.Dup(fd)
	if err != nil {
		Exit(fmt.Errorf("cannot duplicate file %d: %w", fd, err))
	}
	syscall.CloseOnExec(copied)
	return copied
}
