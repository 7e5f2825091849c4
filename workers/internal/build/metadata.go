package build

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
)

// finish makes of a rendered object what is applied: a list is taken apart, kustomize's own files are left out, and
// common labels and annotations are set.
func finish(object map[string]any, common CommonMetadata) ([]json.RawMessage, error) {
	items, isList := object["items"].([]any)
	if !isList {
		if isKustomizeFile(object) {
			return nil, nil
		}
		items = []any{object}
	}
	var finished []json.RawMessage
	for _, item := range items {
		object, ok := item.(map[string]any)
		if !ok {
			return nil, errors.New("an item of the list is no object")
		}
		setCommon(object, common)
		text, err := encode(object)
		if err != nil {
			return nil, err
		}
		finished = append(finished, text)
	}
	return finished, nil
}

func isKustomizeFile(object map[string]any) bool {
	apiVersion, _ := object["apiVersion"].(string)
	group, _, _ := strings.Cut(apiVersion, "/")
	return object["kind"] == "Kustomization" && group == "kustomize.config.k8s.io"
}

func setCommon(object map[string]any, common CommonMetadata) {
	if len(common.Labels) == 0 && len(common.Annotations) == 0 {
		return
	}
	metadata, ok := object["metadata"].(map[string]any)
	if !ok {
		metadata = map[string]any{}
		object["metadata"] = metadata
	}
	setAll(metadata, "labels", common.Labels)
	setAll(metadata, "annotations", common.Annotations)
}

func setAll(metadata map[string]any, field string, values map[string]string) {
	if len(values) == 0 {
		return
	}
	existing, ok := metadata[field].(map[string]any)
	if !ok {
		existing = map[string]any{}
		metadata[field] = existing
	}
	for key, value := range values {
		existing[key] = value
	}
}

// encode writes JSON without the escapes that encoding/json adds for HTML.
func encode(object map[string]any) (json.RawMessage, error) {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(object); err != nil {
		return nil, err
	}
	return bytes.TrimRight(buffer.Bytes(), "\n"), nil
}
