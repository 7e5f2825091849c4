package build

import (
	"bytes"
	"encoding/json"
	"fmt"

	"sigs.k8s.io/yaml"
)

// output collects finished objects, in the order in which they are added.
type output struct {
	buffer bytes.Buffer
	format Format
	limit  int
}

func newOutput(request Request) *output {
	return &output{format: request.Format, limit: request.MaxOutput}
}

func (o *output) add(objects []json.RawMessage) error {
	for _, object := range objects {
		if err := o.write(object); err != nil {
			return err
		}
	}
	if o.limit > 0 && o.buffer.Len() > o.limit {
		return fmt.Errorf("the objects are larger than %d MiB together, the limit of one Kustomization; "+
			"split it into several", o.limit>>20)
	}
	return nil
}

func (o *output) write(object []byte) error {
	if o.format == YAML {
		document, err := yaml.JSONToYAML(object)
		if err != nil {
			return err
		}
		if o.buffer.Len() > 0 {
			o.buffer.WriteString("---\n")
		}
		o.buffer.Write(document)
		return nil
	}
	if o.buffer.Len() == 0 {
		o.buffer.WriteByte('[')
	} else {
		o.buffer.WriteByte(',')
	}
	o.buffer.Write(object)
	return nil
}

func (o *output) bytes() []byte {
	switch {
	case o.format == YAML:
		return o.buffer.Bytes()
	case o.buffer.Len() == 0:
		return []byte("[]")
	default:
		return append(o.buffer.Bytes(), ']')
	}
}
