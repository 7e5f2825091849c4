package main

import (
	"errors"
	"io"
	"strings"
	"testing"
)

func TestWrongUsageIsToldFromFailure(t *testing.T) {
	for name, test := range map[string]struct {
		args []string
		says string
	}{
		"no command":            {nil, "name a command"},
		"an unknown command":    {[]string{"start"}, `"start"`},
		"no data folder":        {[]string{"run"}, "--data is required"},
		"an unknown flag":       {[]string{"run", "--data", "d", "--fast"}, "-fast"},
		"a stray argument":      {[]string{"run", "--data", "d", "now"}, `"now"`},
		"a person with no name": {[]string{"certificate", "--data", "d", "--out", "f"}, "--user is required"},
	} {
		t.Run(name, func(t *testing.T) {
			// When
			err := dispatch(test.args, io.Discard, io.Discard)

			// Then
			if !errors.Is(err, errUsage) || !strings.Contains(err.Error(), test.says) {
				t.Errorf("error is %v", err)
			}
		})
	}
}
