package cluster

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"tenantry.dev/local-cluster/internal/supervisor"
)

// A cold disk and busy processors are slow; a control plane that takes longer than this does not come at all.
const startTimeout = 2 * time.Minute

// Options say how to run a cluster.
type Options struct {
	// Binaries is the folder of the control plane's programs.
	Binaries string
	// Port is the API server's; 0 keeps the last one, or finds one.
	Port int
	// Nodes is the number of simulated nodes.
	Nodes int
	// Warnings are written here, one a line.
	Warnings io.Writer
}

// Run starts the cluster of a folder, calls ready once it serves, and stops it when the context ends. It returns an
// error when the cluster can't be started, or when one of its programs ends by itself.
func Run(ctx context.Context, folder Folder, options Options, ready func()) error {
	optional, err := findPrograms(options.Binaries, options.Warnings)
	if err != nil {
		return err
	}
	if err := folder.create(); err != nil {
		return err
	}
	lock, err := folder.lock()
	if err != nil {
		return err
	}
	defer lock.Close()
	ports, err := folder.claimPorts(options.Port)
	if err != nil {
		return err
	}
	authority, admin, err := folder.identities(ports)
	if err != nil {
		return err
	}
	api, err := newAPI(ports.Server(), authority, admin)
	if err != nil {
		return err
	}

	programs := supervisor.New(folder.Logs())
	defer programs.Stop()
	running, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	go func() {
		select {
		case err := <-programs.Failure():
			stop(err)
		case <-running.Done():
		}
	}()

	files := folder.files(options.Binaries, ports)
	start := func() error {
		starting, cancel := context.WithTimeout(running, startTimeout)
		defer cancel()
		if err := startAll(programs, files.Etcd(), files.KubeAPIServer()); err != nil {
			return err
		}
		if err := api.waitUntilServing(starting); err != nil {
			return err
		}
		if err := startAll(programs, optional.commands(files)...); err != nil {
			return err
		}
		if optional.kwok {
			if err := api.createNodes(starting, options.Nodes); err != nil {
				return err
			}
		}
		if optional.controllerManager {
			return api.waitUntilControlled(starting)
		}
		return nil
	}
	switch err := start(); {
	case running.Err() != nil:
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("the control plane is not ready after %s; see %s", startTimeout, folder.Logs())
	case err != nil:
		return err
	default:
		ready()
		<-running.Done()
	}
	if ctx.Err() != nil {
		return nil // Asked to stop, be it while starting.
	}
	return context.Cause(running)
}

func startAll(programs *supervisor.Supervisor, commands ...supervisor.Command) error {
	for _, command := range commands {
		if err := programs.Start(command); err != nil {
			return err
		}
	}
	return nil
}
