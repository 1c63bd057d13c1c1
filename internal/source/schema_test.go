package source

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"

	"github.com/errcode-cli/errcode/internal/entry"
)

var keep = flag.String("keep", "", "keep the schema and what it says of documents in a folder, for another implementation to be held against")

// looks is scalars of YAML that are text where text is wanted, with quotes or without,
// and to a schema may look like something else.
var looks = []string{
	"2024", "0", "-0", "-1", "+1", "0x1F", "0o17", "017", "0b11", "08001", "0042", "1_000", "1e3", "1.5", "2.10", "-2.5", ".5", "1e400", "123456789012345678901234567890",
	".inf", "-.inf", "+.INF", ".nan", "~", "null", "Null", "NULL", "true", "True", "FALSE", "yes", "No", "on", "off", "y", "n",
	"2026-03-01", "2026-03-01T10:00:00Z", "2026-03-01 10:00:00", "12:30:45", "1:30", "=", "<<", "a b", "-A.1e", "https://example.com", "mailto:1",
	"'1'", `"true"`, "!!str 42", "! 42", "!!str ~", "''", "",
}

// looking is a catalog in YAML with a scalar at a place, in a list where one belongs
// there.
func looking(place, look string) string {
	if i := slices.Index(entry.Keys(), place); i >= 0 {
		if _, isList := entry.Fields[i].Value.(entry.Texts); isList {
			look = "[" + look + "]"
		}
	}
	return with(place, look)
}

// beyond is texts that are wrong in a way that no schema can say: a code that has no
// letter, or too many bytes; a message of placeholders; a number that has a point; blocks that have no number, or
// not the code, or others' codes; what is listed and not there.
var beyond = []string{`"messages": [42]`, `"%s"`, `<b> timeout`, `%% {{`, `"..."`, `"~"`, `"` + strings.Repeat("я", 65) + `"`, `"catalog": 2.1`, `"A-9-1"`, `"A-2-9"`, `"A-9-20"`, `"nope"`, `"a.yaml"`,
	`"catalogs": [42]`, `"catalogs": [true]`, `"catalogs": [null]`}

// A held schema is one that documents are held against.
type held struct {
	*testing.T
	schema *jsonschema.Schema
	kept   int
}

// hold tries a value. One that the rules accept must be accepted; of others, the
// schema's word is only kept.
func (h *held) hold(text string, value any, good bool) (accepted bool) {
	h.Helper()
	err := h.schema.Validate(value)
	if good && err != nil {
		h.Errorf("the schema on %s: %v", text, err)
	}
	if *keep != "" {
		h.kept++
		verdict := map[bool]string{true: "accepted", false: "refused"}[err == nil]
		inJSON, err := json.Marshal(value)
		if err == nil {
			err = os.WriteFile(filepath.Join(*keep, fmt.Sprintf("%04d.%s.json", h.kept, verdict)), inJSON, 0o666)
		}
		if err != nil {
			h.Fatal(err)
		}
	}
	return err == nil
}

