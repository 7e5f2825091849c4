package build

import (
	"strings"
	"testing"
)

func TestWithoutKustomizationFileAllYAMLIsListedInTheOrderOfNames(t *testing.T) {
	got := rendered(t, files{
		"apps/b.yaml":       configMap("b"),
		"apps/a/second.yml": configMap("second"),
		"apps/a/first.yaml": configMap("first"),
		"apps/.hidden.yaml": configMap("hidden"),
		"apps/README.md":    "# Not YAML",
		"apps/data.json":    "{}",
		"other/c.yaml":      configMap("c"),
	}, "")

	expect(t, got, `
apiVersion: v1
kind: ConfigMap
metadata:
  name: hidden
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: first
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: second
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: b
`)
}

func TestASubfolderWithItsOwnKustomizationFileIsOneResource(t *testing.T) {
	got := rendered(t, files{
		"apps/top.yaml":                   configMap("top"),
		"apps/web/Kustomization":          "namePrefix: web-\nresources: [config.yaml]\n",
		"apps/web/config.yaml":            configMap("config"),
		"apps/web/not-listed.yaml":        configMap("not-listed"),
		"apps/web/deeper/also-not.yaml":   configMap("also-not"),
		"apps/plain/kustomization.yaml/x": "a folder of that name is no kustomization file",
	}, "")

	expectIn(t, got, "name: top", "name: web-config")
	if strings.Contains(got, "not") {
		t.Errorf("files that the kustomization does not list were built:\n%s", got)
	}
}

func TestAFileThatHoldsNoObjectFailsWithItsPath(t *testing.T) {
	got := failure(t, files{
		"apps/config.yaml": configMap("config"),
		"apps/values.yaml": "replicas: 3\n",
	}, "")

	expectIn(t, got, "failed to decode Kubernetes YAML from apps/values.yaml: missing Resource metadata",
		"add one that lists the manifests")
}

func TestAFolderWithoutManifestsRendersNothing(t *testing.T) {
	expect(t, rendered(t, files{"apps/README.md": "Soon."}, ""), "")
}

func TestAKustomizationFileThatListsNothingRendersNothing(t *testing.T) {
	expect(t, rendered(t, files{"apps/kustomization.yaml": "resources: []\n"}, ""), "")
}

func TestEachNameOfAKustomizationFileIsFound(t *testing.T) {
	for _, name := range []string{"kustomization.yaml", "kustomization.yml", "Kustomization"} {
		got := rendered(t, files{
			"apps/" + name:     "resources: [config.yaml]\nnameSuffix: -found\n",
			"apps/config.yaml": configMap("config"),
			"apps/broken.yaml": "not: listed",
		}, "")
		expectIn(t, got, "name: config-found")
	}
}

func TestTwoKustomizationFilesInAFolderFail(t *testing.T) {
	got := failure(t, files{
		"apps/kustomization.yaml": "resources: [config.yaml]\n",
		"apps/kustomization.yml":  "resources: [config.yaml]\n",
		"apps/config.yaml":        configMap("config"),
	}, "")

	expectIn(t, got, "kustomize build failed: Found multiple kustomization files under: apps")
}

func TestThePathNeedNotBeCleanAndNeverClimbsOutOfTheSource(t *testing.T) {
	source := files{"apps/config.yaml": configMap("config")}
	for _, path := range []string{"apps", "./apps/", "/apps", "apps/../apps", "../../apps"} {
		request := request(t, "")
		request.Path = path
		result, err := Run(request, source)
		if err != nil {
			t.Errorf("%s: %v", path, err)
		}
		expectIn(t, string(result.Objects), "name: config")
	}
}

func TestAPathThatIsNoFolderIsSaidSo(t *testing.T) {
	request := request(t, "")
	request.Path = "./missing"
	_, err := Run(request, files{"apps/config.yaml": configMap("config")})
	expect(t, err.Error(), "kustomization path not found: stat missing: no such file or directory")

	request.Path = "./apps/config.yaml"
	_, err = Run(request, files{"apps/config.yaml": configMap("config")})
	expect(t, err.Error(), "kustomization path not found: stat apps/config.yaml: not a directory")
}

func TestNamespacePrefixAndSuffixOfTheSpecWin(t *testing.T) {
	got := rendered(t, files{
		"apps/kustomization.yaml": "resources: [config.yaml]\nnamespace: of-file\nnamePrefix: of-file-\n",
		"apps/config.yaml":        configMap("config"),
	}, `
targetNamespace: team-a
namePrefix: prod-
nameSuffix: -v2
`)

	expect(t, got, `
apiVersion: v1
kind: ConfigMap
metadata:
  name: prod-config-v2
  namespace: team-a
`)
}

