// Package components says how each program of the control plane is run.
package components

import (
	"fmt"
	"path/filepath"
	"time"

	"tenantry.dev/local-cluster/internal/supervisor"
)

const (
	// A /12, as kubeadm has it: the 254 addresses of a /24 are soon used up by tests.
	serviceRange = "10.96.0.0/12"
	// APIServiceAddress is the first address of the service range, which is the API server's own Service.
	APIServiceAddress = "10.96.0.1"

	serviceAccountIssuer = "https://kubernetes.default.svc.cluster.local"
)

// Files are the places and ports that the programs are told.
type Files struct {
	Binaries   string
	Keys       string
	EtcdData   string
	APIServer  int
	EtcdClient int
	EtcdPeer   int
}

func (f Files) program(name string) string {
	return filepath.Join(f.Binaries, name)
}

func (f Files) key(name string) string {
	return filepath.Join(f.Keys, name)
}

// Etcd keeps the cluster's state.
func (f Files) Etcd() supervisor.Command {
	clients := fmt.Sprintf("https://127.0.0.1:%d", f.EtcdClient)
	peers := fmt.Sprintf("https://127.0.0.1:%d", f.EtcdPeer)
	return supervisor.Command{
		Name:    "etcd",
		Program: f.program("etcd"),
		Args: []string{
			"--name=local-cluster",
			"--data-dir=" + f.EtcdData,
			"--listen-client-urls=" + clients,
			"--advertise-client-urls=" + clients,
			"--listen-peer-urls=" + peers,
			"--initial-advertise-peer-urls=" + peers,
			"--initial-cluster=local-cluster=" + peers,
			"--cert-file=" + f.key("etcd.crt"),
			"--key-file=" + f.key("etcd.key"),
			"--trusted-ca-file=" + f.key("etcd-ca.crt"),
			"--client-cert-auth",
			"--peer-cert-file=" + f.key("etcd.crt"),
			"--peer-key-file=" + f.key("etcd.key"),
			"--peer-trusted-ca-file=" + f.key("etcd-ca.crt"),
			"--peer-client-cert-auth",
			// Many times faster. The data survives a kill of the process, if not a crash of the machine.
			"--unsafe-no-fsync",
			"--quota-backend-bytes=4294967296",
			"--log-level=warn",
		},
		Patience: 10 * time.Second,
	}
}

// KubeAPIServer is the Kubernetes API.
func (f Files) KubeAPIServer() supervisor.Command {
	return supervisor.Command{
		Name:    "kube-apiserver",
		Program: f.program("kube-apiserver"),
		Args: []string{
			"--bind-address=127.0.0.1",
			"--advertise-address=127.0.0.1",
			// A loopback address may not be an endpoint, and no pod runs that would look for one.
			"--endpoint-reconciler-type=none",
			fmt.Sprintf("--secure-port=%d", f.APIServer),
			"--tls-cert-file=" + f.key("kube-apiserver.crt"),
			"--tls-private-key-file=" + f.key("kube-apiserver.key"),
			"--client-ca-file=" + f.key("ca.crt"),
			fmt.Sprintf("--etcd-servers=https://127.0.0.1:%d", f.EtcdClient),
			"--etcd-cafile=" + f.key("etcd-ca.crt"),
			"--etcd-certfile=" + f.key("etcd-client.crt"),
			"--etcd-keyfile=" + f.key("etcd-client.key"),
			"--authorization-mode=Node,RBAC",
			"--enable-admission-plugins=NodeRestriction",
			"--service-cluster-ip-range=" + serviceRange,
			"--service-account-issuer=" + serviceAccountIssuer,
			"--service-account-key-file=" + f.key("service-accounts.key"),
			"--service-account-signing-key-file=" + f.key("service-accounts.key"),
			"--allow-privileged",
			"--profiling=false",
		},
		Patience: 15 * time.Second,
	}
}

// ControllerManager turns Deployments into Pods, and all the like.
func (f Files) ControllerManager() supervisor.Command {
	return supervisor.Command{
		Name:    "kube-controller-manager",
		Program: f.program("kube-controller-manager"),
		Args: append(f.client("kube-controller-manager"),
			"--cluster-signing-cert-file="+f.key("ca.crt"),
			"--cluster-signing-key-file="+f.key("ca.key"),
			"--root-ca-file="+f.key("ca.crt"),
			"--service-account-private-key-file="+f.key("service-accounts.key"),
			"--service-cluster-ip-range="+serviceRange,
			"--use-service-account-credentials",
			// On a busy machine the nodes' heartbeats come late, and no pod shall fail for that.
			"--node-monitor-grace-period=10m",
			// A burst of tests' objects is settled in a second instead of a minute.
			"--kube-api-qps=500",
			"--kube-api-burst=1000",
		),
		Patience: 5 * time.Second,
	}
}

// Scheduler gives Pods their nodes.
func (f Files) Scheduler() supervisor.Command {
	return supervisor.Command{
		Name:    "kube-scheduler",
		Program: f.program("kube-scheduler"),
		Args: append(f.client("kube-scheduler"),
			"--kube-api-qps=500",
			"--kube-api-burst=1000",
		),
		Patience: 5 * time.Second,
	}
}

func (f Files) client(name string) []string {
	return []string{
		"--kubeconfig=" + f.key(name+".kubeconfig"),
		"--leader-elect=false",
		"--bind-address=127.0.0.1",
		"--secure-port=0",
		"--profiling=false",
	}
}

// Kwok plays the kubelets of all nodes: a Pod that has a node is running, though no container is.
func (f Files) Kwok() supervisor.Command {
	return supervisor.Command{
		Name:    "kwok",
		Program: f.program("kwok"),
		Args: []string{
			"--kubeconfig=" + f.key("kwok.kubeconfig"),
			"--manage-all-nodes",
			// Not a developer's own kwok.yaml.
			"--config=/dev/null",
		},
		Patience: 5 * time.Second,
	}
}
