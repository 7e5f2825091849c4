module tenantry.dev/workers

go 1.26.0

require (
	github.com/fluxcd/pkg/envsubst v1.8.0
	sigs.k8s.io/kustomize/api v0.21.1
	sigs.k8s.io/kustomize/kyaml v0.21.1
	sigs.k8s.io/yaml v1.6.0
)
