package build

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/fluxcd/pkg/envsubst"
	"sigs.k8s.io/kustomize/api/resource"
	kyaml "sigs.k8s.io/kustomize/kyaml/yaml"
	"sigs.k8s.io/yaml"
)

const (
	substituteKey = "kustomize.toolkit.fluxcd.io/substitute"
	disabled      = "disabled"
	// strategyAlways substitutes even without variables, for the defaults of expressions.
	strategyAlways = "Always"
	variableName   = "^[_[:alpha:]][_[:alpha:][:digit:]]*$"
)

var variableNames = regexp.MustCompile(variableName)

// substitution replaces ${expressions} in the text of objects.
type substitution struct {
	values map[string]string
	active bool
	strict bool
	// unset collects the variables that were asked for without having a value.
	unset map[string]bool
}

// newSubstitution merges the variables; those of the spec win over those that it refers to.
func newSubstitution(postBuild *PostBuild, referred map[string]string, strict bool) (substitution, error) {
	if postBuild == nil {
		return substitution{}, nil
	}
	values := maps.Clone(referred)
	if values == nil {
		values = map[string]string{}
	}
	maps.Copy(values, postBuild.Substitute)
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if !variableNames.MatchString(name) {
			return substitution{}, fmt.Errorf("'%s' var name is invalid, must match '%s'", name, variableName)
		}
		values[name] = strings.ReplaceAll(values[name], "\n", "")
	}
	active := len(values) > 0 || postBuild.SubstituteStrategy == strategyAlways
	return substitution{values: values, active: active, strict: strict, unset: map[string]bool{}}, nil
}

// applies says whether an object is to be substituted. Every expression begins with a dollar sign.
func (s substitution) applies(object *resource.Resource) bool {
	return s.active && contains(object.YNode(), dollar) && object.GetLabels()[substituteKey] != disabled &&
		object.GetAnnotations()[substituteKey] != disabled
}

func dollar(node *kyaml.Node) bool {
	return strings.IndexByte(node.Value, '$') >= 0
}

// apply replaces the expressions in an object's values. Variables become part of the YAML text, which is parsed again,
// so that a value may be a number, or a quoted expression become one. As in Flux, the numbers are floating-point then.
func (s substitution) apply(values map[string]any) (map[string]any, error) {
	text, err := yaml.Marshal(values)
	if err != nil {
		return nil, err
	}
	output, err := s.expand(string(text))
	if err != nil {
		return nil, err
	}
	data, err := yaml.YAMLToJSON([]byte(output))
	if err != nil {
		return nil, fmt.Errorf("envsubst error: YAMLToJSON: %w; "+
			"a value that changes the YAML around it can be quoted: \"${name}\"", err)
	}
	var substituted map[string]any
	if err := json.Unmarshal(data, &substituted); err != nil {
		return nil, fmt.Errorf("UnmarshalJSON: %w", err)
	}
	return substituted, nil
}

func (s substitution) expand(text string) (string, error) {
	output, err := envsubst.Eval(text, func(name string) (string, bool) {
		value, exists := s.values[name]
		if !exists {
			s.unset[name] = true
		}
		return value, exists || !s.strict
	})
	switch {
	case err == nil:
		return output, nil
	case strings.Contains(err.Error(), "variable not set"):
		return "", fmt.Errorf("envsubst error: variable substitution failed: %w; set it in postBuild.substitute or "+
			"substituteFrom, give it a default as in ${name:=value}, or keep the text as it is by $${name} or by the "+
			"annotation %s: %s", err, substituteKey, disabled)
	default:
		return "", fmt.Errorf("envsubst error: variable substitution failed: %w; "+
			"write $$ for a $ that begins no variable, or switch substitution off for the object by the annotation %s: %s",
			err, substituteKey, disabled)
	}
}

// mask hides values from Secrets in a text. Short ones are no secrets, and would hide unrelated words. The longest come
// first: one that begins another must not leave the other's rest.
func mask(text string, values map[string]string, secret []string) string {
	var hidden []string
	for _, name := range secret {
		if value := strings.ReplaceAll(values[name], "\n", ""); len(value) >= minSecret {
			hidden = append(hidden, value)
		}
	}
	slices.SortFunc(hidden, func(one, other string) int { return len(other) - len(one) })
	for _, value := range hidden {
		text = strings.ReplaceAll(text, value, "***")
	}
	return text
}

const minSecret = 4
