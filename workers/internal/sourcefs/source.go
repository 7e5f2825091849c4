// Package sourcefs shows the files of a source to kustomize as a file system, and nothing else: no disk, no network.
package sourcefs

// Kind says what a path leads to.
type Kind int

// What a path can lead to.
const (
	Absent Kind = iota
	File
	Folder
)

// Entry is one name in a folder.
type Entry struct {
	Name string
	Kind Kind
}

// Source answers questions about one revision of a source. Paths are relative to its root, which is the empty path;
// they are clean and use slashes. An error means that the build cannot go on, as when a limit is reached.
type Source interface {
	// Stat says what the path leads to.
	Stat(path string) (Kind, error)
	// Read gives the content if the path leads to a file, and else only what it leads to.
	Read(path string) ([]byte, Kind, error)
	// List gives the entries in any order if the path leads to a folder, and else only what it leads to.
	List(path string) ([]Entry, Kind, error)
}
