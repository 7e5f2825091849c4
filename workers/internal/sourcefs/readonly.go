package sourcefs

import (
	"errors"
	iofs "io/fs"
	"syscall"

	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// Open is not needed for a build, which reads files whole.
func (f *FS) Open(path string) (filesys.File, error) { return nil, unsupported("open", path) }

// Glob is not needed for a build: a kustomization names its files one by one.
func (f *FS) Glob(pattern string) ([]string, error) { return nil, unsupported("glob", pattern) }

// Create fails: a source is never written to.
func (f *FS) Create(path string) (filesys.File, error) { return nil, readOnly("create", path) }

// Mkdir fails: a source is never written to.
func (f *FS) Mkdir(path string) error { return readOnly("mkdir", path) }

// MkdirAll fails: a source is never written to.
func (f *FS) MkdirAll(path string) error { return readOnly("mkdir", path) }

// RemoveAll fails: a source is never written to.
func (f *FS) RemoveAll(path string) error { return readOnly("remove", path) }

// WriteFile fails: a source is never written to.
func (f *FS) WriteFile(path string, _ []byte) error { return readOnly("write", path) }

func unsupported(op, path string) error {
	return &iofs.PathError{Op: op, Path: path, Err: errors.ErrUnsupported}
}

func readOnly(op, path string) error {
	return &iofs.PathError{Op: op, Path: path, Err: syscall.EROFS}
}
