package build

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"tenantry.dev/workers/internal/sourcefs"
)

func TestRemoteBasesAndFilesAreRefused(t *testing.T) {
	for _, reference := range []string{
		"https://example.org/deployment.yaml",
		"http://169.254.169.254/latest/meta-data",
		"https://example.org/org/repo//base?ref=v1",
		"github.com/org/repo/base?ref=v1",
		"git@example.org:org/repo.git",
		"ssh://git@example.org/org/repo.git",
		"file:///etc",
	} {
		got := failure(t, files{"apps/kustomization.yaml": "resources: ['" + reference + "']\n"}, "")

		expectIn(t, got, "kustomize build failed: apps/kustomization.yaml refers to '"+reference+"': "+
			"remote bases and files are refused")
	}
}

func TestRemoteFilesOfGeneratorsAndPatchesAreRefused(t *testing.T) {
	for field, reference := range map[string]string{
		"configMapGenerator: [{name: c, files: ['https://example.org/f']}]":   "https://example.org/f",
		"configMapGenerator: [{name: c, files: ['k=https://example.org/f']}]": "https://example.org/f",
		"patches: [{path: 'https://example.org/p', target: {kind: Pod}}]":     "https://example.org/p",
		"crds: ['https://example.org/crd']":                                   "https://example.org/crd",
	} {
		got := failure(t, files{
			"apps/kustomization.yaml": "resources: [config.yaml]\n" + field + "\n",
			"apps/config.yaml":        configMap("config"),
		}, "")

		expectIn(t, got, "apps/kustomization.yaml refers to '"+reference+"'")
	}
}

func TestNothingOutsideOfTheSourceIsRead(t *testing.T) {
	for _, path := range []string{"../../secret.yaml", "/etc/passwd", "../../../../../../etc/passwd"} {
		got := failure(t, files{"apps/kustomization.yaml": "resources: ['" + path + "']\n"}, "")

		expectIn(t, got, "outside of the source")
	}
}

func TestAnythingInsideOfTheSourceMayBeRead(t *testing.T) {
	got := rendered(t, files{
		"apps/kustomization.yaml": "resources: [../shared/config.yaml]\n" +
			"configMapGenerator: [{name: generated, files: [../shared/notes.txt]}]\n" +
			"generatorOptions: {disableNameSuffixHash: true}\n",
		"shared/config.yaml": configMap("config"),
		"shared/notes.txt":   "text",
	}, "")

	expectIn(t, got, "name: config", "notes.txt: text")
}

func TestHelmChartsAreRefused(t *testing.T) {
	got := failure(t, files{"apps/kustomization.yaml": "helmCharts: [{name: web, repo: 'https://example.org'}]\n"}, "")

	expectIn(t, got, "helmCharts", "write a HelmRelease instead")
}

func TestPluginsDoNotRun(t *testing.T) {
	got := failure(t, files{
		"apps/kustomization.yaml": "resources: [config.yaml]\ntransformers: [plugin.yaml]\n",
		"apps/config.yaml":        configMap("config"),
		"apps/plugin.yaml": `
apiVersion: example.org/v1
kind: Anything
metadata:
  name: plugin
  annotations:
    config.kubernetes.io/function: |
      exec:
        path: /bin/true
`,
	}, "")

	expectIn(t, got, "external plugins disabled")
}

func TestAliasesThatStandForTooMuchAreRefused(t *testing.T) {
	var bomb strings.Builder
	bomb.WriteString(configMap("bomb") + "a0: &a0 [x, x, x, x, x, x, x, x, x]\n")
	for i := 1; i < 10; i++ {
		fmt.Fprintf(&bomb, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 9), ", "))
	}

	got := failure(t, files{
		"apps/kustomization.yaml": "resources: [bomb.yaml]\n",
		"apps/bomb.yaml":          bomb.String(),
	}, "")

	expectIn(t, got, "apps/bomb.yaml: its YAML aliases stand for more than 1000000 values")
}

func TestOrdinaryAliasesAreWrittenOut(t *testing.T) {
	got := rendered(t, files{"apps/config.yaml": configMap("config") + `
data:
  a: &text same
  b: *text
`}, "")

	expectIn(t, got, "a: same\n  b: same")
}

// refusing ends the build at a file, as the JVM does when a limit is reached.
type refusing struct {
	files
	path string
}

func (r refusing) Read(path string) ([]byte, sourcefs.Kind, error) {
	if path == r.path {
		return nil, sourcefs.Absent, errors.New("too large")
	}
	return r.files.Read(path)
}

func TestARefusedFileEndsTheBuildWithItsReasonAlone(t *testing.T) {
	for _, refused := range []string{"apps/kustomization.yaml", "apps/web/kustomization.yaml", "apps/web/config.yaml"} {
		_, err := Run(request(t, ""), refusing{path: refused, files: files{
			"apps/kustomization.yaml":     "resources: [web]\n",
			"apps/web/kustomization.yaml": "resources: [config.yaml]\n",
			"apps/web/config.yaml":        configMap("config"),
		}})

		if err == nil || err.Error() != "too large" {
			t.Errorf("%s: expected the reason, got: %v", refused, err)
		}
	}
}
