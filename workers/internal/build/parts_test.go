package build

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// dividing builds from so many objects on in parts of so many, for one test.
func dividing(t *testing.T, from, size int) {
	t.Helper()
	divisibleBefore, sizeBefore, earlierBefore := divisible, partSize, earlier
	divisible, partSize, earlier = from, size, newMemory(1<<20)
	t.Cleanup(func() { divisible, partSize, earlier = divisibleBefore, sizeBefore, earlierBefore })
}

const never = 1 << 30

func object(apiVersion, kind, namespace, name string) string {
	return fmt.Sprintf("apiVersion: %s\nkind: %s\nmetadata: {name: %s, namespace: %s}\n", apiVersion, kind, name, namespace)
}

// shapes are sources and specs that a division could get wrong.
var shapes = map[string]struct {
	files files
	spec  string
}{
	"kinds of all sorts": {files{
		"apps/a.yaml": object("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", "", "hook") + "---\n" +
			object("v1", "Service", "b", "web") + "---\n" + object("example.org/v1", "Thing", "b", "thing"),
		"apps/b.yaml": object("v1", "ConfigMap", "b", "second") + "---\n" + object("v1", "ConfigMap", "a", "first"),
		"apps/c.yaml": object("v1", "Namespace", "", "b") + "---\n" + object("example.org/v2", "Thing", "b", "thing"),
		"apps/d.yaml": object("apps/v1", "Deployment", "a", "web") + "---\n" + object("v1", "ConfigMap", `""`, "third"),
		"apps/e.yaml": object("rbac.authorization.k8s.io/v1", "RoleBinding", "a", "b") + "---\n" +
			object("v1", "ServiceAccount", "a", "b"),
	}, ""},
	"a namespace for all": {files{
		"apps/a.yaml": object("v1", "ConfigMap", "x", "one") + "---\n" + object("v1", "Secret", "y", "two"),
		"apps/b.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: " +
			"{serviceAccountName: web, volumes: [{name: c, configMap: {name: one}}]}}}\n",
		"apps/c.yaml": object("v1", "Namespace", "", "b") + "---\n" + object("v1", "ServiceAccount", "", "web"),
	}, "targetNamespace: team"},
	"a binding to an account of another file": {files{
		"apps/a.yaml": object("v1", "ServiceAccount", "x", "web"),
		"apps/b.yaml": "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: web}\n" +
			"roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web}\n" +
			"subjects: [{kind: ServiceAccount, name: web, namespace: x}]\n",
	}, "targetNamespace: team"},
	"names that collide in one namespace": {files{
		"apps/a.yaml": object("v1", "ConfigMap", "x", "one"),
		"apps/b.yaml": object("v1", "ConfigMap", "y", "one"),
	}, "targetNamespace: team"},
	"one object twice": {files{
		"apps/a.yaml": configMap("one") + "---\n" + configMap("two"),
		"apps/b.yaml": configMap("three"),
		"apps/c.yaml": configMap("two"),
	}, ""},
	"one object twice, once in the default namespace": {files{
		"apps/a.yaml": configMap("one"),
		"apps/b.yaml": object("v1", "ConfigMap", "default", "one"),
	}, ""},
	"one object twice in a file": {files{
		"apps/a.yaml": configMap("one") + "---\n" + configMap("two") + "---\n" + configMap("one"),
	}, ""},
	"a file listed twice": {files{
		"apps/kustomization.yaml": "resources: [a.yaml, b.yaml, a.yaml]",
		"apps/a.yaml":             configMap("one") + "---\n" + configMap("two"),
		"apps/b.yaml":             configMap("three"),
	}, ""},
	"an object that is not to leave kustomize": {files{
		"apps/a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one, annotations: " +
			"{config.kubernetes.io/local-config: \"true\"}}\n",
		"apps/b.yaml": configMap("one"),
		"apps/c.yaml": configMap("two"),
	}, ""},
	"nothing, lists and comments": {files{
		"apps/a.yaml": "# nothing\n",
		"apps/b.yaml": "---\n---\n# comment\n---\n" + configMap("one") + "---\n",
		"apps/c.yaml": "apiVersion: v1\nkind: ConfigMapList\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: two}}\n" +
			"- {apiVersion: v1, kind: ConfigMap, metadata: {name: zero}}\n",
		"apps/d.yaml": "{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", \"metadata\": {\"name\": \"json\"}}\n",
		"apps/e.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: text}\ndata:\n  text: |\n    a: b\n    ---\n    c\n",
	}, ""},
	"variables and common metadata": {files{
		"apps/a.yaml": configMap("one") + "data: {a: \"${value}\", b: \"${other:=${value}}\"}\n",
		"apps/b.yaml": configMap("two") + "data: {a: \"${number}\"}\n",
	}, "postBuild: {substitute: {value: x, number: \"7\"}}\ncommonMetadata: {labels: {team: a}}"},
	"names out of variables": {files{
		"apps/a.yaml": configMap("${name}"),
		"apps/b.yaml": configMap("two"),
	}, "postBuild: {substitute: {name: one}}"},
	"names out of variables that collide": {files{
		"apps/a.yaml": configMap("${name}"),
		"apps/b.yaml": configMap("two"),
	}, "postBuild: {substitute: {name: two}}"},
	"a variable without value": {files{
		"apps/a.yaml": configMap("one"),
		"apps/b.yaml": configMap("two") + "data: {a: \"${nothing}\"}\n",
	}, "postBuild: {substitute: {name: two}}"},
	"a variable with a bad name": {files{
		"apps/a.yaml": configMap("one"),
		"apps/b.yaml": configMap("two"),
	}, "postBuild: {substitute: {\"a-b\": two}}"},
	"a prefix": {files{
		"apps/kustomization.yaml": "resources: [a.yaml, b.yaml]\nnamePrefix: team-\n",
		"apps/a.yaml":             configMap("one"),
		"apps/b.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\n" +
			"spec: {volumes: [{name: c, configMap: {name: one}}]}\n",
	}, ""},
	"a base with a prefix": {files{
		"apps/kustomization.yaml": "resources: [../base, b.yaml]\n",
		"base/kustomization.yaml": "resources: [a.yaml]\nnamePrefix: team-\n",
		"base/a.yaml":             configMap("one"),
		"apps/b.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\n" +
			"spec: {volumes: [{name: c, configMap: {name: one}}]}\n",
	}, ""},
	"a missing file": {files{
		"apps/kustomization.yaml": "resources: [a.yaml, b.yaml]\n",
		"apps/a.yaml":             configMap("one"),
	}, ""},
	"a file of another folder": {files{
		"apps/kustomization.yaml": "resources: [a.yaml, ../other/b.yaml]\n",
		"apps/a.yaml":             configMap("one"),
		"other/b.yaml":            configMap("b"),
	}, ""},
	"a broken file": {files{
		"apps/kustomization.yaml": "resources: [a.yaml, b.yaml]\n",
		"apps/a.yaml":             configMap("one"),
		"apps/b.yaml":             "a: [\n",
	}, ""},
	"patches": {files{
		"apps/a.yaml": configMap("one"),
		"apps/b.yaml": configMap("two"),
	}, "patches: [{patch: \"[{op: add, path: /data, value: {a: b}}]\", target: {kind: ConfigMap, name: two}}]"},
}

