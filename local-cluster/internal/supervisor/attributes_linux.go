package supervisor

import "syscall"

// attributes makes a child die with its parent, even by SIGKILL, and keeps a terminal's Ctrl-C from reaching it: who
// stops first is the parent's to say.
func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}
