package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"testing"

	"tenantry.dev/workers/internal/process"
	"tenantry.dev/workers/internal/templates"
	"tenantry.dev/workers/internal/wire"
)

// asWorker lets the test's own binary be the worker.
const asWorker = "TENANTRY_TEST_AS_WORKER"

const canary = "c4n4ry-hunter2"

func TestMain(m *testing.M) {
	if os.Getenv(asWorker) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// worker is a running process and this side of its connection.
type worker struct {
	t       *testing.T
	command *exec.Cmd
	conn    *wire.Conn
	stderr  bytes.Buffer
}

func start(t *testing.T, arguments ...string) *worker {
	t.Helper()
	executable, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	w := &worker{t: t, command: exec.Command(executable, arguments...)}
	w.command.Env = []string{asWorker + "=yes", "TZ=Asia/Tokyo"}
	w.command.Stderr = &w.stderr
	stdin, err := w.command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := w.command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := w.command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = w.command.Process.Kill()
		_ = w.command.Wait()
	})
	w.conn = wire.NewConn(stdout, stdin)
	hello, err := w.conn.Receive()
	if err != nil || hello.Type != wire.Hello || !strings.Contains(string(hello.Payload), "template-worker/1 go1") {
		t.Fatalf("expected a hello, got %q %s %v", hello.Type, hello.Payload, err)
	}
	return w
}

func (w *worker) send(text string) {
	w.t.Helper()
	job, err := json.Marshal(templates.Request{
		Data:      map[string][]byte{"password": []byte(canary)},
		Templates: map[string]string{"key": text},
	})
	if err != nil {
		w.t.Fatal(err)
	}
	if err := w.conn.Send(wire.Job, job); err != nil {
		w.t.Fatal(err)
	}
}

func (w *worker) render(text string) (wire.Type, string) {
	w.t.Helper()
	w.send(text)
	w.begun()
	frame, err := w.conn.Receive()
	if err != nil {
		w.t.Fatal(err)
	}
	if frame.Payload[0] != process.Done {
		w.t.Errorf("flags %d", frame.Payload[0])
	}
	return frame.Type, string(frame.Payload[1:])
}

func (w *worker) begun() {
	w.t.Helper()
	if frame, err := w.conn.Receive(); err != nil || frame.Type != wire.Begun || string(frame.Payload) != "key" {
		w.t.Fatalf("expected to hear of the template, got %q %s %v", frame.Type, frame.Payload, err)
	}
}

// end waits until the worker has ended by itself.
func (w *worker) end() int {
	w.t.Helper()
	if frame, err := w.conn.Receive(); err == nil {
		w.t.Fatalf("the worker sent %q %s", frame.Type, frame.Payload)
	}
	_ = w.command.Wait()
	return w.command.ProcessState.ExitCode()
}

func TestAWorkerRendersOneAfterTheOther(t *testing.T) {
	w := start(t)

	for range 3 {
		kind, body := w.render("{{ .password | upper }}")

		if kind != wire.Output || body != `{"rendered":{"key":"QzRONFJZLUhVTlRFUjI="}}` {
			t.Errorf("%q %s", kind, body)
		}
	}
}

func TestAFailureLeavesTheWorkerToTheNextJob(t *testing.T) {
	w := start(t)

	for text, message := range map[string]string{
		"{{ fail .password }}": "the function fail failed",
		"{{":                   "unclosed action",
		`{{ define "a" }}{{ template "a" . }}{{ end }}{{ template "a" . }}`: "call each other without end",
		"{{ range 100000000000 }}{{ $.password }}{{ end }}":                 "more than 1048576 bytes",
	} {
		kind, body := w.render(text)

		if kind != wire.Failure || !strings.Contains(body, message) || strings.Contains(body, canary) {
			t.Errorf("%s: %q %s", text, kind, body)
		}
	}
	if kind, body := w.render("fine"); kind != wire.Output {
		t.Errorf("%q %s", kind, body)
	}
}

func TestTheTimeZoneIsNotTheMachines(t *testing.T) {
	_, body := start(t).render(`{{ now | date "Z07:00" }}`)

	if body != `{"rendered":{"key":"Wg=="}}` {
		t.Errorf("%s", body)
	}
}

func TestAWorkerEndsItselfWhenItNeedsTooMuchMemory(t *testing.T) {
	for what, text := range map[string]string{
		"a long value":             "{{ $long := repeat 20000000 .password }}{{ range 1000000000 }}{{ $n := len $long }}{{ end }}",
		"many values":              "{{ until 500000000 }}",
		"recursion that is a text": "{{ $d := dict \"k\" .password }}{{ $_ := set $d \"self\" $d }}{{ $d }}",
	} {
		t.Run(what, func(t *testing.T) {
			w := start(t, "-memory=67108864")

			w.send(text)
			w.begun()

			if code := w.end(); code != process.ExitMemory {
				t.Errorf("expected status %d, got %d", process.ExitMemory, code)
			}
			if words := w.stderr.String(); strings.Contains(words, canary) || !strings.HasPrefix(words, "the heap is larger") {
				t.Errorf("last words: %s", words)
			}
		})
	}
}

func TestNothingOfAJobThatIsNoneIsSaid(t *testing.T) {
	w := start(t)
	if err := w.conn.Send(wire.Job, []byte(`{"data": {"password": "`+canary+`"}}`)); err != nil {
		t.Fatal(err)
	}

	code := w.end()

	if code != 1 || w.stderr.String() != "the job is not what README.md describes\n" {
		t.Errorf("status %d, last words: %s", code, &w.stderr)
	}
}

func TestWhatTheRuntimeSaysOfACrashStaysInside(t *testing.T) {
	w := start(t)

	// More than there are addresses: no program can recover from that.
	w.send("{{ repeat 12000000000000 .password }}")
	w.begun()

	if code := w.end(); code == 0 || w.stderr.Len() > 0 {
		t.Errorf("status %d, last words: %s", code, &w.stderr)
	}
}
