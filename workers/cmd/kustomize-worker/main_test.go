package main

import (
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"tenantry.dev/workers/internal/build"
	"tenantry.dev/workers/internal/process"
	"tenantry.dev/workers/internal/wire"
)

// asWorker lets the test's own binary be the worker.
const asWorker = "TENANTRY_TEST_AS_WORKER"

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
	stdin   io.Closer
	conn    *wire.Conn
	files   map[string]string
	asked   []string
}

func start(t *testing.T, files map[string]string, arguments ...string) *worker {
	t.Helper()
	executable, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(executable, arguments...)
	command.Env = []string{asWorker + "=yes"}
	stdin, err := command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = command.Process.Kill()
		_ = command.Wait()
	})
	w := &worker{t: t, command: command, stdin: stdin, conn: wire.NewConn(stdout, stdin), files: files}
	if hello := w.receive(); hello.Type != wire.Hello || !strings.Contains(string(hello.Payload), "kustomize-worker/") {
		t.Fatalf("expected a hello, got %q %s", hello.Type, hello.Payload)
	}
	return w
}

func (w *worker) receive() wire.Frame {
	w.t.Helper()
	frame, err := w.conn.Receive()
	if err != nil {
		w.t.Fatal(err)
	}
	return frame
}

// build asks for a folder and answers questions until there is a result.
func (w *worker) build(path, rendering string) wire.Frame {
	w.t.Helper()
	request, err := json.Marshal(build.Request{Path: path, Rendering: json.RawMessage(rendering), Format: build.YAML})
	if err != nil {
		w.t.Fatal(err)
	}
	if err := w.conn.Send(wire.Job, request); err != nil {
		w.t.Fatal(err)
	}
	for {
		frame := w.receive()
		if frame.Type == wire.Output || frame.Type == wire.Failure {
			return frame
		}
		w.answer(frame)
	}
}

func (w *worker) answer(question wire.Frame) {
	w.t.Helper()
	if err := w.reply(question); err != nil {
		w.t.Fatal(err)
	}
}

func (w *worker) reply(question wire.Frame) error {
	path := string(question.Payload)
	w.asked = append(w.asked, string(question.Type)+" "+path)
	content, isFile := w.files[path]
	isFolder := false
	listing := ""
	for name := range w.files {
		if below, ok := strings.CutPrefix(name, path+"/"); ok {
			isFolder = true
			listing += string(wire.IsFile) + below + "\x00"
		}
	}
	switch {
	case isFolder && question.Type == wire.List:
		return w.conn.Send(wire.Listing, []byte(listing))
	case isFile && question.Type == wire.Read:
		return w.conn.Send(wire.Content, []byte(content))
	case isFile:
		return w.conn.Send(wire.IsFile)
	case isFolder:
		return w.conn.Send(wire.Folder)
	default:
		return w.conn.Send(wire.Absent)
	}
}

const configMap = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: config\n"

func TestAWorkerBuildsOneAfterTheOther(t *testing.T) {
	w := start(t, map[string]string{
		"a/kustomization.yaml": "resources: [config.yaml]\nnamePrefix: a-\n",
		"a/config.yaml":        configMap,
		"b/kustomization.yaml": "resources: [../a]\nnamePrefix: b-\n",
	})

	a, b := w.build("a", "{}"), w.build("b", "{}")

	if a.Type != wire.Output || !strings.Contains(string(a.Payload), "name: a-config") {
		t.Errorf("a: %q %s", a.Type, a.Payload)
	}
	if b.Type != wire.Output || !strings.Contains(string(b.Payload), "name: b-a-config") {
		t.Errorf("b: %q %s", b.Type, b.Payload)
	}
}

func TestNoQuestionIsAskedTwiceInABuild(t *testing.T) {
	w := start(t, map[string]string{
		"a/kustomization.yaml": "resources: [config.yaml]\n",
		"a/config.yaml":        configMap,
	})

	w.build("a", "{}")

	seen := map[string]bool{}
	for _, question := range w.asked {
		if seen[question] {
			t.Errorf("%s was asked twice: %v", question, w.asked)
		}
		seen[question] = true
	}
}

func TestFailuresSayTheirReason(t *testing.T) {
	w := start(t, map[string]string{"a/values.yaml": "no: object\n"})

	for path, reason := range map[string]string{"a": buildFailed, "missing": artifactFailed} {
		frame := w.build(path, "{}")
		if frame.Type != wire.Failure || !strings.Contains(string(frame.Payload), `"reason":"`+reason+`"`) {
			t.Errorf("%s: %q %s", path, frame.Type, frame.Payload)
		}
	}
}

func TestAWorkerRetiresAfterASchemaOfItsOwn(t *testing.T) {
	w := start(t, map[string]string{
		"a/kustomization.yaml": "resources: [config.yaml]\n",
		"a/config.yaml":        configMap,
		"b/kustomization.yaml": "resources: [../a]\nopenapi: {path: schema.json}\n",
		"b/schema.json":        `{"definitions": {}}`,
		"c/kustomization.yaml": "resources: [../b]\n",
		"d/kustomization.yaml": "resources: [missing.yaml]\nopenapi: {path: ../b/schema.json}\n",
	})

	if flags := w.build("a", "{}").Payload[0]; flags != 0 {
		t.Errorf("a plain build has flags %d", flags)
	}
	for _, path := range []string{"b", "c", "d"} {
		if flags := start(t, w.files).build(path, "{}").Payload[0]; flags != process.Retire {
			t.Errorf("%s: a build with a schema has flags %d", path, flags)
		}
	}
}

func TestAWorkerEndsWithItsParent(t *testing.T) {
	w := start(t, nil)

	_ = w.stdin.Close()

	ended := make(chan error, 1)
	go func() { ended <- w.command.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("expected status 0: %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Error("the worker is still there")
	}
}

func TestAWorkerEndsItselfWhenItNeedsTooMuchMemory(t *testing.T) {
	w := start(t, map[string]string{
		"a/kustomization.yaml": "configMapGenerator: [{name: big, files: [data]}]\n",
		"a/data":               strings.Repeat("line of text\n", 4<<20),
	}, "-memory=100000000")
	request := `{"path": "a", "rendering": {}, "format": "yaml"}`
	if err := w.conn.Send(wire.Job, []byte(request)); err != nil {
		t.Fatal(err)
	}
	for {
		frame, err := w.conn.Receive()
		if err != nil {
			break
		}
		if frame.Type == wire.Output {
			t.Fatal("the build ended within the limit")
		}
		if err := w.reply(frame); err != nil {
			break
		}
	}
	_ = w.command.Wait()
	if code := w.command.ProcessState.ExitCode(); code != process.ExitMemory {
		t.Errorf("expected status %d, got %d", process.ExitMemory, code)
	}
}

func TestWhatIsOnlyReservedCountsNotAsMemory(t *testing.T) {
	w := start(t, map[string]string{
		"a/kustomization.yaml": "configMapGenerator: [{name: small, files: [data]}]\n",
		"a/data":               strings.Repeat("line of text\n", 1<<15),
	}, "-memory=48000000")
	for range 20 {
		if err := w.conn.Send(wire.Job, []byte(`{"path": "a", "rendering": {}, "format": "yaml"}`)); err != nil {
			t.Fatal(err)
		}
		for done := false; !done; {
			frame, err := w.conn.Receive()
			if err != nil {
				t.Fatalf("the worker ended within the limit: %v", err)
			}
			done = frame.Type == wire.Output
			if !done {
				w.answer(frame)
			}
		}
	}
}
