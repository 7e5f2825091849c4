// Command kustomize-worker renders Flux Kustomizations for the process that started it, one at a time, over stdin and
// stdout. README.md describes the protocol.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"

	"tenantry.dev/workers/internal/build"
	"tenantry.dev/workers/internal/process"
	"tenantry.dev/workers/internal/sourcefs"
	"tenantry.dev/workers/internal/wire"
)

func main() {
	build.Isolate()
	worker := process.New()
	build.Preload()
	worker.Serve(version(), run)
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

func run(peer *process.Peer, payload []byte) error {
	var request build.Request
	if err := json.Unmarshal(payload, &request); err != nil {
		return fmt.Errorf("build request: %w", err)
	}
	result, err := build.Run(request, &jvm{peer})
	return answer(peer, result, err)
}

func answer(peer *process.Peer, result build.Result, err error) error {
	flags := []byte{process.Done}
	if build.Polluted() {
		flags[0] = process.Retire
	}
	if err == nil {
		for _, name := range result.Unset {
			if err := peer.Send(wire.Warning, []byte("variable "+name+" has no value and no default")); err != nil {
				return err
			}
		}
		return peer.Send(wire.Output, flags, result.Objects)
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
	return peer.Send(wire.Failure, flags, report)
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
type jvm struct{ peer *process.Peer }

func (j *jvm) ask(question wire.Type, path string) (wire.Frame, error) {
	frame, err := j.peer.Ask(question, []byte(path))
	if err != nil {
		return wire.Frame{}, err
	}
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
