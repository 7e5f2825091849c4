// Command template-worker renders the templates of SealedSecrets for the process that started it, one job at a time, over
// stdin and stdout. README.md describes the protocol.
package main

import (
	"encoding/json"
	"errors"
	"runtime"
	"runtime/debug"
	"strings"

	"tenantry.dev/workers/internal/process"
	"tenantry.dev/workers/internal/templates"
	"tenantry.dev/workers/internal/wire"
)

func main() {
	worker := process.New()
	process.Mute()
	templates.Isolate()
	worker.Serve(version(), run)
}

// output is what a job came to.
type output struct {
	Rendered templates.Rendered `json:"rendered"`
}

// failure is why a job came to nothing.
type failure struct {
	Failures map[string]templates.Failure `json:"failures"`
}

func run(peer *process.Peer, payload []byte) error {
	var request templates.Request
	if json.Unmarshal(payload, &request) != nil {
		// The error may hold a part of a value.
		return errors.New("the job is not what README.md describes")
	}
	rendered, failures, err := templates.Render(request, func(key string) error {
		return peer.Send(wire.Begun, []byte(key))
	})
	if err != nil {
		return err
	}
	if len(failures) > 0 {
		return send(peer, wire.Failure, failure{failures})
	}
	return send(peer, wire.Output, output{rendered})
}

func send(peer *process.Peer, kind wire.Type, body any) error {
	encoded, err := json.Marshal(body)
	if err != nil {
		return errors.New("the result cannot be encoded")
	}
	return peer.Send(kind, []byte{process.Done}, encoded)
}

// version names the engines by what the binary was built from. Templates are a part of Go's own library.
func version() string {
	engines := []string{"template-worker/1", runtime.Version()}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, module := range info.Deps {
			if module.Path == "github.com/Masterminds/sprig/v3" {
				engines = append(engines, module.Path+"@"+module.Version)
			}
		}
	}
	return strings.Join(engines, " ")
}
