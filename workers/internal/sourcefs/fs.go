package sourcefs

import (
	"errors"
	"fmt"
	iofs "io/fs"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// Root is where kustomize sees the source. It is not "/", because a path that climbs above "/" would quietly stay
// there, where one that climbs above the source must be refused.
const Root = "/tenantry-source"

// maxName is what a name may have on the file systems that artifacts are unpacked to. Kustomize looks up whole inline
// patches as if they were paths; those are no questions for the source.
const maxName = 255

var errOutside = errors.New("outside of the source; a kustomization may read the files of its own source only")

// FS is a read-only filesys.FileSystem over a Source, for one build. Each question is asked once. It is not for
// concurrent use.
type FS struct {
	source  Source
	nodes   map[string]*node
	overlay map[string][]byte
	failure error
}

var _ filesys.FileSystem = (*FS)(nil)

// node is what is known of a path so far.
type node struct {
	kind    Kind
	read    bool
	content []byte
	entries []Entry
	listed  bool
}

// New shows a source.
func New(source Source) *FS {
	return &FS{source: source, nodes: map[string]*node{}, overlay: map[string][]byte{}}
}

// Overlay lets a file have a content that the source does not have.
func (f *FS) Overlay(path string, content []byte) error {
	relative, err := locate("write", path)
	if err != nil {
		return err
	}
	f.overlay[relative] = content
	return nil
}

// Uncover lets a file have its own content again.
func (f *FS) Uncover(path string) {
	if relative, err := locate("write", path); err == nil {
		delete(f.overlay, relative)
	}
}

// Failure gives the error with which the source ended the build, if it did. Kustomize takes some failed reads for
// missing files, so what it returns may not show it.
func (f *FS) Failure() error {
	return f.failure
}

// Contents gives the files of the given names that were read, by their path in the source.
func (f *FS) Contents(names ...string) map[string][]byte {
	found := map[string][]byte{}
	for path, n := range f.nodes {
		if n.read && n.kind == File && slices.Contains(names, filepath.Base(path)) {
			found[path] = n.content
		}
	}
	for path, content := range f.overlay {
		found[path] = content
	}
	return found
}

// Relative rewrites paths below Root, wherever they stand in a text, as paths in the source.
func Relative(text string) string {
	text = strings.ReplaceAll(text, Root+"/", "")
	return strings.ReplaceAll(text, Root, ".")
}

// locate turns a path as kustomize knows it into one in the source.
func locate(op, path string) (string, error) {
	absolute := path
	if !filepath.IsAbs(absolute) {
		absolute = filepath.Join(Root, path)
	}
	absolute = filepath.Clean(absolute)
	if absolute == Root {
		return "", nil
	}
	relative, inside := strings.CutPrefix(absolute, Root+"/")
	if !inside {
		return "", &iofs.PathError{Op: op, Path: path, Err: errOutside}
	}
	return relative, nil
}

// lookup finds what is known of a path, asking the source for its kind if need be.
func (f *FS) lookup(op, path string) (string, *node, error) {
	relative, err := locate(op, path)
	if err != nil {
		return "", nil, err
	}
	if content, ok := f.overlay[relative]; ok {
		return relative, &node{kind: File, read: true, content: content}, nil
	}
	if n, ok := f.nodes[relative]; ok {
		return relative, n, nil
	}
	if f.failure != nil {
		return "", nil, f.failure
	}
	if !plausible(relative) {
		return relative, &node{kind: Absent}, nil
	}
	if n := f.fromListing(relative); n != nil {
		return relative, n, nil
	}
	return relative, nil, nil
}

// fromListing answers from the listing of the parent folder, if that was asked for.
func (f *FS) fromListing(relative string) *node {
	if relative == "" {
		return nil
	}
	parent := filepath.Dir(relative)
	if parent == "." {
		parent = ""
	}
	folder, ok := f.nodes[parent]
	if !ok || !folder.listed {
		return nil
	}
	n := &node{kind: Absent}
	if at, found := slices.BinarySearchFunc(folder.entries, filepath.Base(relative), byName); found {
		n.kind = folder.entries[at].Kind
	}
	f.nodes[relative] = n
	return n
}

func byName(entry Entry, name string) int { return strings.Compare(entry.Name, name) }

func (f *FS) stat(op, path string) (Kind, error) {
	relative, n, err := f.lookup(op, path)
	if err != nil {
		return Absent, err
	}
	if n == nil {
		kind, err := f.source.Stat(relative)
		if err != nil {
			return Absent, f.fail(err)
		}
		n = &node{kind: kind}
		f.nodes[relative] = n
	}
	return n.kind, nil
}

func (f *FS) fail(err error) error {
	if f.failure == nil {
		f.failure = err
	}
	return f.failure
}

// ReadFile gives the content of a file.
func (f *FS) ReadFile(path string) ([]byte, error) {
	relative, n, err := f.lookup("open", path)
	if err != nil {
		return nil, err
	}
	if n == nil || n.kind == File && !n.read {
		content, kind, err := f.source.Read(relative)
		if err != nil {
			return nil, f.fail(err)
		}
		if err := checkAliases(content); err != nil {
			return nil, f.fail(fmt.Errorf("%s: %w", relative, err))
		}
		n = &node{kind: kind, read: kind == File, content: content}
		f.nodes[relative] = n
	}
	switch n.kind {
	case File:
		// Kustomize's callees may write to what they read.
		return slices.Clone(n.content), nil
	case Folder:
		return nil, &iofs.PathError{Op: "read", Path: path, Err: syscall.EISDIR}
	default:
		return nil, &iofs.PathError{Op: "open", Path: path, Err: syscall.ENOENT}
	}
}

// list gives a folder's entries, sorted by name.
func (f *FS) list(path string) ([]Entry, error) {
	relative, n, err := f.lookup("open", path)
	if err != nil {
		return nil, err
	}
	if n == nil || n.kind == Folder && !n.listed {
		entries, kind, err := f.source.List(relative)
		if err != nil {
			return nil, f.fail(err)
		}
		entries = slices.Clone(entries)
		slices.SortFunc(entries, func(a, b Entry) int { return strings.Compare(a.Name, b.Name) })
		n = &node{kind: kind, entries: entries, listed: kind == Folder}
		f.nodes[relative] = n
	}
	switch n.kind {
	case Folder:
		return n.entries, nil
	case File:
		return nil, &iofs.PathError{Op: "open", Path: path, Err: syscall.ENOTDIR}
	default:
		return nil, &iofs.PathError{Op: "open", Path: path, Err: syscall.ENOENT}
	}
}

// ReadDir gives the sorted names in a folder.
func (f *FS) ReadDir(path string) ([]string, error) {
	entries, err := f.list(path)
	if err != nil {
		return nil, err
	}
	names := make([]string, len(entries))
	for i, entry := range entries {
		names[i] = entry.Name
	}
	return names, nil
}

// Exists says whether a path leads to a file or a folder.
func (f *FS) Exists(path string) bool {
	kind, err := f.stat("stat", path)
	return err == nil && kind != Absent
}

// IsDir says whether a path leads to a folder.
func (f *FS) IsDir(path string) bool {
	kind, err := f.stat("stat", path)
	return err == nil && kind == Folder
}

// CleanedAbs splits a path into its folder and, if it leads to a file, the file's name.
func (f *FS) CleanedAbs(path string) (filesys.ConfirmedDir, string, error) {
	kind, err := f.stat("stat", path)
	if err != nil {
		return "", "", err
	}
	relative, err := locate("stat", path)
	if err != nil {
		return "", "", err
	}
	absolute := filepath.Join(Root, relative)
	switch kind {
	case Folder:
		return filesys.ConfirmedDir(absolute), "", nil
	case File:
		return filesys.ConfirmedDir(filepath.Dir(absolute)), filepath.Base(absolute), nil
	default:
		return "", "", &iofs.PathError{Op: "stat", Path: path, Err: syscall.ENOENT}
	}
}

// plausible says whether a path could be that of a file at all.
func plausible(relative string) bool {
	for name := range strings.SplitSeq(relative, "/") {
		if len(name) > maxName || strings.ContainsFunc(name, func(r rune) bool { return r < ' ' }) {
			return false
		}
	}
	return true
}
