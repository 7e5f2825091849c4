package build

import (
	"strings"
	"testing"
)

func TestAQuotedExpressionBecomesANumberWhenItsValueIsOne(t *testing.T) {
	got := rendered(t, files{"apps/web.yaml": `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
  - port: "${PORT}"
    name: "${NAME}"
`}, `
postBuild:
  substitute:
    PORT: "8080"
    NAME: http
`)

	expect(t, got, `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
  - name: http
    port: 8080
`)
}

// expression renders a ConfigMap with one expression and gives what became of it.
func expression(t *testing.T, text, spec string) string {
	t.Helper()
	got := rendered(t, files{"apps/config.yaml": configMap("config") + "data:\n  value: |-\n    <" + text + ">\n"}, spec)
	_, after, _ := strings.Cut(got, "<")
	value, _, _ := strings.Cut(after, ">")
	return value
}

func TestExpressionsAreThoseOfBash(t *testing.T) {
	spec := "postBuild: {substitute: {name: Tenantry, empty: ''}}"
	for text, want := range map[string]string{
		"${name}":              "Tenantry",
		"${other:=default}":    "default",
		"${other:-default}":    "default",
		"${empty:-default}":    "default",
		"${empty}":             "",
		"${#name}":             "8",
		"${name^^}":            "TENANTRY",
		"${name,,}":            "tenantry",
		"${name:0:6}":          "Tenant",
		"${name#Ten}":          "antry",
		"${name%ry}":           "Tenant",
		"${name/n/N}":          "TeNantry",
		"${name//n/N}":         "TeNaNtry",
		"$${name}":             "${name}",
		"$name":                "$name",
		"${other:=${name}}":    "Tenantry",
		"no expression at all": "no expression at all",
	} {
		if got := expression(t, text, spec); got != want {
			t.Errorf("%s: expected %q, got %q", text, want, got)
		}
	}
}

func TestAVariableWithoutValueAndDefaultFails(t *testing.T) {
	got := failure(t, files{"apps/config.yaml": configMap("config") + "data:\n  value: ${missing}\n"},
		"postBuild: {substitute: {other: value}}")

	expectIn(t, got, "post build failed for 'ConfigMap.v1.[noGrp]/config': envsubst error: "+
		`variable substitution failed: variable not set (strict mode): "missing"`, "give it a default")
}

func TestALenientBuildLeavesItEmptyAndNamesIt(t *testing.T) {
	request := request(t, "postBuild: {substitute: {other: value}}")
	request.Lenient = true

	result, err := Run(request, files{"apps/config.yaml": configMap("config") + "data:\n  value: a${missing}b\n"})

	if err != nil {
		t.Fatal(err)
	}
	expectIn(t, string(result.Objects), "value: ab")
	expect(t, strings.Join(result.Unset, " "), "missing")
}

func TestValuesOfTheSpecWinOverThoseItRefersTo(t *testing.T) {
	request := request(t, "postBuild: {substitute: {both: spec}}")
	request.Variables = map[string]string{"both": "reference", "referred": "line\nbreaks\n"}

	result, err := Run(request, files{"apps/config.yaml": configMap("${both}-${referred}")})

	if err != nil {
		t.Fatal(err)
	}
	expectIn(t, string(result.Objects), "name: spec-linebreaks")
}

func TestAnObjectCanOptOutByLabelOrAnnotation(t *testing.T) {
	for _, field := range []string{"labels", "annotations"} {
		got := rendered(t, files{"apps/config.yaml": `
apiVersion: v1
kind: ConfigMap
metadata:
  name: script
  ` + field + `:
    kustomize.toolkit.fluxcd.io/substitute: disabled
data:
  run: echo ${HOME}
`}, "postBuild: {substitute: {other: value}}")
		expectIn(t, got, "run: echo ${HOME}")
	}
}

func TestNothingIsSubstitutedWithoutVariables(t *testing.T) {
	source := files{"apps/config.yaml": configMap("config") + "data:\n  value: ${name:=default}\n"}

	expectIn(t, rendered(t, source, ""), "value: ${name:=default}")
	expectIn(t, rendered(t, source, "postBuild: {substitute: {}}"), "value: ${name:=default}")
}

func TestStrategyAlwaysSubstitutesDefaultsWithoutVariables(t *testing.T) {
	got := rendered(t, files{"apps/config.yaml": configMap("config") + "data:\n  value: ${name:=default}\n"},
		"postBuild: {substituteStrategy: Always}")

	expectIn(t, got, "value: default")
}

func TestAnInvalidNameOfAVariableFails(t *testing.T) {
	got := failure(t, files{"apps/config.yaml": configMap("config")}, "postBuild: {substitute: {not-valid: value}}")

	expectIn(t, got, "'not-valid' var name is invalid, must match '^[_[:alpha:]][_[:alpha:][:digit:]]*$'")
}

func TestAnExpressionThatIsNoneFails(t *testing.T) {
	got := failure(t, files{"apps/config.yaml": configMap("config") + "data:\n  value: ${name\n"},
		"postBuild: {substitute: {name: value}}")

	expectIn(t, got, "post build failed for 'ConfigMap.v1.[noGrp]/config'", "write $$ for a $")
}

func TestAnObjectThatLosesItsNameFails(t *testing.T) {
	got := failure(t, files{"apps/config.yaml": configMap("${name}")}, "postBuild: {substitute: {name: ''}}")

	expectIn(t, got, "substitution left it without apiVersion, kind or metadata.name")
}

func TestTwoObjectsThatGetTheSameNameFail(t *testing.T) {
	got := failure(t, files{"apps/a.yaml": configMap("${one}"), "apps/b.yaml": configMap("${two}")},
		"postBuild: {substitute: {one: same, two: same}}")

	expectIn(t, got, "post build failed for 'ConfigMap.v1.[noGrp]/${two}'",
		"another object has the same kind, namespace and name")
}

func TestValuesFromSecretsAreNotInMessages(t *testing.T) {
	request := request(t, "postBuild: {}")
	request.Variables = map[string]string{"password": "correct horse: battery"}
	request.Secret = []string{"password"}

	_, err := Run(request, files{"apps/config.yaml": configMap("config") + "data:\n  key: a ${password}\n"})

	if err == nil {
		t.Fatal("expected that the value breaks the YAML")
	}
	if strings.Contains(err.Error(), "horse") {
		t.Errorf("the secret is in the message: %v", err)
	}
}

func TestASecretThatBeginsAnotherLeavesNothingOfIt(t *testing.T) {
	values := map[string]string{"short": "battery", "long": "battery-staple", "longest": "a battery-staple!"}

	got := mask("not 'battery', 'battery-staple' or 'a battery-staple!'", values, []string{"short", "long", "longest"})

	expect(t, got, "not '***', '***' or '***'")
}

func TestDocumentsThatSOPSEncryptedStayAsTheyAre(t *testing.T) {
	secret := `apiVersion: v1
data:
  password: ENC[AES256_GCM,data:2Q==,iv:AA==,tag:BB==,type:str]
kind: Secret
metadata:
  name: encrypted
sops:
  mac: ENC[AES256_GCM,data:AAAA,iv:AA==,tag:BB==,type:str]
  version: 3.9.0
`
	expect(t, rendered(t, files{"apps/secret.yaml": secret}, "postBuild: {substitute: {name: value}}"), secret)
}
