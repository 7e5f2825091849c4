package supervisor

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestTheLastStartedIsGoneBeforeTheFirstIsAskedToGo(t *testing.T) {
	// Given
	logs := t.TempDir()
	journal := filepath.Join(logs, "journal")
	supervisor := New(logs)
	for _, name := range []string{"store", "server"} {
		script := `trap 'sleep 0.2; echo ` + name + ` >> "$0"; exit 0' TERM; echo up; while :; do sleep 0.05; done`
		start(t, supervisor, Command{Name: name, Program: "sh", Args: []string{"-c", script, journal}, Patience: 5 * time.Second})
		awaitLog(t, filepath.Join(logs, name+".log"), "up")
	}

	// When
	supervisor.Stop()

	// Then
	content, err := os.ReadFile(journal)
	if err != nil || string(content) != "server\nstore\n" {
		t.Errorf("ended: %q, error %v", content, err)
	}
}

func TestACommandThatIgnoresTheSignalIsKilledWhenPatienceEnds(t *testing.T) {
	// Given
	logs := t.TempDir()
	supervisor := New(logs)
	script := `trap '' TERM; echo up; while :; do sleep 0.05; done`
	start(t, supervisor, Command{Name: "deaf", Program: "sh", Args: []string{"-c", script}, Patience: 100 * time.Millisecond})
	awaitLog(t, filepath.Join(logs, "deaf.log"), "up")
	begin := time.Now()

	// When
	supervisor.Stop()

	// Then
	if elapsed := time.Since(begin); elapsed > 3*time.Second {
		t.Errorf("stopping took %s", elapsed)
	}
}

func TestAnUnexpectedEndIsReportedWithItsLastWordsAndLog(t *testing.T) {
	// Given
	logs := t.TempDir()
	supervisor := New(logs)

	// When
	start(t, supervisor, Command{Name: "broken", Program: "sh", Args: []string{"-c", "echo no space left; exit 3"}})

	// Then
	select {
	case err := <-supervisor.Failure():
		for _, part := range []string{"broken", "exit status 3", "no space left", filepath.Join(logs, "broken.log")} {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("%q does not say %q", err, part)
			}
		}
	case <-time.After(5 * time.Second):
		t.Error("no failure is reported")
	}
	supervisor.Stop()
}

func TestTheLogOfTheRunBeforeIsKept(t *testing.T) {
	// Given
	logs := t.TempDir()
	for _, words := range []string{"first", "second"} {
		supervisor := New(logs)
		start(t, supervisor, Command{Name: "job", Program: "sh", Args: []string{"-c", "echo " + words + "; sleep 60"}, Patience: time.Second})
		awaitLog(t, filepath.Join(logs, "job.log"), words)

		// When
		supervisor.Stop()
	}

	// Then
	awaitLog(t, filepath.Join(logs, "job.log.previous"), "first")
}

func start(t *testing.T, supervisor *Supervisor, command Command) {
	t.Helper()
	if err := supervisor.Start(command); err != nil {
		t.Fatal(err)
	}
}

func awaitLog(t *testing.T, file, words string) {
	t.Helper()
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if content, err := os.ReadFile(file); err == nil && strings.Contains(string(content), words) {
			return
		}
	}
	t.Fatalf("%s never says %q", file, words)
}
