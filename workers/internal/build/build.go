// Package build turns the files of a source and the spec of a Flux Kustomization into the objects that Flux's
// kustomize-controller would apply.
package build

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"syscall"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/api/resmap"
	"sigs.k8s.io/kustomize/api/resource"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/openapi"

	"tenantry.dev/workers/internal/sourcefs"
)

// Format says how objects are written.
type Format string

// The formats of an output.
const (
	// JSON is one array of objects.
	JSON Format = "json"
	// YAML is a stream of documents.
	YAML Format = "yaml"
)

// Request says what to build.
type Request struct {
	// Path is spec.path, relative to the source's root.
	Path string `json:"path"`
	// Rendering holds the fields of the spec, as ParseRendering reads them.
	Rendering json.RawMessage `json:"rendering"`
	// Variables are what postBuild.substituteFrom resolved to.
	Variables map[string]string `json:"variables"`
	// Secret names the variables whose values no message may show.
	Secret []string `json:"secret"`
	// Lenient lets a variable without value and default be empty, as Flux before 1.9 did.
	Lenient bool `json:"lenient"`
	// Format says how to write the objects.
	Format Format `json:"format"`
	// MaxOutput bounds the output, in bytes.
	MaxOutput int `json:"maxOutput"`
}

// PathError means that there is nothing to build at the path.
type PathError struct{ err error }

func (e *PathError) Error() string { return "kustomization path not found: " + e.err.Error() }
func (e *PathError) Unwrap() error { return e.err }

// Preload parses the schema of the built-in kinds, which kustomize keeps for the life of the process.
func Preload() {
	openapi.Schema()
}

// Polluted says whether a build of this process set an OpenAPI schema of its own. Kustomize keeps it and would use it
// for later builds.
func Polluted() bool {
	return openapi.GetSchemaVersion() != pristineSchema
}

var pristineSchema = openapi.GetSchemaVersion()

// Result is what came out.
type Result struct {
	// Objects are in the format that was asked for.
	Objects []byte
	// Unset names the variables that had neither value nor default, sorted.
	Unset []string
}

// Run builds. Errors read as those of Flux, with paths as they are in the source.
func Run(request Request, source sourcefs.Source) (Result, error) {
	result, err := run(request, sourcefs.New(source))
	if err != nil {
		text := mask(sourcefs.Relative(err.Error()), request.Variables, request.Secret)
		return Result{}, &reported{text: text, err: err}
	}
	return result, nil
}

// reported is an error whose text is fit for people.
type reported struct {
	text string
	err  error
}

func (r *reported) Error() string { return r.text }
func (r *reported) Unwrap() error { return r.err }

func run(request Request, files *sourcefs.FS) (Result, error) {
	rendering, err := ParseRendering(request.Rendering)
	if err != nil {
		return Result{}, err
	}
	// Flux keeps a path that climbs too high inside of the source too.
	folder := filepath.Join(sourcefs.Root, filepath.Clean("/"+request.Path))
	if err := requireFolder(files, folder); err != nil {
		return Result{}, err
	}
	kustomization, err := prepare(files, folder, rendering)
	if err != nil {
		return Result{}, anyFailure(files, err)
	}
	if parts, ok := split(kustomization, files); ok {
		result, err := parts.build(request, rendering, files)
		if !errors.Is(err, errUndivided) {
			return result, anyFailure(files, err)
		}
	}
	return whole(kustomization, request, rendering, files)
}

// whole builds all at once.
func whole(kustomization *prepared, request Request, rendering Rendering, files *sourcefs.FS) (Result, error) {
	objects, err := kustomization.render(files, kustomization.Resources)
	if err := anyFailure(files, err); err != nil {
		return Result{}, err
	}
	substitution, err := newSubstitution(rendering.PostBuild, request.Variables, !request.Lenient)
	if err != nil {
		return Result{}, fmt.Errorf("post build failed: %w", err)
	}
	output := newOutput(request)
	finisher := finisher{substitution, rendering.CommonMetadata, func(renamed *resource.Resource) error {
		_, err := objects.Replace(renamed)
		return err
	}}
	for _, object := range objects.Resources() {
		finished, err := finisher.finish(object)
		if err != nil {
			return Result{}, err
		}
		if err := output.add(finished); err != nil {
			return Result{}, err
		}
	}
	return Result{Objects: output.bytes(), Unset: slices.Sorted(maps.Keys(substitution.unset))}, nil
}

// anyFailure gives the error with which the source ended the build, if it did: kustomize may have gone on without a file
// that the source refused, or say that it is not there.
func anyFailure(files *sourcefs.FS, err error) error {
	if failure := files.Failure(); failure != nil {
		return failure
	}
	return err
}

func requireFolder(files *sourcefs.FS, folder string) error {
	switch {
	case files.IsDir(folder):
		return nil
	case files.Exists(folder):
		return &PathError{&fs.PathError{Op: "stat", Path: folder, Err: syscall.ENOTDIR}}
	default:
		return &PathError{&fs.PathError{Op: "stat", Path: folder, Err: syscall.ENOENT}}
	}
}

func kustomize(files *sourcefs.FS, folder string) (objects resmap.ResMap, err error) {
	defer recovered("building", &err)
	kustomizer := krusty.MakeKustomizer(&krusty.Options{
		LoadRestrictions: types.LoadRestrictionsNone,
		PluginConfig:     types.DisabledPluginConfig(),
	})
	return kustomizer.Run(files, folder)
}

// recovered turns a panic into an error: kustomize panics over some malformed objects.
func recovered(doing string, err *error) {
	if cause := recover(); cause != nil {
		*err = fmt.Errorf("kustomize panicked while %s: %v", doing, cause)
	}
}
