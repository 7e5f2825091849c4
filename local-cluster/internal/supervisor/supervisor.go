// Package supervisor runs child processes that never outlive it, and stops them in the order they need.
package supervisor

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"syscall"
	"time"
)

// Command is a program to keep running.
type Command struct {
	// Name also names the log file.
	Name    string
	Program string
	Args    []string
	// Patience is how long the program may take to end by itself before it is killed.
	Patience time.Duration
}

// Supervisor runs commands; its methods but Failure belong to one goroutine.
type Supervisor struct {
	logs     string
	starts   chan func()
	children []*child
	failure  chan error
	mutex    sync.Mutex
	stopping bool
}

type child struct {
	command Command
	process *exec.Cmd
	ended   chan struct{}
}

// New returns a supervisor that writes each child's output to a file in the folder.
func New(logs string) *Supervisor {
	s := &Supervisor{logs: logs, starts: make(chan func()), failure: make(chan error, 1)}
	// The kernel signals a child when the thread that started it ends, so one thread starts them all and lives as long
	// as this process.
	go func() {
		runtime.LockOSThread()
		for start := range s.starts {
			start()
		}
	}()
	return s
}

// Start runs a command. Its end before Stop is a failure.
func (s *Supervisor) Start(command Command) error {
	log, err := s.openLog(command.Name)
	if err != nil {
		return err
	}
	defer log.Close()
	process := exec.Command(command.Program, command.Args...)
	process.Stdout = log
	process.Stderr = log
	process.SysProcAttr = attributes()
	started := make(chan error)
	s.starts <- func() { started <- process.Start() }
	if err := <-started; err != nil {
		return fmt.Errorf("%s does not start: %w", command.Name, err)
	}
	c := &child{command: command, process: process, ended: make(chan struct{})}
	s.children = append(s.children, c)
	go s.watch(c)
	return nil
}

// Failure reports the first command that ended by itself.
func (s *Supervisor) Failure() <-chan error {
	return s.failure
}

// Stop ends all commands, the last started first: each is gone before the one it depends on is asked to go.
func (s *Supervisor) Stop() {
	s.mutex.Lock()
	s.stopping = true
	s.mutex.Unlock()
	for i := len(s.children) - 1; i >= 0; i-- {
		c := s.children[i]
		// It may have ended already, which is what we want.
		_ = c.process.Process.Signal(syscall.SIGTERM)
		select {
		case <-c.ended:
		case <-time.After(c.command.Patience):
			_ = c.process.Process.Kill()
			<-c.ended
		}
	}
	s.children = nil
}

func (s *Supervisor) watch(c *child) {
	err := c.process.Wait()
	close(c.ended)
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.stopping {
		return
	}
	how := "exit status 0"
	if err != nil {
		how = err.Error()
	}
	log := s.logFile(c.command.Name)
	select {
	case s.failure <- fmt.Errorf("%s ended unexpectedly (%s)%s; see %s", c.command.Name, how, lastWords(log), log):
	default: // Only the first failure is a cause; the others follow from it.
	}
}

func (s *Supervisor) logFile(name string) string {
	return filepath.Join(s.logs, name+".log")
}

// openLog starts a new log and keeps the one of the run before.
func (s *Supervisor) openLog(name string) (*os.File, error) {
	file := s.logFile(name)
	if err := os.Rename(file, file+".previous"); err != nil && !os.IsNotExist(err) {
		return nil, err
	}
	return os.OpenFile(file, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
}

// lastWords returns the last line of a log, which most often says why its writer ended.
func lastWords(file string) string {
	content, err := os.ReadFile(file)
	if err != nil {
		return ""
	}
	lines := bytes.Split(bytes.TrimSpace(content), []byte("\n"))
	last := bytes.TrimSpace(lines[len(lines)-1])
	if len(last) == 0 {
		return ""
	}
	const longest = 300
	if len(last) > longest {
		last = last[:longest]
	}
	return ": " + string(last)
}
