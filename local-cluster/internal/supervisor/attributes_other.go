//go:build !linux

package supervisor

import "syscall"

// attributes keeps a terminal's Ctrl-C from reaching a child: who stops first is the parent's to say. Only Linux can
// also bind a child's life to its parent's.
func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true}
}
