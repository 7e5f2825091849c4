package build

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"sigs.k8s.io/kustomize/api/konfig"
	"sigs.k8s.io/kustomize/api/provider"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/yaml"

	"tenantry.dev/workers/internal/sourcefs"
)

// prepare lets the folder have one kustomization file that holds all that the Kustomization asks for: the file that is
// there, else one with every manifest in the tree, with the fields of the spec merged into it.
func prepare(files *sourcefs.FS, folder string, rendering Rendering) error {
	path, content, err := findKustomization(files, folder)
	if err != nil {
		return err
	}
	found := path != ""
	if !found {
		path = filepath.Join(folder, konfig.DefaultKustomizationFileName())
		if content, err = generate(files, folder); err != nil {
			return err
		}
	}
	kustomization := empty()
	if err := yaml.Unmarshal(content, &kustomization); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if found && len(kustomization.Resources) == 0 {
		// Kustomize calls a file without any field of its list empty, but one that has yet to get its first resource
		// is no error. This field changes nothing where there are no objects.
		kustomization.BuildMetadata = []string{types.OriginAnnotations}
	}
	if err := merge(&kustomization, files, folder, rendering); err != nil {
		return err
	}
	merged, err := yaml.Marshal(kustomization)
	if err != nil {
		return err
	}
	return files.Overlay(path, merged)
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

// generate writes a kustomization with every manifest below a folder as a resource. A subfolder with a kustomization
// file is one resource.
func generate(files *sourcefs.FS, folder string) ([]byte, error) {
	paths, err := manifests(files, folder)
	if err != nil {
		return nil, err
	}
	kustomization := empty()
	for _, path := range paths {
		kustomization.Resources = append(kustomization.Resources, strings.Replace(path, folder, ".", 1))
	}
	if len(paths) == 0 {
		// A folder without manifests renders to nothing; kustomize wants at least one field.
		kustomization.Namespace = "_placeholder"
	}
	return yaml.Marshal(kustomization)
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
	defer recovered("parsing", &err)
	_, err = provider.NewDefaultDepProvider().GetResourceFactory().SliceFromBytes(content)
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
