package catalog

import (
	"bytes"
	"encoding/json"
)

// Schema returns the rules of a catalog file as a JSON Schema (2020-12), for
// editors to complete and explain keys by. It knows one file at a time and no
// bytes: that codes are unique in a file and take at most 64 bytes is for
// Validation alone to find.
func Schema() []byte {
	schema := `{"$schema": "https://json-schema.org/draft/2020-12/schema",
		"$id": "https://github.com/errcode-cli/errcode/catalog.schema.json",
		"title": "errcode catalog", "description": "A named set of error codes, explained.", ` +
		mapping[Catalog]{rules: header}.describe() + "}"
	var b bytes.Buffer
	if err := json.Indent(&b, []byte(schema), "", "  "); err != nil {
		panic(err) // a rule describes itself in broken JSON; the tests make the schema
	}
	b.WriteByte('\n')
	return b.Bytes()
}