func TestPartsTogetherAreTheWhole(t *testing.T) {
	for name, shape := range shapes {
		for _, format := range []Format{JSON, YAML} {
			for _, size := range []int{1, 2, 100} {
				t.Run(fmt.Sprintf("%s/%s/%d", name, format, size), func(t *testing.T) {
					request := request(t, shape.spec)
					request.Format = format
					dividing(t, never, size)
					want, wantErr := Run(request, shape.files)
					dividing(t, 1, size)
					for range 2 {
						got, err := Run(request, shape.files)
						if !bytes.Equal(got.Objects, want.Objects) || !slices.Equal(got.Unset, want.Unset) {
							t.Errorf("expected\n%s\ngot\n%s", want.Objects, got.Objects)
						}
						if fmt.Sprint(err) != fmt.Sprint(wantErr) {
							t.Errorf("expected\n%v\ngot\n%v", wantErr, err)
						}
					}
				})
			}
		}
	}
}

func TestOnlyAPartWhoseFilesChangedIsBuiltAgain(t *testing.T) {
	dividing(t, 1, 2)
	source := files{}
	for i := range 40 {
		source[fmt.Sprintf("apps/%02d.yaml", i)] = configMap(fmt.Sprintf("config-%02d", i))
	}
	request := request(t, "")
	if _, err := Run(request, source); err != nil {
		t.Fatal(err)
	}
	before := len(earlier.parts)

	source["apps/07.yaml"] = configMap("renamed")
	got, err := Run(request, source)

	if err != nil {
		t.Fatal(err)
	}
	expectIn(t, string(got.Objects), "renamed", "config-06", "config-39")
	if strings.Contains(string(got.Objects), "config-07") {
		t.Error("an object is there that its file has no more")
	}
	if added := len(earlier.parts) - before; before < 10 || added != 1 {
		t.Errorf("of %d parts %d were built again", before, added)
	}
}

