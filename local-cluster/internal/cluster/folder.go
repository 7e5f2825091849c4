// Package cluster is one local cluster: its folder, its identities, and its life from start to stop.
package cluster

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"syscall"

	"tenantry.dev/local-cluster/internal/certificates"
)

// Folder is where a cluster keeps all that it needs to go on after a stop.
type Folder string

// At returns the folder of a path, whether it holds a cluster yet or not.
func At(path string) (Folder, error) {
	absolute, err := filepath.Abs(path)
	return Folder(absolute), err
}

// create makes the folder where it isn't there, readable by its owner only: it holds the cluster's keys.
func (f Folder) create() error {
	for _, directory := range []string{string(f), f.file("pki"), f.Logs(), f.file("etcd")} {
		if err := os.MkdirAll(directory, 0o700); err != nil {
			return err
		}
	}
	return nil
}

// Kubeconfig is the administrator's file.
func (f Folder) Kubeconfig() string {
	return f.file("kubeconfig")
}

// Logs is where each component writes its log.
func (f Folder) Logs() string {
	return f.file("logs")
}

func (f Folder) file(name string) string {
	return filepath.Join(string(f), name)
}

func (f Folder) pki(name string) string {
	return filepath.Join(string(f), "pki", name)
}

// lock keeps a second cluster from starting on the folder until the returned file is closed.
func (f Folder) lock() (*os.File, error) {
	file, err := os.OpenFile(f.file("lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		file.Close()
		return nil, fmt.Errorf("a cluster is already running on %s; stop it, or choose another folder with --data", f)
	}
	return file, nil
}

// Authority returns the authority that the cluster's clients are issued by.
func (f Folder) Authority() (*certificates.Authority, error) {
	authority, err := certificates.Load(f.pki("ca.crt"), f.pki("ca.key"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s holds no cluster; start one first: local-cluster run --data %s", f, f)
	}
	return authority, err
}

// Ports are the loopback ports of a cluster, kept so that the kubeconfigs given out stay right.
type Ports struct {
	APIServer  int `json:"apiServer"`
	EtcdClient int `json:"etcdClient"`
	EtcdPeer   int `json:"etcdPeer"`
}

// Server is the URL of the API server.
func (p Ports) Server() string {
	return fmt.Sprintf("https://127.0.0.1:%d", p.APIServer)
}

// Ports returns the ports that the cluster was last started with.
func (f Folder) Ports() (Ports, error) {
	var ports Ports
	content, err := os.ReadFile(f.file("ports.json"))
	if err != nil {
		return ports, err
	}
	if err := json.Unmarshal(content, &ports); err != nil {
		return ports, fmt.Errorf("%s: %w", f.file("ports.json"), err)
	}
	return ports, nil
}

// claimPorts returns the ports to start with: those of the last start where they are still free, others where not.
// A port that was asked for must be free.
func (f Folder) claimPorts(asked int) (Ports, error) {
	ports, err := f.Ports()
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return ports, err
	}
	if asked != 0 {
		ports.APIServer = asked
	}
	// All listen until the last is found, so that no port is given twice.
	var listeners []net.Listener
	defer func() {
		for _, listener := range listeners {
			listener.Close()
		}
	}()
	for _, port := range []*int{&ports.APIServer, &ports.EtcdClient, &ports.EtcdPeer} {
		listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", *port))
		if err != nil && port == &ports.APIServer && asked != 0 {
			return ports, fmt.Errorf("port %d is taken; choose another with --port", asked)
		}
		if err != nil {
			listener, err = net.Listen("tcp", "127.0.0.1:0")
		}
		if err != nil {
			return ports, err
		}
		listeners = append(listeners, listener)
		*port = listener.Addr().(*net.TCPAddr).Port
	}
	content, err := json.Marshal(ports)
	if err != nil {
		return ports, err
	}
	return ports, certificates.WriteFile(f.file("ports.json"), append(content, '\n'))
}
