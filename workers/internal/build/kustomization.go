package build

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"sigs.k8s.io/kustomize/api/konfig"
	"sigs.k8s.io/kustomize/api/provider"
	"sigs.k8s.io/kustomize/api/resmap"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/yaml"

	"tenantry.dev/workers/internal/sourcefs"
)

// prepared is a folder's kustomization, with all that the Kustomization asks for.
type prepared struct {
	types.Kustomization
	folder string
	// file is where kustomize finds it.
	file string
}

// prepare finds the kustomization file of the folder, else lists every manifest in the tree, and merges the fields of
// the spec into it.
func prepare(files *sourcefs.FS, folder string, rendering Rendering) (*prepared, error) {
	path, content, err := findKustomization(files, folder)
	if err != nil {
		return nil, err
	}
	kustomization := &prepared{Kustomization: empty(), folder: folder, file: path}
	if path == "" {
		kustomization.file = filepath.Join(folder, konfig.DefaultKustomizationFileName())
		err = generate(&kustomization.Kustomization, files, folder)
	} else {
		err = read(&kustomization.Kustomization, path, content)
	}
	if err != nil {
		return nil, err
	}
	return kustomization, merge(&kustomization.Kustomization, files, folder, rendering)
}

// render lets kustomize build it, with these entries as its resources.
func (p *prepared) render(files *sourcefs.FS, resources []string) (resmap.ResMap, error) {
	kustomization := p.Kustomization
	kustomization.Resources = resources
	content, err := yaml.Marshal(kustomization)
	if err != nil {
		return nil, err
	}
	if err := files.Overlay(p.file, content); err != nil {
		return nil, err
	}
	objects, err := kustomize(files, p.folder)
	if err != nil {
		return nil, fmt.Errorf("kustomize build failed: %w", explain(err, files))
	}
	return objects, nil
}

func read(kustomization *types.Kustomization, path string, content []byte) error {
	if err := yaml.Unmarshal(content, kustomization); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if len(kustomization.Resources) == 0 {
		// Kustomize calls a file without any field of its list empty, but one that has yet to get its first resource
		// is no error. This field changes nothing where there are no objects.
		kustomization.BuildMetadata = []string{types.OriginAnnotations}
	}
	return nil
}

func empty() types.Kustomization {
	return types.Kustomization{
		TypeMeta: types.TypeMeta{APIVersion: types.KustomizationVersion, Kind: types.KustomizationKind},
	}
}

func findKustomization(files *sourcefs.FS, folder string) (string, []byte, error) {
	if path := kustomizationIn(files, folder); path != "" {
		content, err := files.ReadFile(path)
		return path, content, err
	}
	return "", nil, files.Failure()
}

func kustomizationIn(files *sourcefs.FS, folder string) string {
	for _, name := range konfig.RecognizedKustomizationFileNames() {
		path := filepath.Join(folder, name)
		if files.Exists(path) && !files.IsDir(path) {
			return path
		}
	}
	return ""
}

// generate lists every manifest below a folder as a resource. A subfolder with a kustomization file is one resource.
func generate(kustomization *types.Kustomization, files *sourcefs.FS, folder string) error {
	paths, err := manifests(files, folder)
	if err != nil {
		return err
	}
	for _, path := range paths {
		kustomization.Resources = append(kustomization.Resources, strings.Replace(path, folder, ".", 1))
	}
	if len(paths) == 0 {
		// A folder without manifests renders to nothing; kustomize wants at least one field.
		kustomization.Namespace = "_placeholder"
	}
	return nil
}

