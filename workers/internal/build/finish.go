package build

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"sigs.k8s.io/kustomize/api/resource"
	kyaml "sigs.k8s.io/kustomize/kyaml/yaml"
)

// finisher makes of what kustomize built what is applied.
type finisher struct {
	substitution substitution
	common       CommonMetadata
	// replace takes an object whose substituted values give it another identity.
	replace func(renamed *resource.Resource) error
}

// finish substitutes variables in an object and sets common metadata.
func (f finisher) finish(object *resource.Resource) ([]json.RawMessage, error) {
	if !identified(object) {
		return nil, fmt.Errorf("failed to decode Kubernetes apiVersion, kind and name from: %s", object.String())
	}
	values, err := f.postBuild(object)
	if err != nil {
		return nil, err
	}
	finished, err := finish(values, f.common)
	if err != nil {
		return nil, fmt.Errorf("kustomize build failed: %s/%s: %w", object.GetGvk(), object.GetName(), err)
	}
	return finished, nil
}

// postBuild gives an object's values after substitution.
func (f finisher) postBuild(object *resource.Resource) (map[string]any, error) {
	values, err := decode(object)
	if err != nil {
		return nil, fmt.Errorf("kustomize build failed: %w", err)
	}
	if !f.substitution.applies(object) {
		return values, nil
	}
	gvk, name := object.GetGvk(), object.GetName()
	substituted, err := f.substitution.apply(values)
	if err != nil {
		return nil, fmt.Errorf("post build failed for '%s/%s': %w", gvk, name, err)
	}
	before, _ := identity(values)
	if after, text := identity(substituted); text && after == before {
		return substituted, nil
	}
	if err := f.rename(object, substituted); err != nil {
		return nil, fmt.Errorf("post build failed for '%s/%s': %w", gvk, name, err)
	}
	return decode(object)
}

// rename makes the object what its substituted values say, unless there is another one of the same identity.
func (f finisher) rename(object *resource.Resource, values map[string]any) error {
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
	if err := f.replace(object); err != nil {
		return fmt.Errorf("after substitution another object has the same kind, namespace and name: %w", err)
	}
	return nil
}

func identified(object *resource.Resource) bool {
	return object.GetName() != "" && object.GetKind() != "" && object.GetApiVersion() != ""
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
