package build

import (
	"syscall"
	"testing"
	"time"

	"tenantry.dev/workers/internal/garbage"
)

// BenchmarkFourObjects is the ordinary case: an overlay over a base with a deployment, a service, a generated
// ConfigMap and an ingress, with variables. The aim is less than 5 ms. The processor's time is told too, since the
// wall's depends on what else runs.
func BenchmarkFourObjects(b *testing.B) {
	source := files{
		"apps/kustomization.yaml": `
resources: [../base]
images: [{name: example.org/web, newTag: "1.2.3"}]
patches:
- patch: |
    - {op: replace, path: /spec/replicas, value: 3}
  target: {kind: Deployment}
`,
		"base/kustomization.yaml": `
resources: [deployment.yaml, service.yaml, ingress.yaml]
labels: [{pairs: {app: web}, includeSelectors: true}]
configMapGenerator: [{name: web, files: [settings.ini]}]
`,
		"base/settings.ini": "level=info\n",
		"base/deployment.yaml": `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: example.org/web
        ports: [{containerPort: 8080}]
        envFrom: [{configMapRef: {name: web}}]
        resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {memory: 128Mi}}
        readinessProbe: {httpGet: {path: /healthz, port: 8080}}
`,
		"base/service.yaml": `
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{port: 80, targetPort: 8080}]
`,
		"base/ingress.yaml": `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  rules:
  - host: web.${domain}
    http:
      paths:
      - path: /
        pathType: Prefix
        backend: {service: {name: web, port: {number: 80}}}
`,
	}
	request := request(b, `
targetNamespace: team-a
postBuild: {substitute: {domain: example.org}}
commonMetadata: {labels: {team: a}}
`)
	request.Format = JSON
	// As the worker does, and below.
	collector := garbage.New()
	before := processorTime(b)
	for b.Loop() {
		if _, err := Run(request, source); err != nil {
			b.Fatal(err)
		}
		collector.Built()
	}
	b.ReportMetric(float64((processorTime(b)-before).Microseconds())/1000/float64(b.N), "cpu-ms/op")
}

func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
