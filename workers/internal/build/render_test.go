package build

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	"tenantry.dev/workers/internal/sourcefs"
)

// conformance is the folder of cases made with the reference implementations, which are no part of the project.
var conformance string

func TestMain(m *testing.M) {
	conformance = os.Getenv("TENANTRY_CONFORMANCE")
	Isolate()
	Preload()
	os.Exit(m.Run())
}

// files is a source in memory: content by path.
type files map[string]string

func (f files) Stat(path string) (sourcefs.Kind, error) {
	if _, ok := f[path]; ok {
		return sourcefs.File, nil
	}
	for name := range f {
		if path == "" || strings.HasPrefix(name, path+"/") {
			return sourcefs.Folder, nil
		}
	}
	return sourcefs.Absent, nil
}

func (f files) Read(path string) ([]byte, sourcefs.Kind, error) {
	kind, err := f.Stat(path)
	return []byte(f[path]), kind, err
}

func (f files) List(path string) ([]sourcefs.Entry, sourcefs.Kind, error) {
	kinds := map[string]sourcefs.Kind{}
	for name := range f {
		below, ok := strings.CutPrefix("/"+name, strings.TrimSuffix("/"+path, "/")+"/")
		if !ok {
			continue
		}
		child, _, deeper := strings.Cut(below, "/")
		kinds[child] = sourcefs.File
		if deeper {
			kinds[child] = sourcefs.Folder
		}
	}
	var entries []sourcefs.Entry
	for name, kind := range kinds {
		entries = append(entries, sourcefs.Entry{Name: name, Kind: kind})
	}
	kind, err := f.Stat(path)
	return entries, kind, err
}

// request asks for YAML of the folder apps with a spec written in YAML.
func request(t testing.TB, spec string) Request {
	t.Helper()
	rendering, err := yaml.YAMLToJSON([]byte(spec))
	if err != nil {
		t.Fatal(err)
	}
	if spec == "" {
		rendering = json.RawMessage("{}")
	}
	return Request{Path: "./apps", Rendering: rendering, Format: YAML}
}

func rendered(t testing.TB, source files, spec string) string {
	t.Helper()
	result, err := Run(request(t, spec), source)
	if err != nil {
		t.Fatalf("build failed: %v", err)
	}
	return string(result.Objects)
}

func failure(t testing.TB, source files, spec string) string {
	t.Helper()
	result, err := Run(request(t, spec), source)
	if err == nil {
		t.Fatalf("expected a failure, got:\n%s", result.Objects)
	}
	return err.Error()
}

func expect(t testing.TB, got, want string) {
	t.Helper()
	if strings.TrimSpace(got) != strings.TrimSpace(want) {
		t.Errorf("expected:\n%s\ngot:\n%s", strings.TrimSpace(want), strings.TrimSpace(got))
	}
}

func expectIn(t testing.TB, got string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(got, part) {
			t.Errorf("expected %q in:\n%s", part, got)
		}
	}
}

func configMap(name string) string {
	return "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " + name + "\n"
}
