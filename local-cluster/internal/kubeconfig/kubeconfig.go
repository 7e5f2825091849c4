// Package kubeconfig writes the files by which kubectl and the client libraries find and enter a cluster.
package kubeconfig

import (
	"encoding/base64"
	"encoding/json"
	"fmt"

	"tenantry.dev/local-cluster/internal/certificates"
)

// Render returns a kubeconfig with one cluster and one user, certificates embedded, so that the file alone suffices.
func Render(server string, authority []byte, user string, pair certificates.Pair) ([]byte, error) {
	// A JSON string is a YAML string too, whatever characters a person's name has.
	name, err := json.Marshal(user)
	if err != nil {
		return nil, err
	}
	encode := base64.StdEncoding.EncodeToString
	return fmt.Appendf(nil, `apiVersion: v1
kind: Config
current-context: local-cluster
clusters:
- name: local-cluster
  cluster:
    server: %s
    certificate-authority-data: %s
contexts:
- name: local-cluster
  context:
    cluster: local-cluster
    user: %s
users:
- name: %s
  user:
    client-certificate-data: %s
    client-key-data: %s
`, server, encode(authority), name, name, encode(pair.Certificate), encode(pair.Key)), nil
}
