package templates

import (
	"encoding/json"
	"strings"
	"testing"
)

const canary = "c4n4ry-hunter2"

func renderAll(request Request) (Rendered, map[string]Failure) {
	rendered, failures, _ := Render(request, func(string) error { return nil })
	return rendered, failures
}

func one(text string) (string, *Failure) {
	return over(text, map[string][]byte{"password": []byte(canary), "user": []byte("ann")})
}

func over(text string, data map[string][]byte) (string, *Failure) {
	rendered, failures := renderAll(Request{Data: data, Templates: map[string]string{"key.conf": text}})
	if failure, failed := failures["key.conf"]; failed {
		return "", &failure
	}
	return string(rendered["key.conf"]), nil
}

func TestTemplatesRenderAsTheOriginalDoes(t *testing.T) {
	for text, want := range map[string]string{
		"":                                "",
		"plain":                           "plain",
		"{{ .user }}:{{ .password }}":     "ann:" + canary,
		"{{ .missing }}":                  "<no value>",
		`{{ index . "user" | upper }}`:    "ANN",
		"{{ .user | b64enc }}":            "YW5u",
		"{{ dict \"u\" .user | toJson }}": `{"u":"ann"}`,
		"{{ range $k, $v := . }}{{ $k }} {{ end }}":                  "password user ",
		`{{ define "a" }}<{{ . }}>{{ end }}{{ template "a" .user }}`: "<ann>",
		"<{{ .user }}&'>": "<ann&'>",
		`{{ toDate "2006-01-02" "2024-02-03" | date "Mon 2006-01-02T15:04Z07:00" }}`: "Sat 2024-02-03T00:00Z",
	} {
		if got, failure := one(text); failure != nil || got != want {
			t.Errorf("%s: %q, %v; expected %q", text, got, failure, want)
		}
	}
}

func TestBytesThatAreNoTextPassUnchanged(t *testing.T) {
	got, failure := over("{{ .raw }}", map[string][]byte{"raw": {0, 0xff, 0xfe, '\n'}})
	if failure != nil || got != "\x00\xff\xfe\n" {
		t.Errorf("%q, %v", got, failure)
	}
}

func TestAnEmptyTemplateGivesAnEmptyValue(t *testing.T) {
	rendered, failures := renderAll(Request{Templates: map[string]string{"empty": "{{/* nothing */}}"}})
	encoded, err := json.Marshal(rendered)
	if err != nil || len(failures) > 0 || string(encoded) != `{"empty":""}` {
		t.Errorf("%s %v %v", encoded, failures, err)
	}
}

func TestWhatTellsOfTheMachineIsNoFunction(t *testing.T) {
	for _, name := range []string{"env", "expandenv", "getHostByName"} {
		_, failure := one("first\n{{ " + name + ` "localhost" }}`)
		if failure == nil || failure.Message != `function "`+name+`" not defined` || failure.Line != 2 {
			t.Errorf("%s: %+v", name, failure)
		}
	}
}

func TestParseErrorsAreToldWhole(t *testing.T) {
	_, failure := one("a\nb {{ if }}\n")
	if failure == nil || failure.Line != 2 || failure.Column != 0 || failure.Message != "missing value for if" {
		t.Errorf("%+v", failure)
	}
	_, failure = one(`{{ define "x" }}1{{ end }}{{ define "x" }}2{{ end }}`)
	if failure == nil || !strings.Contains(failure.Message, "multiple definition of template") {
		t.Errorf("%+v", failure)
	}
}

