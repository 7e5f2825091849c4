// Package build turns the files of a source and the spec of a Flux Kustomization into the objects that Flux's
// kustomize-controller would apply.
package build

import (
	"bytes"
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
	kyaml "sigs.k8s.io/kustomize/kyaml/yaml"
	"sigs.k8s.io/yaml"

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
	objects, err := render(files, request.Path, rendering)
	// Kustomize may have gone on without a file that the source refused, or say that it is not there.
	if failure := files.Failure(); failure != nil {
		return Result{}, failure
	}
	if err != nil {
		return Result{}, err
	}
	substitution, err := newSubstitution(rendering.PostBuild, request.Variables, !request.Lenient)
	if err != nil {
		return Result{}, fmt.Errorf("post build failed: %w", err)
	}
	output, err := finishAll(objects, substitution, rendering.CommonMetadata, request)
	return Result{Objects: output, Unset: slices.Sorted(maps.Keys(substitution.unset))}, err
}

// render does what comes before substitution.
func render(files *sourcefs.FS, path string, rendering Rendering) (resmap.ResMap, error) {
	// Flux keeps a path that climbs too high inside of the source too.
	folder := filepath.Join(sourcefs.Root, filepath.Clean("/"+path))
	if err := requireFolder(files, folder); err != nil {
		return nil, err
	}
	if err := prepare(files, folder, rendering); err != nil {
		return nil, err
	}
	objects, err := kustomize(files, folder)
	if err != nil {
		return nil, fmt.Errorf("kustomize build failed: %w", explain(err, files))
	}
	return objects, nil
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

// finishAll substitutes variables in the objects, sets common metadata and writes them.
func finishAll(objects resmap.ResMap, substitution substitution, common CommonMetadata, request Request) ([]byte, error) {
	var output bytes.Buffer
	for _, object := range objects.Resources() {
		if !identified(object) {
			return nil, fmt.Errorf("failed to decode Kubernetes apiVersion, kind and name from: %s", object.String())
		}
		values, err := postBuild(objects, object, substitution)
		if err != nil {
			return nil, err
		}
		all, err := finish(values, common)
		if err != nil {
			return nil, fmt.Errorf("kustomize build failed: %s/%s: %w", object.GetGvk(), object.GetName(), err)
		}
		for _, one := range all {
			if err := writeOne(&output, one, request.Format); err != nil {
				return nil, err
			}
		}
		if request.MaxOutput > 0 && output.Len() > request.MaxOutput {
			return nil, fmt.Errorf("the objects are larger than %d MiB together, the limit of one Kustomization; "+
				"split it into several", request.MaxOutput>>20)
		}
	}
	switch {
	case request.Format == YAML:
		return output.Bytes(), nil
	case output.Len() == 0:
		return []byte("[]"), nil
	default:
		return append(output.Bytes(), ']'), nil
	}
}

// postBuild gives an object's values after substitution.
func postBuild(objects resmap.ResMap, object *resource.Resource, substitution substitution) (map[string]any, error) {
	values, err := decode(object)
	if err != nil {
		return nil, fmt.Errorf("kustomize build failed: %w", err)
	}
	if !substitution.applies(object) {
		return values, nil
	}
	gvk, name := object.GetGvk(), object.GetName()
	substituted, err := substitution.apply(values)
	if err != nil {
		return nil, fmt.Errorf("post build failed for '%s/%s': %w", gvk, name, err)
	}
	before, _ := identity(values)
	if after, text := identity(substituted); text && after == before {
		return substituted, nil
	}
	if err := rename(objects, object, substituted); err != nil {
		return nil, fmt.Errorf("post build failed for '%s/%s': %w", gvk, name, err)
	}
	return decode(object)
}

// decode gives an object's values as its YAML means them. MarshalJSON writes the YAML and parses it first, which is slow
// and comes out the same, but for folded text: there the writer adds lines, which Flux applies.
func decode(object *resource.Resource) (map[string]any, error) {
	var values map[string]any
	if !contains(object.YNode(), folded) {
		err := object.YNode().Decode(&values)
		return values, err
	}
	data, err := object.MarshalJSON()
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	err = decoder.Decode(&values)
	return values, err
}

func folded(node *kyaml.Node) bool {
	return node.Style&kyaml.FoldedStyle != 0
}

// contains says whether something holds for a node or one below it.
func contains(node *kyaml.Node, what func(*kyaml.Node) bool) bool {
	return what(node) || slices.ContainsFunc(node.Content, func(child *kyaml.Node) bool {
		return contains(child, what)
	})
}

// identity gives what no two objects may have the same of, and whether all of it is text.
func identity(values map[string]any) (fields [4]string, text bool) {
	metadata, _ := values["metadata"].(map[string]any)
	text = true
	for i, value := range []any{values["apiVersion"], values["kind"], metadata["namespace"], metadata["name"]} {
		field, ok := value.(string)
		fields[i] = field
		text = text && (ok || value == nil)
	}
	return fields, text
}

// rename makes the object what its substituted values say, unless there is another one of the same identity.
func rename(objects resmap.ResMap, object *resource.Resource, values map[string]any) error {
	data, err := json.Marshal(values)
	if err != nil {
		return err
	}
	if err := object.UnmarshalJSON(data); err != nil {
		return fmt.Errorf("UnmarshalJSON: %w", err)
	}
	if !identified(object) {
		return errors.New("substitution left it without apiVersion, kind or metadata.name")
	}
	if _, err := objects.Replace(object); err != nil {
		return fmt.Errorf("after substitution another object has the same kind, namespace and name: %w", err)
	}
	return nil
}

func identified(object *resource.Resource) bool {
	return object.GetName() != "" && object.GetKind() != "" && object.GetApiVersion() != ""
}

func writeOne(output *bytes.Buffer, object []byte, format Format) error {
	if format == YAML {
		document, err := yaml.JSONToYAML(object)
		if err != nil {
			return err
		}
		if output.Len() > 0 {
			output.WriteString("---\n")
		}
		output.Write(document)
		return nil
	}
	if output.Len() == 0 {
		output.WriteByte('[')
	} else {
		output.WriteByte(',')
	}
	output.Write(object)
	return nil
}
