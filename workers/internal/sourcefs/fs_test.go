package sourcefs

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// recording is a source with one folder and two files, which remembers its questions.
type recording struct {
	asked   []string
	failing error
}

func (r *recording) kind(path string) Kind {
	switch path {
	case "", "folder":
		return Folder
	case "folder/b.txt", "folder/a.txt":
		return File
	default:
		return Absent
	}
}

func (r *recording) Stat(path string) (Kind, error) {
	r.asked = append(r.asked, "stat "+path)
	return r.kind(path), r.failing
}

func (r *recording) Read(path string) ([]byte, Kind, error) {
	r.asked = append(r.asked, "read "+path)
	return []byte("content"), r.kind(path), r.failing
}

func (r *recording) List(path string) ([]Entry, Kind, error) {
	r.asked = append(r.asked, "list "+path)
	if path == "folder" {
		return []Entry{{Name: "b.txt", Kind: File}, {Name: "a.txt", Kind: File}}, Folder, r.failing
	}
	return []Entry{{Name: "folder", Kind: Folder}}, r.kind(path), r.failing
}

func (r *recording) expect(t *testing.T, questions ...string) {
	t.Helper()
	if !slices.Equal(r.asked, questions) {
		t.Errorf("expected %v, got %v", questions, r.asked)
	}
}

func TestAFileIsReadOnce(t *testing.T) {
	source := &recording{}
	files := New(source)

	first, _ := files.ReadFile(Root + "/folder/a.txt")
	first[0] = 'X'
	second, err := files.ReadFile(Root + "/folder/../folder/a.txt")

	if err != nil || string(second) != "content" {
		t.Errorf("got %q, %v", second, err)
	}
	if !files.Exists(Root + "/folder/a.txt") {
		t.Error("a file that was read exists")
	}
	source.expect(t, "read folder/a.txt")
}

func TestAListingAnswersWhatIsInTheFolder(t *testing.T) {
	source := &recording{}
	files := New(source)

	names, err := files.ReadDir(Root + "/folder")

	if err != nil || strings.Join(names, " ") != "a.txt b.txt" {
		t.Errorf("got %v, %v", names, err)
	}
	if !files.Exists(Root+"/folder/a.txt") || files.Exists(Root+"/folder/c.txt") {
		t.Error("a listing says what exists")
	}
	source.expect(t, "list folder")
}

func TestAWalkVisitsInTheOrderOfNames(t *testing.T) {
	var visited []string
	err := New(&recording{}).Walk(Root, func(path string, _ fs.FileInfo, err error) error {
		visited = append(visited, Relative(path))
		return err
	})

	if err != nil || strings.Join(visited, " ") != ". folder folder/a.txt folder/b.txt" {
		t.Errorf("got %v, %v", visited, err)
	}
}

func TestAWalkSkipsWhatItIsToldTo(t *testing.T) {
	var visited []string
	err := New(&recording{}).Walk(Root, func(path string, info fs.FileInfo, _ error) error {
		visited = append(visited, Relative(path))
		if info.IsDir() && path != Root {
			return filepath.SkipDir
		}
		return nil
	})

	if err != nil || strings.Join(visited, " ") != ". folder" {
		t.Errorf("got %v, %v", visited, err)
	}
}

func TestAnInlinePatchIsNoQuestion(t *testing.T) {
	source := &recording{}

	_, err := New(source).ReadFile(Root + "/apiVersion: v1\nkind: ConfigMap\n")

	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
	source.expect(t)
}

func TestAPathOutsideIsNoQuestion(t *testing.T) {
	source := &recording{}
	files := New(source)

	_, err := files.ReadFile(Root + "/../etc/passwd")
	_, _, absErr := files.CleanedAbs(Root + "/../etc")

	if !errors.Is(err, errOutside) || !errors.Is(absErr, errOutside) || files.Exists("/etc") || files.IsDir("/") {
		t.Errorf("got %v and %v", err, absErr)
	}
	source.expect(t)
}

func TestAfterAFailureNothingIsAsked(t *testing.T) {
	source := &recording{failing: errors.New("gone")}
	files := New(source)

	files.Exists(Root + "/folder")
	files.Exists(Root + "/other")
	_, err := files.ReadFile(Root + "/folder/a.txt")

	if !errors.Is(err, source.failing) || !errors.Is(files.Failure(), source.failing) {
		t.Errorf("got %v and %v", err, files.Failure())
	}
	source.expect(t, "stat folder")
}

func TestAnOverlayHidesTheFileOfTheSource(t *testing.T) {
	source := &recording{}
	files := New(source)

	if err := files.Overlay(Root+"/folder/a.txt", []byte("merged")); err != nil {
		t.Fatal(err)
	}
	content, err := files.ReadFile(Root + "/folder/a.txt")

	if err != nil || string(content) != "merged" {
		t.Errorf("got %q, %v", content, err)
	}
	source.expect(t)
}

func TestPathsInTextAreThoseOfTheSource(t *testing.T) {
	got := Relative("read " + Root + "/apps/a.yaml under '" + Root + "'")
	if got != "read apps/a.yaml under '.'" {
		t.Errorf("got %q", got)
	}
}