func TestAnotherSpecOrPathIsAnotherPart(t *testing.T) {
	dividing(t, 1, 1)
	source := files{
		"apps/a.yaml":  configMap("one") + "data: {a: \"${v}\"}\n",
		"apps/b.yaml":  configMap("two"),
		"other/a.yaml": configMap("one") + "data: {a: \"${v}\"}\n",
		"other/b.yaml": configMap("two"),
	}
	for _, spec := range []string{
		"", "targetNamespace: a", "targetNamespace: b", "commonMetadata: {labels: {a: b}}",
		"postBuild: {substitute: {v: a}}", "postBuild: {substitute: {v: b}}",
	} {
		request := request(t, spec)
		dividing(t, never, 1)
		want, _ := Run(request, source)
		divisible = 1
		for _, path := range []string{"apps", "other"} {
			request.Path = path
			if got, err := Run(request, source); err != nil || !bytes.Equal(got.Objects, want.Objects) {
				t.Errorf("%s of %s: %v, expected\n%s\ngot\n%s", spec, path, err, want.Objects, got.Objects)
			}
		}
	}
}

func TestNothingIsKeptOfWhatSecretsHold(t *testing.T) {
	dividing(t, 1, 1)
	request := request(t, "postBuild: {substitute: {other: x}}")
	request.Variables = map[string]string{"password": "hunter22"}
	request.Secret = []string{"password"}

	_, err := Run(request, files{
		"apps/a.yaml": configMap("one") + "data: {a: \"${password}\"}\n",
		"apps/b.yaml": configMap("two"),
	})

	if err != nil || len(earlier.parts) > 0 {
		t.Errorf("%d parts are kept, error %v", len(earlier.parts), err)
	}
}

func TestTheMemoryKeepsWhatWasUsedLast(t *testing.T) {
	kept := newMemory(100)
	for i := range byte(4) {
		kept.put(digest{i}, &part{bytes: 30})
		kept.get(digest{0})
	}
	kept.put(digest{9}, &part{bytes: 101})

	for i, want := range map[byte]bool{0: true, 1: false, 2: true, 3: true, 9: false} {
		if got := kept.get(digest{i}) != nil; got != want {
			t.Errorf("part %d is kept: %v", i, got)
		}
	}
	if kept.size != 90 {
		t.Errorf("%d bytes are counted, not 90", kept.size)
	}
}
