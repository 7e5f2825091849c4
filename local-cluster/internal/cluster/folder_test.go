package cluster

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestPortsAreKeptForTheNextStart(t *testing.T) {
	// Given
	folder := newFolder(t)
	first, err := folder.claimPorts(0)
	if err != nil {
		t.Fatal(err)
	}

	// When
	second, err := folder.claimPorts(0)

	// Then
	if err != nil || second != first {
		t.Errorf("first %v, then %v, error %v", first, second, err)
	}
}

func TestAKeptPortThatIsTakenIsReplaced(t *testing.T) {
	// Given
	folder := newFolder(t)
	first, err := folder.claimPorts(0)
	if err != nil {
		t.Fatal(err)
	}
	occupy(t, first.APIServer)

	// When
	second, err := folder.claimPorts(0)

	// Then
	if err != nil || second.APIServer == first.APIServer || second.EtcdClient != first.EtcdClient {
		t.Errorf("first %v, then %v, error %v", first, second, err)
	}
}

func TestAnAskedPortThatIsTakenIsAnError(t *testing.T) {
	// Given
	folder := newFolder(t)
	free, err := folder.claimPorts(0)
	if err != nil {
		t.Fatal(err)
	}
	occupy(t, free.APIServer)

	// When
	_, err = folder.claimPorts(free.APIServer)

	// Then
	if err == nil || !strings.Contains(err.Error(), "--port") {
		t.Errorf("error is %v", err)
	}
}

func TestASecondClusterOnTheFolderIsRefused(t *testing.T) {
	// Given
	folder := newFolder(t)
	lock, err := folder.lock()
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Close()

	// When
	_, err = folder.lock()

	// Then
	if err == nil || !strings.Contains(err.Error(), "already running") {
		t.Errorf("error is %v", err)
	}
}

func TestAPersonIsNotIssuedAnAdministratorsGroup(t *testing.T) {
	// Given
	folder := newFolder(t)

	// When
	err := folder.IssueKubeconfig(filepath.Join(t.TempDir(), "out"), "mallory", []string{"system:masters"}, time.Hour)

	// Then
	if err == nil || !strings.Contains(err.Error(), "system:masters") {
		t.Errorf("error is %v", err)
	}
}

func TestAFolderWithoutAClusterIsLeftAloneAndNamed(t *testing.T) {
	// Given
	folder := Folder(filepath.Join(t.TempDir(), "none"))

	// When
	err := folder.IssueKubeconfig(filepath.Join(t.TempDir(), "out"), "alice", nil, time.Hour)

	// Then
	if err == nil || !strings.Contains(err.Error(), "holds no cluster") {
		t.Errorf("error is %v", err)
	}
	if _, err := os.Stat(string(folder)); !os.IsNotExist(err) {
		t.Error("the folder was made")
	}
}

func TestProgramsThatAClusterCannotDoWithoutAreNamed(t *testing.T) {
	// Given
	binaries := t.TempDir()
	install(t, binaries, "etcd")

	// When
	_, err := findPrograms(binaries, new(strings.Builder))

	// Then
	if err == nil || !strings.Contains(err.Error(), "kube-apiserver") {
		t.Errorf("error is %v", err)
	}
}

func TestWithoutControllersAClusterRunsAndSaysSo(t *testing.T) {
	// Given
	binaries := t.TempDir()
	install(t, binaries, "etcd")
	install(t, binaries, "kube-apiserver")
	warnings := new(strings.Builder)

	// When
	found, err := findPrograms(binaries, warnings)

	// Then
	if err != nil || found != (optional{}) {
		t.Errorf("found %v, error %v", found, err)
	}
	for _, name := range []string{"kube-controller-manager", "kube-scheduler", "kwok"} {
		if !strings.Contains(warnings.String(), name) {
			t.Errorf("%q does not name %s", warnings, name)
		}
	}
}

func newFolder(t *testing.T) Folder {
	t.Helper()
	folder := Folder(t.TempDir())
	if err := folder.create(); err != nil {
		t.Fatal(err)
	}
	return folder
}

func occupy(t *testing.T, port int) {
	t.Helper()
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
}

func install(t *testing.T, directory, name string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(directory, name), nil, 0o755); err != nil {
		t.Fatal(err)
	}
}
