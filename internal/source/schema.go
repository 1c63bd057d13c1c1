package source

import (
	"bytes"
	"encoding/json"
)

// Schema returns the rules of a catalog file, and of a project's, as a JSON Schema
// (2020-12), for editors to complete and explain keys by. It refuses nothing that
// Validation accepts. What a schema cannot say is for Validation alone to find: that
// a code holds a letter, how many bytes it takes, that codes are unique, not retired
// and in a block, that a web address can be read, that what is listed is there, that
// text in JSON is no number. It means the same in every
// implementation (scripts/check-schema).
func Schema() []byte {
	schema := `{"$schema": "https://json-schema.org/draft/2020-12/schema",
		"$id": "https://github.com/errcode-cli/errcode/catalog.schema.json",
		"title": "errcode catalog", "description": "A named set of error codes, explained; or a list of the catalogs of a project.",
		"if": {"type": "object", "properties": {"` + catalogsKey + `": true, "` + nameKey + `": false, "` + errorsKey + `": false}, "required": ["` + catalogsKey + `"]},
		"then": {` + ofProject().describe() + `},
		"else": {` + header().describe() + "}}"
	var b bytes.Buffer
	if err := json.Indent(&b, []byte(schema), "", "  "); err != nil {
		panic(err) // a rule describes itself in broken JSON; the tests make the schema
	}
	b.WriteByte('\n')
	return b.Bytes()
}
