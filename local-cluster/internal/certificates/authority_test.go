package certificates

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestAnAuthorityIsMadeOnceAndThenKept(t *testing.T) {
	// Given
	directory := t.TempDir()
	certificateFile, keyFile := filepath.Join(directory, "ca.crt"), filepath.Join(directory, "ca.key")
	first, err := LoadOrCreate("test", certificateFile, keyFile)
	if err != nil {
		t.Fatal(err)
	}

	// When
	second, err := LoadOrCreate("test", certificateFile, keyFile)

	// Then
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first.PEM(), second.PEM()) {
		t.Error("the second start made another authority: what the first issued is no longer trusted")
	}
	for _, file := range []string{certificateFile, keyFile} {
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: mode %v, error %v; want only the owner to read it", file, info.Mode(), err)
		}
	}
}

func TestAPersonsCertificateSaysNameAndGroupsAndServesNoHost(t *testing.T) {
	// Given
	authority := newAuthority(t)

	// When
	pair, err := authority.Issue(Request{
		CommonName:    "alice",
		Organizations: []string{"team-a", "team-b"},
		Lifetime:      time.Hour,
	})

	// Then
	if err != nil {
		t.Fatal(err)
	}
	certificate := parse(t, pair)
	if certificate.Subject.CommonName != "alice" || len(certificate.Subject.Organization) != 2 {
		t.Errorf("subject is %v", certificate.Subject)
	}
	client := x509.VerifyOptions{Roots: authority.Pool(), KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}}
	if _, err := certificate.Verify(client); err != nil {
		t.Errorf("not trusted as a client: %v", err)
	}
	server := x509.VerifyOptions{Roots: authority.Pool(), KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	if _, err := certificate.Verify(server); err == nil {
		t.Error("trusted as a server")
	}
	if certificate.IsCA {
		t.Error("can issue certificates")
	}
}

func TestAServersCertificateNamesItsHosts(t *testing.T) {
	// Given
	authority := newAuthority(t)

	// When
	pair, err := authority.Issue(Request{
		CommonName: "server",
		Hosts:      []string{"127.0.0.1", "localhost"},
		Lifetime:   time.Hour,
	})

	// Then
	if err != nil {
		t.Fatal(err)
	}
	for _, host := range []string{"127.0.0.1", "localhost"} {
		options := x509.VerifyOptions{DNSName: host, Roots: authority.Pool()}
		if _, err := parse(t, pair).Verify(options); err != nil {
			t.Errorf("%s: %v", host, err)
		}
	}
}

func TestAnUnreadableAuthorityIsAnErrorThatNamesTheFile(t *testing.T) {
	// Given
	file := filepath.Join(t.TempDir(), "ca.crt")
	if err := os.WriteFile(file, []byte("no certificate"), 0o600); err != nil {
		t.Fatal(err)
	}

	// When
	_, err := LoadOrCreate("test", file, file)

	// Then
	if err == nil || !bytes.Contains([]byte(err.Error()), []byte(file)) {
		t.Errorf("error is %v", err)
	}
}

func newAuthority(t *testing.T) *Authority {
	t.Helper()
	directory := t.TempDir()
	authority, err := LoadOrCreate("test", filepath.Join(directory, "ca.crt"), filepath.Join(directory, "ca.key"))
	if err != nil {
		t.Fatal(err)
	}
	return authority
}

func parse(t *testing.T, pair Pair) *x509.Certificate {
	t.Helper()
	block, _ := pem.Decode(pair.Certificate)
	certificate, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	return certificate
}
