package build

import "testing"

func TestCommonMetadataIsSetOnEveryObjectAndWins(t *testing.T) {
	got := rendered(t, files{"apps/config.yaml": `
apiVersion: v1
kind: ConfigMap
metadata:
  name: config
  labels:
    team: of-file
    kept: "yes"
`}, `
commonMetadata:
  labels:
    team: a
  annotations:
    contact: a@example.org
`)

	expect(t, got, `
apiVersion: v1
kind: ConfigMap
metadata:
  annotations:
    contact: a@example.org
  labels:
    kept: "yes"
    team: a
  name: config
`)
}

func TestCommonMetadataIsNotSubstituted(t *testing.T) {
	got := rendered(t, files{"apps/config.yaml": configMap("config")}, `
commonMetadata:
  annotations:
    text: ${name}
postBuild:
  substitute:
    name: value
`)

	expectIn(t, got, "text: ${name}")
}

func TestAListIsTakenApart(t *testing.T) {
	got := rendered(t, files{"apps/list.yaml": `
apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: ConfigMap
  metadata:
    name: one
- apiVersion: v1
  kind: ConfigMap
  metadata:
    name: two
`}, "")

	expect(t, got, configMap("one")+"---\n"+configMap("two"))
}

func TestNumbersStayAsTheyWereWritten(t *testing.T) {
	request := request(t, "commonMetadata: {labels: {a: b}}")
	request.Format = JSON

	result, err := Run(request, files{"apps/thing.yaml": `
apiVersion: example.org/v1
kind: Thing
metadata:
  name: thing
spec:
  large: 9007199254740993
  half: 0.5
  text: "1e3"
  html: <a&b>
`})

	if err != nil {
		t.Fatal(err)
	}
	expect(t, string(result.Objects), `[{"apiVersion":"example.org/v1","kind":"Thing","metadata":{"labels":{"a":"b"},`+
		`"name":"thing"},"spec":{"half":0.5,"html":"<a&b>","large":9007199254740993,"text":"1e3"}}]`)
}

// The line more than the source has is kustomize's, whose writer of YAML adds it; Flux applies it so.
func TestFoldedTextComesAsKustomizeWritesIt(t *testing.T) {
	request := request(t, "")
	request.Format = JSON

	result, err := Run(request, files{"apps/config.yaml": configMap("config") + "data:\n  text: >-\n    [\n\n      more\n    ]\n"})

	if err != nil {
		t.Fatal(err)
	}
	expect(t, string(result.Objects), `[{"apiVersion":"v1","data":{"text":"[\n\n\n  more\n]"},"kind":"ConfigMap",`+
		`"metadata":{"name":"config"}}]`)
}

func TestNoObjectsAreAnEmptyArray(t *testing.T) {
	request := request(t, "")
	request.Format = JSON

	result, err := Run(request, files{"apps/README.md": ""})

	if err != nil {
		t.Fatal(err)
	}
	expect(t, string(result.Objects), "[]")
}

func TestTooLargeAnOutputFails(t *testing.T) {
	request := request(t, "")
	request.MaxOutput = 32

	_, err := Run(request, files{"apps/config.yaml": configMap("config")})

	expectIn(t, err.Error(), "the limit of one Kustomization; split it into several")
}
