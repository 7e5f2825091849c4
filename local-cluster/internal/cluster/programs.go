package cluster

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"tenantry.dev/local-cluster/internal/components"
	"tenantry.dev/local-cluster/internal/supervisor"
)

// optional are the programs that a cluster can do without: what Kubernetes' own test assets hold is only an API server.
type optional struct {
	controllerManager, scheduler, kwok bool
}

// findPrograms says which programs the folder has, and warns of what the missing ones would do.
func findPrograms(binaries string, warnings io.Writer) (optional, error) {
	var found optional
	if binaries == "" {
		return found, errors.New("no folder of programs is given; name one with --bin or in KUBEBUILDER_ASSETS")
	}
	for _, required := range []string{"etcd", "kube-apiserver"} {
		if !has(binaries, required) {
			return found, fmt.Errorf("%s has no %s; give the folder of a control plane's programs with --bin",
				binaries, required)
		}
	}
	found.controllerManager = has(binaries, "kube-controller-manager")
	found.scheduler = has(binaries, "kube-scheduler")
	found.kwok = has(binaries, "kwok")
	var missing []string
	if !found.controllerManager {
		missing = append(missing, "kube-controller-manager (no controllers)")
	}
	if !found.scheduler {
		missing = append(missing, "kube-scheduler (no Pod gets a node)")
	}
	if !found.kwok {
		missing = append(missing, "kwok (no nodes)")
	}
	if len(missing) > 0 {
		fmt.Fprintf(warnings, "%s lacks %s; going on without\n", binaries, strings.Join(missing, ", "))
	}
	return found, nil
}

func has(binaries, name string) bool {
	file, err := os.Stat(filepath.Join(binaries, name))
	return err == nil && file.Mode().IsRegular() && file.Mode()&0o111 != 0
}

func (o optional) commands(files components.Files) []supervisor.Command {
	var commands []supervisor.Command
	if o.controllerManager {
		commands = append(commands, files.ControllerManager())
	}
	if o.scheduler {
		commands = append(commands, files.Scheduler())
	}
	if o.kwok {
		commands = append(commands, files.Kwok())
	}
	return commands
}
