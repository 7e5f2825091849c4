package build

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

func TestSubstitutionIsThatOfFlux(t *testing.T) {
	if conformance == "" {
		t.Skip("unpack the conformance cases and set TENANTRY_CONFORMANCE to the folder with postbuild-substitution")
	}
	for file, strict := range map[string]bool{
		"drone-expand.json": false,
		"flux-expand.json":  false,
		"flux-strict.json":  true,
	} {
		data, err := os.ReadFile(filepath.Join(conformance, "postbuild-substitution", file))
		if err != nil {
			t.Fatal(err)
		}
		var table struct {
			Cases []struct {
				Params  map[string]string `json:"params"`
				Input   string            `json:"input"`
				Output  string            `json:"output"`
				WantErr any               `json:"wantErr"`
			} `json:"cases"`
		}
		if err := json.Unmarshal(data, &table); err != nil {
			t.Fatal(err)
		}
		for _, one := range table.Cases {
			s := substitution{values: one.Params, active: true, strict: strict, unset: map[string]bool{}}
			got, err := s.expand(one.Input)
			if (err != nil) != (one.WantErr != nil) || err == nil && got != one.Output {
				t.Errorf("%s: %q with %v: expected %q, error %v; got %q, error %v",
					file, one.Input, one.Params, one.Output, one.WantErr, got, err)
			}
		}
		t.Logf("%s: %d cases", file, len(table.Cases))
	}
}
