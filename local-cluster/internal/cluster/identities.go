package cluster

import (
	"fmt"
	"slices"
	"time"

	"tenantry.dev/local-cluster/internal/certificates"
	"tenantry.dev/local-cluster/internal/components"
	"tenantry.dev/local-cluster/internal/kubeconfig"
)

const (
	// The control plane's own certificates are issued anew at each start.
	componentLifetime = 365 * 24 * time.Hour

	administrators = "system:masters"
)

// identities makes every key, certificate and kubeconfig that the components read, and the administrator's.
func (f Folder) identities(ports Ports) (*certificates.Authority, certificates.Pair, error) {
	var none certificates.Pair
	authority, err := certificates.LoadOrCreate("local-cluster", f.pki("ca.crt"), f.pki("ca.key"))
	if err != nil {
		return nil, none, err
	}
	if err := f.serverIdentities(authority); err != nil {
		return nil, none, err
	}
	users := []struct {
		file, name string
		groups     []string
	}{
		{f.pki("kube-controller-manager.kubeconfig"), "system:kube-controller-manager", nil},
		{f.pki("kube-scheduler.kubeconfig"), "system:kube-scheduler", nil},
		{f.pki("kwok.kubeconfig"), "kwok", []string{administrators}},
	}
	for _, user := range users {
		if _, err := f.writeKubeconfig(authority, ports, user.file, user.name, user.groups, componentLifetime); err != nil {
			return nil, none, err
		}
	}
	admin, err := f.writeKubeconfig(authority, ports, f.Kubeconfig(), "admin", []string{administrators}, componentLifetime)
	return authority, admin, err
}

func (f Folder) serverIdentities(authority *certificates.Authority) error {
	// etcd trusts an authority of its own: whoever enters it is above RBAC, and people's certificates must not.
	etcd, err := certificates.LoadOrCreate("local-cluster-etcd", f.pki("etcd-ca.crt"), f.pki("etcd-ca.key"))
	if err != nil {
		return err
	}
	if err := certificates.CreateSigningKey(f.pki("service-accounts.key")); err != nil {
		return err
	}
	servers := []struct {
		authority *certificates.Authority
		name      string
		hosts     []string
	}{
		{etcd, "etcd", []string{"127.0.0.1", "localhost"}},
		{etcd, "etcd-client", nil},
		{authority, "kube-apiserver", []string{
			"127.0.0.1", "localhost", components.APIServiceAddress,
			"kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local",
		}},
	}
	for _, server := range servers {
		pair, err := server.authority.Issue(certificates.Request{
			CommonName: server.name,
			Hosts:      server.hosts,
			Lifetime:   componentLifetime,
		})
		if err != nil {
			return err
		}
		if err := pair.Write(f.pki(server.name+".crt"), f.pki(server.name+".key")); err != nil {
			return err
		}
	}
	return nil
}

// IssueKubeconfig writes a kubeconfig of a person, who may do only what RBAC grants the name and the groups.
func (f Folder) IssueKubeconfig(file, user string, groups []string, lifetime time.Duration) error {
	if slices.Contains(groups, administrators) {
		return fmt.Errorf("group %s is above RBAC and can't be withdrawn; use %s to administer the cluster",
			administrators, f.Kubeconfig())
	}
	authority, err := f.Authority()
	if err != nil {
		return err
	}
	ports, err := f.Ports()
	if err != nil {
		return err
	}
	_, err = f.writeKubeconfig(authority, ports, file, user, groups, lifetime)
	return err
}

func (f Folder) writeKubeconfig(authority *certificates.Authority, ports Ports, file, user string, groups []string,
	lifetime time.Duration) (certificates.Pair, error) {
	pair, err := authority.Issue(certificates.Request{CommonName: user, Organizations: groups, Lifetime: lifetime})
	if err != nil {
		return pair, err
	}
	content, err := kubeconfig.Render(ports.Server(), authority.PEM(), user, pair)
	if err != nil {
		return pair, err
	}
	return pair, certificates.WriteFile(file, content)
}

// files tells the components where they find what they read.
func (f Folder) files(binaries string, ports Ports) components.Files {
	return components.Files{
		Binaries:   binaries,
		Keys:       f.file("pki"),
		EtcdData:   f.file("etcd"),
		APIServer:  ports.APIServer,
		EtcdClient: ports.EtcdClient,
		EtcdPeer:   ports.EtcdPeer,
	}
}
