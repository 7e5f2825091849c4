package main

import (
	"errors"
	"strings"
	"sync/atomic"
	"testing"
)

func TestReadTakesOneEntryALine(t *testing.T) {
	entries, err := read(strings.NewReader(`{"path": "/api/v1/namespaces/a", "object": {"kind": "Namespace"}}
{"path": "/api/v1/namespaces/b", "object": {"kind": "Namespace"}}
`))
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 2 || entries[1].Path != "/api/v1/namespaces/b" {
		t.Errorf("got %v", entries)
	}
}

func TestReadNamesTheEntryThatIsWrong(t *testing.T) {
	for _, text := range []string{`{"path": "/a", "object": {}} {"path": "/b"}`, `{"path": "/a", "object": {}} {`} {
		_, err := read(strings.NewReader(text))
		if err == nil || !strings.HasPrefix(err.Error(), "entry 2: ") {
			t.Errorf("%s: got %v", text, err)
		}
	}
}

func TestEveryEntryIsDoneOnceThoughSomeFail(t *testing.T) {
	var done atomic.Int64
	broken := errors.New("broken")
	err := inParallel(4, make([]entry, 100), func(entry) error {
		if done.Add(1)%10 == 0 {
			return broken
		}
		return nil
	})
	if !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	if done.Load() != 100 {
		t.Errorf("%d of 100 were done", done.Load())
	}
}
