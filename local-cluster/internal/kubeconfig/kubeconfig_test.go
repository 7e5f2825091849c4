package kubeconfig

import (
	"strings"
	"testing"

	"tenantry.dev/local-cluster/internal/certificates"
)

func TestANameCannotBreakOutOfItsPlace(t *testing.T) {
	// Given
	name := "eve\n    token: \"stolen\""

	// When
	content, err := Render("https://127.0.0.1:6443", []byte("authority"), name, certificates.Pair{})

	// Then
	if err != nil {
		t.Fatal(err)
	}
	if quoted := `"eve\n    token: \"stolen\""`; strings.Count(string(content), quoted) != 2 {
		t.Errorf("the name is not quoted in both places:\n%s", content)
	}
}