func TestPatchesOfTheSpecFollowThoseOfTheFile(t *testing.T) {
	got := rendered(t, files{
		"apps/kustomization.yaml": `
resources: [config.yaml]
patches:
- patch: |
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: config
    data:
      of-file: "1"
      both: file
`,
		"apps/config.yaml": configMap("config"),
	}, `
patches:
- patch: |
    - op: add
      path: /data/of-spec
      value: "2"
    - op: replace
      path: /data/both
      value: spec
  target:
    kind: ConfigMap
    name: con.*
`)

	expect(t, got, `
apiVersion: v1
data:
  both: spec
  of-file: "1"
  of-spec: "2"
kind: ConfigMap
metadata:
  name: config
`)
}

func TestPatchesOfOlderAPIVersionsAreApplied(t *testing.T) {
	got := rendered(t, files{"apps/config.yaml": configMap("config")}, `
patchesStrategicMerge:
- apiVersion: v1
  kind: ConfigMap
  metadata:
    name: config
  data:
    merged: "yes"
patchesJson6902:
- target:
    version: v1
    kind: ConfigMap
    name: config
  patch:
  - op: add
    path: /metadata/labels
    value:
      patched: by-operations
`)

	expectIn(t, got, `merged: "yes"`, "patched: by-operations")
}

const deployment = `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - name: web
        image: example.org/web:1.0
      - name: proxy
        image: proxy
`

func TestImagesOfTheSpecMergeIntoThoseOfTheFile(t *testing.T) {
	got := rendered(t, files{
		"apps/kustomization.yaml": `
resources: [web.yaml]
images:
- name: example.org/web
  newName: mirror.example.org/web
  newTag: "1.1"
`,
		"apps/web.yaml": deployment,
	}, `
images:
- name: example.org/web
  newTag: "1.2"
- name: proxy
  digest: sha256:24a0c4b4a4c0eb97a1aabb8e29f18e917d05abfe1b7a7c07857230879ce7d3d3
`)

	expectIn(t, got, "image: mirror.example.org/web:1.2",
		"image: proxy@sha256:24a0c4b4a4c0eb97a1aabb8e29f18e917d05abfe1b7a7c07857230879ce7d3d3")
}

func TestADigestOfTheSpecTakesAwayTheTagOfTheFile(t *testing.T) {
	got := rendered(t, files{
		"apps/kustomization.yaml": "resources: [web.yaml]\nimages: [{name: example.org/web, newTag: stale}]\n",
		"apps/web.yaml":           deployment,
	}, `
images:
- name: example.org/web
  digest: sha256:24a0c4b4a4c0eb97a1aabb8e29f18e917d05abfe1b7a7c07857230879ce7d3d3
`)

	expectIn(t, got, "image: example.org/web@sha256:24a0")
}

const component = `
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
labels:
- pairs:
    component: applied
`

func TestComponentsAreRelativeToThePath(t *testing.T) {
	got := rendered(t, files{
		"apps/config.yaml":                  configMap("config"),
		"components/kustomization.yaml":     component,
		"components/README.md":              "",
		"apps-unrelated/kustomization.yaml": "",
	}, "components: [../components]")

	expectIn(t, got, "component: applied")
}

func TestAMissingComponentFailsUnlessItMayBeMissing(t *testing.T) {
	source := files{"apps/config.yaml": configMap("config")}

	expectIn(t, failure(t, source, "components: [../missing]"), "missing: no such file or directory")
	expectIn(t, rendered(t, source, "{components: [../missing], ignoreMissingComponents: true}"), "name: config")
}

func TestARemoteComponentIsRefused(t *testing.T) {
	got := failure(t, files{"apps/config.yaml": configMap("config")},
		"components: ['https://example.org/component']")

	expect(t, got, "component path 'https://example.org/component' must be local and relative")
}

func TestBuildMetadataAnnotatesWithTheOrigin(t *testing.T) {
	got := rendered(t, files{
		"apps/kustomization.yaml": "resources: [config.yaml]\n",
		"apps/config.yaml":        configMap("config"),
	}, "buildMetadata: [originAnnotations]")

	expectIn(t, got, "config.kubernetes.io/origin: |\n      path: config.yaml")
}

func TestAFieldOfTheWrongTypeIsNamed(t *testing.T) {
	got := failure(t, files{"apps/config.yaml": configMap("config")},
		"postBuild: {substitute: {REPLICAS: 3}}")

	expectIn(t, got, "spec.postBuild.substitute of the Kustomization is a number where a string is needed",
		"put it in quotes")
}
