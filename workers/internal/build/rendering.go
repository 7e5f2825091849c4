package build

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"sigs.k8s.io/kustomize/api/types"
)

// Rendering holds the fields of a Kustomization's spec that change what is rendered, as
// https://fluxcd.io/flux/components/kustomize/kustomizations describes them. The last two patch fields are those of
// its older API versions.
type Rendering struct {
	TargetNamespace         string            `json:"targetNamespace"`
	NamePrefix              string            `json:"namePrefix"`
	NameSuffix              string            `json:"nameSuffix"`
	Patches                 []Patch           `json:"patches"`
	Images                  []Image           `json:"images"`
	Components              []string          `json:"components"`
	IgnoreMissingComponents bool              `json:"ignoreMissingComponents"`
	BuildMetadata           []string          `json:"buildMetadata"`
	PostBuild               *PostBuild        `json:"postBuild"`
	CommonMetadata          CommonMetadata    `json:"commonMetadata"`
	PatchesStrategicMerge   []json.RawMessage `json:"patchesStrategicMerge"`
	PatchesJSON6902         []JSONPatch       `json:"patchesJson6902"`
}

// Patch is a strategic merge or JSON patch, as text.
type Patch struct {
	Patch  string    `json:"patch"`
	Target *Selector `json:"target"`
}

// JSONPatch is a JSON patch, as a list of operations.
type JSONPatch struct {
	Patch  json.RawMessage `json:"patch"`
	Target Selector        `json:"target"`
}

// Selector says which objects a patch is for.
type Selector struct {
	Group              string `json:"group"`
	Version            string `json:"version"`
	Kind               string `json:"kind"`
	Namespace          string `json:"namespace"`
	Name               string `json:"name"`
	AnnotationSelector string `json:"annotationSelector"`
	LabelSelector      string `json:"labelSelector"`
}

// Image replaces name, tag or digest of an image.
type Image struct {
	Name    string `json:"name"`
	NewName string `json:"newName"`
	NewTag  string `json:"newTag"`
	Digest  string `json:"digest"`
}

// PostBuild says how variables are substituted.
type PostBuild struct {
	Substitute         map[string]string `json:"substitute"`
	SubstituteStrategy string            `json:"substituteStrategy"`
}

// CommonMetadata is set on every object.
type CommonMetadata struct {
	Labels      map[string]string `json:"labels"`
	Annotations map[string]string `json:"annotations"`
}

// ParseRendering reads the fields from JSON. The API server checks their types, but not what a person has in a file.
func ParseRendering(data []byte) (Rendering, error) {
	var rendering Rendering
	err := json.NewDecoder(bytes.NewReader(data)).Decode(&rendering)
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		return rendering, fmt.Errorf("spec.%s of the Kustomization is a %s where a %s is needed%s",
			wrong.Field, wrong.Value, wrong.Type, quoteHint(wrong))
	}
	if err != nil {
		return rendering, fmt.Errorf("spec of the Kustomization: %w", err)
	}
	return rendering, nil
}

func quoteHint(wrong *json.UnmarshalTypeError) string {
	if wrong.Type.String() == "string" && (wrong.Value == "number" || wrong.Value == "bool") {
		return "; put it in quotes"
	}
	return ""
}

func (s *Selector) forKustomize() *types.Selector {
	if s == nil {
		return nil
	}
	selector := &types.Selector{LabelSelector: s.LabelSelector, AnnotationSelector: s.AnnotationSelector}
	selector.Group = s.Group
	selector.Version = s.Version
	selector.Kind = s.Kind
	selector.Name = s.Name
	selector.Namespace = s.Namespace
	return selector
}
