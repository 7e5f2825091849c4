package build

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/api/konfig"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/yaml"

	"tenantry.dev/workers/internal/sourcefs"
)

// Isolate cuts the process off from all that kustomize could reach besides its file system: it finds no program to run
// (git, helm, container engines), and every HTTP request fails.
func Isolate() {
	os.Clearenv()
	http.DefaultTransport = refuse{}
}

var errRemote = errors.New("remote files are refused")

type refuse struct{}

func (refuse) RoundTrip(*http.Request) (*http.Response, error) { return nil, errRemote }

// explain says what to do about errors for which kustomize's own text leaves people guessing.
func explain(err error, files *sourcefs.FS) error {
	text := err.Error()
	switch {
	case errors.Is(err, errRemote) || strings.Contains(text, errRemote.Error()) ||
		strings.Contains(text, "no 'git' program on path"):
		if file, reference := remoteReference(files); reference != "" {
			return fmt.Errorf("%s refers to '%s': remote bases and files are refused; copy what it needs into this "+
				"source, or reconcile it from a source of its own", file, reference)
		}
		return fmt.Errorf("remote bases and files are refused; copy what is needed into this source, "+
			"or reconcile it from a source of its own: %w", err)
	case strings.Contains(text, "must specify --enable-helm"):
		return errors.New("a kustomization uses helmCharts, which is not supported, as in Flux; " +
			"write a HelmRelease instead")
	default:
		return err
	}
}

// remoteReference finds the first entry that is no path, in the order of the kustomization files' paths.
func remoteReference(files *sourcefs.FS) (file, reference string) {
	contents := files.Contents(konfig.RecognizedKustomizationFileNames()...)
	for _, path := range slices.Sorted(maps.Keys(contents)) {
		var kustomization types.Kustomization
		if err := yaml.Unmarshal(contents[path], &kustomization); err != nil {
			continue
		}
		for _, entry := range references(kustomization) {
			if looksRemote(entry) {
				return path, entry
			}
		}
	}
	return "", ""
}

func references(kustomization types.Kustomization) []string {
	entries := slices.Concat(kustomization.Resources, kustomization.Bases, kustomization.Components,
		kustomization.Crds, kustomization.Configurations, kustomization.Generators, kustomization.Transformers,
		kustomization.Validators)
	for _, patch := range kustomization.Patches {
		entries = append(entries, patch.Path)
	}
	for _, patch := range kustomization.PatchesJson6902 {
		entries = append(entries, patch.Path)
	}
	for _, patch := range kustomization.PatchesStrategicMerge {
		entries = append(entries, string(patch))
	}
	for _, replacement := range kustomization.Replacements {
		entries = append(entries, replacement.Path)
	}
	for _, generator := range kustomization.ConfigMapGenerator {
		entries = append(entries, sources(generator.KvPairSources)...)
	}
	for _, generator := range kustomization.SecretGenerator {
		entries = append(entries, sources(generator.KvPairSources)...)
	}
	return append(entries, kustomization.OpenAPI["path"])
}

func sources(pairs types.KvPairSources) []string {
	var entries []string
	for _, file := range pairs.FileSources {
		_, path, named := strings.Cut(file, "=")
		if !named {
			path = file
		}
		entries = append(entries, path)
	}
	return append(append(entries, pairs.EnvSources...), pairs.EnvSource)
}

// looksRemote says whether kustomize would take an entry for the address of a file or repository.
// See https://github.com/kubernetes-sigs/kustomize/blob/master/examples/remoteBuild.md
func looksRemote(entry string) bool {
	if strings.Contains(entry, "\n") {
		return false
	}
	lower := strings.ToLower(entry)
	for _, prefix := range []string{
		"git::", "gh:", "ssh://", "https://", "http://", "file://", "git@", "github.com:", "github.com/",
	} {
		if len(lower) > len(prefix) && strings.HasPrefix(lower, prefix) {
			return true
		}
	}
	return false
}