func TestFailuresTellThePlaceAndTheFunction(t *testing.T) {
	for text, want := range map[string]Failure{
		"{{ fail .password }}":                      {1, 4, "the function fail failed"},
		"\n  {{ mustToDate \"2006\" .password }}":   {2, 6, "the function mustToDate failed"},
		`{{ .password | mustRegexMatch "(" }}`:      {1, 16, "the function mustRegexMatch failed"},
		"{{ index .password 99 }}":                  {1, 4, "the function index failed"},
		"{{ first .password }}":                     {1, 4, "the function first failed"},
		"{{ .password.field }}":                     {1, 13, "a field is asked of a value that does not have it"},
		"{{ range .password }}{{ end }}":            {1, 10, "the value to range over is no list, map or number"},
		"{{ add1 .password .user }}":                {1, 4, "a function has the wrong number of arguments"},
		`{{ template "` + "none" + `" .password }}`: {1, 13, otherwise},
		`{{ define "a:1:2: >: error calling b: " }}{{ fail . }}{{ end }}{{ template "a:1:2: >: error calling b: " .password }}`: {
			1, 46, "the function fail failed"},
		`{{ define "a" }}{{ template "a" . }}{{ end }}{{ template "a" . }}`: {
			1, 29, "the templates call each other without end"},
	} {
		if _, failure := one(text); failure == nil || *failure != want {
			t.Errorf("%s: %+v; expected %+v", text, failure, want)
		}
	}
}

func TestNoFailureHoldsAValue(t *testing.T) {
	values := []string{canary, canary + ">: error calling fail: ", "%s %d " + canary, canary + "\ntemplate: key.conf:1:1: " + canary}
	for _, value := range values {
		for _, text := range []string{
			"{{ fail .v }}", `{{ mustToDate "2006" .v }}`, `{{ mustRegexMatch .v "x" }}`, `{{ .v | mustRegexMatch "(" }}`,
			"{{ index .v 99 }}", "{{ index . .v 1 }}", "{{ .v.x }}", "{{ call .v }}", "{{ range .v }}{{ end }}", "{{ first .v }}",
			"{{ atoi .v | div 1 }}", "{{ semver .v }}", "{{ mustFromJson .v }}", "{{ b64dec .v | fail }}", "{{ urlParse .v }}",
			"{{ decryptAES .v .v }}", "{{ len 3 .v }}", "{{ slice .v 99 }}", "{{ repeat -1 .v | substr 5 1 }}", "{{ until .v }}",
			"{{ buildCustomCert .v .v }}", "{{ genPrivateKey .v | fail }}", "{{ derivePassword 1 .v .v .v .v | fail }}",
			"{{ $m := dict .v 1 }}{{ get $m .v | fail }}", `{{ template "none" .v }}`, "{{ .v | quote | fail }}", "{{ lt .v 3 }}",
			"{{ concat .v }}", "{{ dig .v }}", "{{ toDecimal .v | fail }}", "{{ genSignedCert .v nil nil 1 .v }}", "{{ duration .v | index 1 }}",
			`{{ htpasswd .v "` + strings.Repeat("x", 100) + `" | fail }}`,
		} {
			_, failure := over(text, map[string][]byte{"v": []byte(value)})
			if failure != nil && strings.Contains(failure.Message, "c4n4ry") {
				t.Errorf("%s: %+v", text, failure)
			}
			if failure != nil && failure.Line != 1 && text != `{{ template "none" .v }}` {
				t.Errorf("%s: no place: %+v", text, failure)
			}
		}
	}
}

func TestOneFailureIsToldBesideTheOthers(t *testing.T) {
	_, failures := renderAll(Request{Templates: map[string]string{"a": "{{", "b": "fine", "c": `{{ fail "x" }}`}})
	if len(failures) != 2 || failures["c"].Message != "the function fail failed" || failures["a"].Line != 1 {
		t.Errorf("%+v", failures)
	}
}

func TestASecretsWorthIsRenderedAndNoByteMore(t *testing.T) {
	half := strings.Repeat("x", MaxOutput/2)
	rendered, failures := renderAll(Request{Templates: map[string]string{"a": half, "b": half}})
	if len(failures) > 0 || len(rendered["a"])+len(rendered["b"]) != MaxOutput {
		t.Errorf("%v", failures)
	}
	_, failures = renderAll(Request{Templates: map[string]string{"a": half, "b": half + "y", "c": "z"}})
	if len(failures) != 1 || !strings.Contains(failures["b"].Message, "more than 1048576 bytes") {
		t.Errorf("%+v", failures)
	}
}

func TestALoopEndsAtTheLimit(t *testing.T) {
	_, failure := one("{{ range 100000000000 }}{{ $.user }}{{ end }}")
	if failure == nil || failure.Message != errFull.Error() {
		t.Errorf("%+v", failure)
	}
}
