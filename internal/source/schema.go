package source

import (
	"bytes"
	"encoding/json"
)

// Schema returns the rules of a catalog file as a JSON Schema (2020-12), for
// editors to complete and explain keys by. It refuses nothing that Validation
// accepts. What a schema cannot say is for Validation alone to find: that a code
// holds a letter, how many bytes it takes, that codes are unique, that a web address
// can be read, that text in JSON is no number. It means the same in every
// implementation (scripts/check-schema).
func Schema() []byte {
	schema := `{"$schema": "https://json-schema.org/draft/2020-12/schema",
		"$id": "https://github.com/errcode-cli/errcode/catalog.schema.json",
		"title": "errcode catalog", "description": "A named set of error codes, explained.", ` +
		header().describe() + "}"
	var b bytes.Buffer
	if err := json.Indent(&b, []byte(schema), "", "  "); err != nil {
		panic(err) // a rule describes itself in broken JSON; the tests make the schema
	}
	b.WriteByte('\n')
	return b.Bytes()
}
