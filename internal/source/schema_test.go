package source

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"
)

var keep = flag.String("keep", "", "keep the schema and what it says of documents in a folder, for another implementation to be held against")

// plainYAML is catalogs in YAML whose scalars without quotes look like other values to
// a schema.
var plainYAML = []string{
	"catalog: 2024\ntitle: 1e3\nerrors: [{code: 1001, title: true, since: 2.1, aliases: [40001], keywords: [null]}]",
	"catalog: a\ntitle: ~\nerrors: [{code: A, title: A, deprecated: 2.0, x-a: 2}]",
	"catalog: a\ntitle: A\nerrors: [{code: -A.1e, title: A}]",
}

// onlyText is catalogs in JSON that the rules refuse for what a schema must let
// through: in YAML the same values are text.
var onlyText = map[string]bool{
	entryWith(`"code": 42`):          true,
	entryWith(`"title": null`):       true,
	entryWith(`"description": true`): true,
	entryWith(`"keywords": [1]`):     true,
	entryWith(`"since": 2.1`):        true,
	entryWith(`"deprecated": true`):  true,
}

// TestSchema holds the schema against the rules, in a validator of its own: it refuses
// nothing that they accept, and of the rest all that is not said here.
func TestSchema(t *testing.T) {
	schema := compiledSchema(t)
	n := 0
	hold := func(text string, value any, good, refused bool) {
		t.Helper()
		err := schema.Validate(value)
		if good && err != nil || !good && refused != (err != nil) {
			t.Errorf("the schema on %s: %v", text, err)
		}
		if *keep != "" {
			n++
			verdict := map[bool]string{true: "accepted", false: "refused"}[err == nil]
			inJSON, err := json.Marshal(value)
			if err == nil {
				err = os.WriteFile(filepath.Join(*keep, fmt.Sprintf("%03d.%s.json", n, verdict)), inJSON, 0o666)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, d := range documents {
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(d.text))
		if err != nil {
			t.Fatalf("%s: %v", d.text, err)
		}
		problems := check(t, false, "json", d.text)
		if (problems == nil) != d.good {
			t.Errorf("the rules on %s: %q", d.text, problems)
		}
		hold(d.text, value, d.good, !onlyText[d.text])
	}
	yamls := plainYAML
	for _, pattern := range []string{"../catalog/data/*.yaml", "../../examples/*.yaml"} {
		files, err := filepath.Glob(pattern)
		if err != nil || files == nil {
			t.Fatalf("no files %s (%v)", pattern, err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			yamls = append(yamls, string(text))
		}
	}
	for _, text := range yamls {
		problems := check(t, false, "yaml", text)
		hold(text, valueOf(t, text), problems == nil, true)
	}
	if *keep != "" {
		if err := os.WriteFile(filepath.Join(*keep, "schema.json"), Schema(), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

func compiledSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("catalog.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("catalog.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// valueOf is a text in YAML as an editor hands it to a schema.
func valueOf(t *testing.T, text string) any {
	t.Helper()
	var loaded any
	if err := yaml.Unmarshal([]byte(text), &loaded); err != nil {
		t.Fatal(err)
	}
	inJSON, err := json.Marshal(loaded)
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(inJSON))
	if err != nil {
		t.Fatal(err)
	}
	return value
}
