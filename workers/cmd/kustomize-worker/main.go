// Command kustomize-worker renders Flux Kustomizations for the process that started it, one at a time, over stdin and
// stdout. README.md describes the protocol.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"
	"syscall"

	"tenantry.dev/workers/internal/build"
	"tenantry.dev/workers/internal/garbage"
	"tenantry.dev/workers/internal/sourcefs"
	"tenantry.dev/workers/internal/wire"
)

func main() {
	memory := flag.Int64("memory", 0, "end the process when its heap exceeds this many bytes (0: no limit)")
	flag.Parse()
	build.Isolate()
	if err := serve(os.Stdin, protocolOutput(), newMemoryLimit(*memory)); err != nil {
		fmt.Fprintln(os.Stderr, "kustomize-worker:", err)
		os.Exit(1)
	}
}

// protocolOutput keeps stdout for frames alone: whatever a library prints goes to stderr.
func protocolOutput() io.Writer {
	output := os.NewFile(uintptr(mustDup(1)), "protocol")
	os.Stdout = os.Stderr
	return output
}

func mustDup(fd int) int {
	duplicate, err := syscall.Dup(fd)
	if err != nil {
		fmt.Fprintln(os.Stderr, "kustomize-worker: cannot duplicate stdout:", err)
		os.Exit(1)
	}
	syscall.CloseOnExec(duplicate)
	return duplicate
}

// hello introduces the worker. Version changes whenever the same inputs could render to something else.
type hello struct {
	Version string `json:"version"`
}

// failure ends a build.
type failure struct {
	Reason  string `json:"reason"`
	Message string `json:"message"`
}

// The reasons of failures, as Flux names them in conditions.
const (
	artifactFailed = "ArtifactFailed"
	buildFailed    = "BuildFailed"
)

func serve(in io.Reader, out io.Writer, memory memoryLimit) error {
	collector := garbage.New()
	conn := wire.NewConn(in, out)
	frames := receive(conn)
	build.Preload()
	greeting, err := json.Marshal(hello{Version: version()})
	if err != nil {
		return err
	}
	if err := conn.Send(wire.Hello, greeting); err != nil {
		return err
	}
	for frame := range frames {
		if frame.Type != wire.Build {
			return fmt.Errorf("expected a build, got a frame of type %q", frame.Type)
		}
		var request build.Request
		if err := json.Unmarshal(frame.Payload, &request); err != nil {
			return fmt.Errorf("build request: %w", err)
		}
		stop := memory.watch()
		result, err := build.Run(request, &jvm{conn: conn, frames: frames})
		stop()
		if err := answer(conn, result, err); err != nil {
			return err
		}
		collector.Built()
	}
	return nil
}

// receive reads in the background, so that the worker ends as soon as its parent does, even in the middle of a build.
func receive(conn *wire.Conn) <-chan wire.Frame {
	frames := make(chan wire.Frame)
	go func() {
		for {
			frame, err := conn.Receive()
			if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
				os.Exit(0)
			}
			if err != nil {
				fmt.Fprintln(os.Stderr, "kustomize-worker:", err)
				os.Exit(1)
			}
			frames <- frame
		}
	}()
	return frames
}

// retire tells the JVM to drop this process.
const retire = 1

func answer(conn *wire.Conn, result build.Result, err error) error {
	flags := []byte{0}
	if build.Polluted() {
		flags[0] |= retire
	}
	if err == nil {
		for _, name := range result.Unset {
			if err := conn.Send(wire.Warning, []byte("variable "+name+" has no value and no default")); err != nil {
				return err
			}
		}
		return conn.Send(wire.Output, flags, result.Objects)
	}
	reason := buildFailed
	var notFound *build.PathError
	if errors.As(err, &notFound) {
		reason = artifactFailed
	}
	report, err := json.Marshal(failure{Reason: reason, Message: err.Error()})
	if err != nil {
		return err
	}
	return conn.Send(wire.Failure, flags, report)
}

// version names the engines by what the binary was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	engines := []string{"kustomize-worker/1"}
	for _, module := range info.Deps {
		switch module.Path {
		case "sigs.k8s.io/kustomize/api", "sigs.k8s.io/kustomize/kyaml", "github.com/fluxcd/pkg/envsubst":
			engines = append(engines, module.Path+"@"+module.Version)
		}
	}
	return strings.Join(engines, " ")
}

// jvm asks the other side of the connection.
type jvm struct {
	conn   *wire.Conn
	frames <-chan wire.Frame
}

func (j *jvm) ask(question wire.Type, path string) (wire.Frame, error) {
	if err := j.conn.Send(question, []byte(path)); err != nil {
		return wire.Frame{}, err
	}
	frame := <-j.frames
	if frame.Type == wire.Refused {
		return wire.Frame{}, errors.New(string(frame.Payload))
	}
	return frame, nil
}

func kind(frame wire.Frame) (sourcefs.Kind, error) {
	switch frame.Type {
	case wire.Absent:
		return sourcefs.Absent, nil
	case wire.IsFile, wire.Content:
		return sourcefs.File, nil
	case wire.Folder, wire.Listing:
		return sourcefs.Folder, nil
	default:
		return sourcefs.Absent, fmt.Errorf("unexpected answer of type %q", frame.Type)
	}
}

func (j *jvm) Stat(path string) (sourcefs.Kind, error) {
	frame, err := j.ask(wire.Stat, path)
	if err != nil {
		return sourcefs.Absent, err
	}
	return kind(frame)
}

func (j *jvm) Read(path string) ([]byte, sourcefs.Kind, error) {
	frame, err := j.ask(wire.Read, path)
	if err != nil {
		return nil, sourcefs.Absent, err
	}
	leadsTo, err := kind(frame)
	if leadsTo != sourcefs.File {
		return nil, leadsTo, err
	}
	return frame.Payload, leadsTo, err
}

func (j *jvm) List(path string) ([]sourcefs.Entry, sourcefs.Kind, error) {
	frame, err := j.ask(wire.List, path)
	if err != nil {
		return nil, sourcefs.Absent, err
	}
	leadsTo, err := kind(frame)
	if leadsTo != sourcefs.Folder {
		return nil, leadsTo, err
	}
	entries, err := parseListing(frame.Payload)
	return entries, leadsTo, err
}

func parseListing(payload []byte) ([]sourcefs.Entry, error) {
	var entries []sourcefs.Entry
	for line := range strings.SplitSeq(strings.TrimSuffix(string(payload), "\x00"), "\x00") {
		if line == "" {
			continue
		}
		kind := sourcefs.File
		switch wire.Type(line[0]) {
		case wire.IsFile:
		case wire.Folder:
			kind = sourcefs.Folder
		default:
			return nil, fmt.Errorf("listing has an entry of type %q", line[0])
		}
		entries = append(entries, sourcefs.Entry{Name: line[1:], Kind: kind})
	}
	return entries, nil
}
