package sourcefs

import (
	iofs "io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// Walk visits a path and all below it as filepath.Walk does, in the order of names.
func (f *FS) Walk(path string, visit filepath.WalkFunc) error {
	kind, err := f.stat("stat", path)
	if err == nil && kind == Absent {
		err = &iofs.PathError{Op: "lstat", Path: path, Err: syscall.ENOENT}
	}
	if err != nil {
		err = visit(path, nil, err)
	} else {
		err = f.walk(path, info{name: filepath.Base(path), kind: kind}, visit)
	}
	if err == filepath.SkipDir || err == filepath.SkipAll {
		return nil
	}
	return err
}

func (f *FS) walk(path string, at info, visit filepath.WalkFunc) error {
	if err := visit(path, at, nil); err != nil || at.kind != Folder {
		return err
	}
	entries, err := f.list(path)
	if err != nil {
		return visit(path, at, err)
	}
	for _, entry := range entries {
		child := info{name: entry.Name, kind: entry.Kind}
		if err := f.walk(filepath.Join(path, entry.Name), child, visit); err != nil {
			if err == filepath.SkipDir && entry.Kind == Folder {
				continue
			}
			return err
		}
	}
	return nil
}

// info describes a path to a WalkFunc.
type info struct {
	name string
	kind Kind
}

func (i info) Name() string       { return i.name }
func (i info) Size() int64        { return 0 }
func (i info) ModTime() time.Time { return time.Time{} }
func (i info) IsDir() bool        { return i.kind == Folder }
func (i info) Sys() any           { return nil }

func (i info) Mode() os.FileMode {
	if i.kind == Folder {
		return os.ModeDir | 0o755
	}
	return 0o644
}