// TestSchema holds the schema against the rules, in a validator of its own: it refuses
// nothing that they accept, and of the rest all that is not said here.
func TestSchema(t *testing.T) {
	h := &held{T: t, schema: compiledSchema(t)}
	for _, d := range documents {
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(d.text))
		if err != nil {
			t.Fatalf("%s: %v", d.text, err)
		}
		if problems := check(t, false, "json", d.text); (problems == nil) != d.good {
			t.Errorf("the rules on %s: %q", d.text, problems)
		}
		// In YAML some of it is good: a number is text there. A schema cannot tell.
		good := check(t, false, "yaml", d.text) == nil
		if d.good && !good {
			t.Errorf("%s is good, but not as YAML", d.text)
		}
		if accepted := h.hold(d.text, value, good); accepted && !good && !slices.ContainsFunc(beyond, func(b string) bool { return strings.Contains(d.text, b) }) {
			t.Errorf("the schema accepts %s", d.text)
		}
	}
	for _, place := range places() {
		for _, look := range looks {
			text := looking(place, look)
			if loaded, err := loadYAML(text); err == nil {
				h.hold(text, loaded, check(t, false, "yaml", text) == nil)
			}
		}
	}
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
			loaded, err := loadYAML(string(text))
			if err != nil {
				t.Fatal(err)
			}
			h.hold(file, loaded, true)
		}
	}
	if *keep != "" {
		if err := os.WriteFile(filepath.Join(*keep, "schema.json"), Schema(), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

func compiledSchema(t testing.TB) *jsonschema.Schema {
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

// loadYAML is a text in YAML as an editor hands it to a schema.
func loadYAML(text string) (any, error) {
	var top yaml.Node
	if err := yaml.Unmarshal([]byte(text), &top); err != nil {
		return nil, err
	}
	return valueOf(&top)
}

func valueOf(n *yaml.Node) (any, error) {
	switch n.Kind {
	case yaml.DocumentNode:
		return valueOf(n.Content[0])
	case yaml.AliasNode:
		return valueOf(n.Alias)
	case yaml.SequenceNode:
		list := []any{}
		for _, item := range n.Content {
			value, err := valueOf(item)
			if err != nil {
				return nil, err
			}
			list = append(list, value)
		}
		return list, nil
	case yaml.MappingNode:
		fields := map[string]any{}
		for pair := range slices.Chunk(n.Content, 2) {
			value, err := valueOf(pair[1])
			if err != nil {
				return nil, err
			}
			key := pair[0]
			if key.Kind == yaml.AliasNode {
				key = key.Alias
			}
			fields[key.Value] = value
		}
		return fields, nil
	}
	return scalarOf(n)
}

func scalarOf(n *yaml.Node) (any, error) {
	var value any
	if err := n.Decode(&value); err != nil {
		return nil, err
	}
	switch v := value.(type) {
	case nil, bool, string:
		return v, nil
	case time.Time:
		return n.Value, nil // text in YAML 1.2, and in what JSON makes of it
	case float64:
		if math.IsInf(v, 0) || math.IsNaN(v) { // a number, for which JSON has none
			return json.Number(fmt.Sprint(math.Copysign(1e300, v))), nil
		}
		return json.Number(strconv.FormatFloat(v, 'g', -1, 64)), nil
	}
	return json.Number(fmt.Sprint(value)), nil // any of the integers
}

// TestPatterns holds the schema's patterns to what all regular expressions have in
// common: no escape, and no $ behind which a line's end may stand.
func TestPatterns(t *testing.T) {
	var schema any
	if err := json.Unmarshal(Schema(), &schema); err != nil {
		t.Fatal(err)
	}
	n := 0
	var walk func(any)
	walk = func(value any) {
		switch v := value.(type) {
		case []any:
			for _, item := range v {
				walk(item)
			}
		case map[string]any:
			for _, inner := range v {
				walk(inner)
			}
			pattern, _ := v["pattern"].(string)
			if pattern == "" {
				return
			}
			n++
			if strings.ContainsAny(pattern, `\.`) || strings.Contains(pattern, "[[:") || strings.Contains(pattern, "(?") {
				t.Errorf("%q has more than characters", pattern)
			}
			refused, _ := v["not"].(map[string]any)
			without, _ := refused["pattern"].(string)
			if strings.Contains(pattern, "$") && !strings.Contains(pattern, "[^0-9a-z-]") && !strings.Contains(without, "\x00-\x1f") { // which have any line's end
				t.Errorf("%q ends before a line's end", pattern)
			}
		}
	}
	walk(schema)
	if n == 0 {
		t.Error("no patterns")
	}
}

// FuzzSchema holds that whatever the rules accept, the schema accepts.
func FuzzSchema(f *testing.F) {
	for _, d := range documents {
		f.Add(d.text, true)
		f.Add(d.text, false)
	}
	for _, place := range places() {
		for _, look := range looks {
			f.Add(looking(place, look), true)
		}
	}
	f.Add("catalog: a\ntitle: |\n  A\nerrors:\n- &a\n  code: A\n  title: A # B\n  tags: &b [a]\n- {code: B, title: >-\n    A, x-b: *a, keywords: *b, ? since : 2.0}\n", true)
	schema := compiledSchema(f)
	f.Fuzz(func(t *testing.T, text string, inYAML bool) {
		format, load := "json", func(text string) (any, error) {
			return jsonschema.UnmarshalJSON(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
		}
		if inYAML {
			format, load = "yaml", loadYAML
		}
		if check(t, false, format, text) != nil {
			return
		}
		value, err := load(text)
		if err != nil {
			t.Fatalf("accepted, but %v", err)
		}
		if err := schema.Validate(value); err != nil {
			t.Fatal(err)
		}
	})
}
