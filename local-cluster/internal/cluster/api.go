package cluster

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"time"

	"tenantry.dev/local-cluster/internal/certificates"
)

// api is the little of the Kubernetes API that a start needs, as the administrator.
type api struct {
	server string
	client *http.Client
}

func newAPI(server string, authority *certificates.Authority, admin certificates.Pair) (*api, error) {
	certificate, err := tls.X509KeyPair(admin.Certificate, admin.Key)
	if err != nil {
		return nil, err
	}
	return &api{server: server, client: &http.Client{
		Timeout: 10 * time.Second,
		Transport: &http.Transport{TLSClientConfig: &tls.Config{
			RootCAs:      authority.Pool(),
			Certificates: []tls.Certificate{certificate},
		}},
	}}, nil
}

// waitUntilServing returns once the API server says that it is ready.
func (a *api) waitUntilServing(ctx context.Context) error {
	return a.waitFor(ctx, "/readyz")
}

// waitUntilControlled returns once the controllers work: they have made the default namespace's service account.
func (a *api) waitUntilControlled(ctx context.Context) error {
	return a.waitFor(ctx, "/api/v1/namespaces/default/serviceaccounts/default")
}

func (a *api) waitFor(ctx context.Context, path string) error {
	for {
		// Until the server is up every request fails; only the time limit tells slow from broken.
		if status, _, err := a.call(ctx, http.MethodGet, path, nil); err == nil && status == http.StatusOK {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// createNodes adds the nodes that kwok is to play; those of an earlier start are left as they are.
func (a *api) createNodes(ctx context.Context, count int) error {
	for i := range count {
		status, answer, err := a.call(ctx, http.MethodPost, "/api/v1/nodes", node(fmt.Sprintf("node-%d", i)))
		if err != nil {
			return err
		}
		if status != http.StatusCreated && status != http.StatusConflict {
			return fmt.Errorf("the API server refuses a node (%d): %s", status, answer)
		}
	}
	return nil
}

func node(name string) map[string]any {
	capacity := map[string]string{"cpu": "64", "memory": "512Gi", "ephemeral-storage": "1Ti", "pods": "10000"}
	return map[string]any{
		"apiVersion": "v1",
		"kind":       "Node",
		"metadata": map[string]any{
			"name": name,
			"labels": map[string]string{
				"kubernetes.io/hostname": name,
				"kubernetes.io/os":       "linux",
				"kubernetes.io/arch":     runtime.GOARCH,
			},
		},
		"status": map[string]any{"capacity": capacity, "allocatable": capacity},
	}
}

func (a *api) call(ctx context.Context, method, path string, body any) (int, string, error) {
	var content io.Reader
	if body != nil {
		encoded, err := json.Marshal(body)
		if err != nil {
			return 0, "", err
		}
		content = bytes.NewReader(encoded)
	}
	request, err := http.NewRequestWithContext(ctx, method, a.server+path, content)
	if err != nil {
		return 0, "", err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := a.client.Do(request)
	if err != nil {
		return 0, "", err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	return response.StatusCode, string(answer), err
}
