// Package templates renders Go text/templates with the functions of Sprig over secret values. Nothing that it says of a
// failure holds a value: of an error in the midst of an execution it tells the place and the function, never the text.
package templates

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"text/template"
	"time"

	"github.com/Masterminds/sprig/v3"
)

// MaxOutput is how many bytes all that a request renders may have: what a Secret may hold.
const MaxOutput = 1 << 20

// Request is what to render: templates by their keys, each by itself, all over the same values.
type Request struct {
	Data      map[string][]byte `json:"data"`
	Templates map[string]string `json:"templates"`
}

// Rendered is what the templates came to, by their keys.
type Rendered map[string][]byte

// Failure says why a template could not be rendered, and nothing of the values.
type Failure struct {
	// Line counts from 1; 0 means that no place is known.
	Line int `json:"line"`
	// Column counts bytes from 1; 0 means that only the line is known.
	Column  int    `json:"column"`
	Message string `json:"message"`
}

// functions are Sprig's, less what tells of the machine.
var functions = func() template.FuncMap {
	all := sprig.TxtFuncMap()
	for _, name := range []string{"env", "expandenv", "getHostByName"} {
		delete(all, name)
	}
	return all
}()

// Isolate makes templates independent of the machine's time zone.
func Isolate() { time.Local = time.UTC }

// Render renders all templates, or tells which of them fail. What is beyond MaxOutput is not rendered at all. The key of
// each template is announced before it is rendered: not every template ends.
func Render(request Request, announce func(key string) error) (Rendered, map[string]Failure, error) {
	values := make(map[string]string, len(request.Data))
	for key, value := range request.Data {
		values[key] = string(value)
	}
	rendered, failures := Rendered{}, map[string]Failure{}
	room := MaxOutput
	for _, key := range slices.Sorted(maps.Keys(request.Templates)) {
		if err := announce(key); err != nil {
			return nil, nil, err
		}
		output := &bounded{room: room}
		failure := render(key, request.Templates[key], values, output)
		if failure != nil {
			failures[key] = *failure
		}
		if output.full {
			break
		}
		room = output.room
		rendered[key] = []byte(output.String())
	}
	return rendered, failures, nil
}

// render gives nil when all went well.
func render(key, text string, values map[string]string, output *bounded) (failure *Failure) {
	defer func() {
		// What was thrown may hold a value.
		if recover() != nil {
			failure = &Failure{Message: "the template panicked"}
		}
	}()
	parsed, err := template.New(key).Funcs(functions).Parse(text)
	if err != nil {
		return parseFailure(key, err)
	}
	err = parsed.Execute(output, values)
	if errors.Is(err, errFull) {
		return &Failure{Message: errFull.Error()}
	}
	if err != nil {
		return executionFailure(key, err)
	}
	return nil
}

var errFull = fmt.Errorf("the rendered values have more than %d bytes, the most that a Secret may hold", MaxOutput)

// bounded takes as many bytes as there is room for, and ends a template that writes more.
type bounded struct {
	bytes.Buffer
	room int
	full bool
}

func (b *bounded) Write(more []byte) (int, error) {
	if len(more) > b.room {
		b.full = true
		return 0, errFull
	}
	b.room -= len(more)
	return b.Buffer.Write(more)
}