// manifests finds what a generated kustomization lists, in the order of the walk, which decides the order of objects
// of the same kind.
func manifests(files *sourcefs.FS, folder string) ([]string, error) {
	var paths []string
	err := files.Walk(folder, func(path string, info fs.FileInfo, err error) error {
		switch {
		case err != nil || path == folder:
			return err
		case info.IsDir():
			if kustomizationIn(files, path) != "" {
				paths = append(paths, path)
				return filepath.SkipDir
			}
			return files.Failure()
		case filepath.Ext(path) != ".yaml" && filepath.Ext(path) != ".yml":
			return nil
		}
		content, err := files.ReadFile(path)
		if err != nil {
			return err
		}
		if err := decodes(content); err != nil {
			return fmt.Errorf("failed to decode Kubernetes YAML from %s: %w; "+
				"without a kustomization.yaml every YAML file must hold Kubernetes objects: "+
				"add one that lists the manifests, or leave the file out by .sourceignore", path, err)
		}
		paths = append(paths, path)
		return nil
	})
	return paths, err
}

// decodes says whether kustomize can read a file as objects.
func decodes(content []byte) (err error) {
	digest := sha256.Sum256(content)
	if decodable.has(digest) {
		return nil
	}
	defer recovered("parsing", &err)
	if _, err = provider.NewDefaultDepProvider().GetResourceFactory().SliceFromBytes(content); err == nil {
		decodable.add(digest)
	}
	return err
}

// merge adds the fields of a spec to a kustomization file.
func merge(kustomization *types.Kustomization, files *sourcefs.FS, folder string, rendering Rendering) error {
	if rendering.TargetNamespace != "" {
		kustomization.Namespace = rendering.TargetNamespace
	}
	if rendering.NamePrefix != "" {
		kustomization.NamePrefix = rendering.NamePrefix
	}
	if rendering.NameSuffix != "" {
		kustomization.NameSuffix = rendering.NameSuffix
	}
	mergePatches(kustomization, rendering)
	if err := mergeComponents(kustomization, files, folder, rendering); err != nil {
		return err
	}
	for _, image := range rendering.Images {
		mergeImage(kustomization, image)
	}
	if len(rendering.BuildMetadata) > 0 {
		kustomization.BuildMetadata = rendering.BuildMetadata
	}
	return nil
}

func mergePatches(kustomization *types.Kustomization, rendering Rendering) {
	for _, patch := range rendering.Patches {
		kustomization.Patches = append(kustomization.Patches,
			types.Patch{Patch: patch.Patch, Target: patch.Target.forKustomize()})
	}
	for _, patch := range rendering.PatchesStrategicMerge {
		kustomization.PatchesStrategicMerge = append(kustomization.PatchesStrategicMerge,
			types.PatchStrategicMerge(patch))
	}
	for _, patch := range rendering.PatchesJSON6902 {
		kustomization.PatchesJson6902 = append(kustomization.PatchesJson6902,
			types.Patch{Patch: string(patch.Patch), Target: patch.Target.forKustomize()})
	}
}

func mergeComponents(
	kustomization *types.Kustomization, files *sourcefs.FS, folder string, rendering Rendering,
) error {
	for _, component := range rendering.Components {
		if filepath.IsAbs(component) || looksRemote(component) {
			return fmt.Errorf("component path '%s' must be local and relative", component)
		}
		if rendering.IgnoreMissingComponents && !files.Exists(filepath.Join(folder, component)) {
			continue
		}
		kustomization.Components = append(kustomization.Components, component)
	}
	return files.Failure()
}

// mergeImage adds to the entry for the same name, if there is one. Tag and digest together say the version, so that
// setting one takes away the other.
func mergeImage(kustomization *types.Kustomization, image Image) {
	for i := range kustomization.Images {
		existing := &kustomization.Images[i]
		if existing.Name != image.Name {
			continue
		}
		if image.NewName != "" {
			existing.NewName = image.NewName
		}
		if image.NewTag != "" || image.Digest != "" {
			existing.NewTag = image.NewTag
			existing.Digest = image.Digest
		}
		return
	}
	kustomization.Images = append(kustomization.Images, types.Image{
		Name:    image.Name,
		NewName: image.NewName,
		NewTag:  image.NewTag,
		Digest:  image.Digest,
	})
}
