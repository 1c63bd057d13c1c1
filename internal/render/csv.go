package render

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/text"
)

// writeCSV writes a record an entry under a header that never changes but for new
// fields: the catalog, the fields, and what a catalog adds as one cell of JSON. Lines
// end in LF alone: with CR LF the line breaks in the cells would become such too.
func writeCSV(w io.Writer, l Listing, _ Options) error {
	records := csv.NewWriter(w)
	record := append(append([]string{"catalog"}, entry.Keys()...), "x")
	if err := records.Write(record); err != nil {
		return err
	}
	for e, err := range l.entries {
		if err != nil {
			records.Flush()
			return err
		}
		record = append(record[:0], e.Catalog)
		for _, f := range entry.Fields {
			cell := ""
			if value, ok := f.Value.JSON(&e); ok {
				if cell, err = inCell(value); err != nil {
					return err
				}
			}
			record = append(record, cell)
		}
		added := ""
		if e.Extra != nil {
			json, err := encode(extra(&e))
			if err != nil {
				return err
			}
			added = string(json)
		}
		if err := records.Write(append(record, added)); err != nil {
			return err
		}
	}
	records.Flush()
	return records.Error()
}

// inCell is a field's value as a cell: of a list a line each, and of a thing that
// several texts make up its JSON.
func inCell(value any) (string, error) {
	switch v := value.(type) {
	case string:
		return visibleCell(v), nil
	case []string:
		return visibleCell(strings.Join(v, "\n")), nil
	case int, bool:
		return fmt.Sprint(v), nil
	}
	array, err := encode(value)
	if err != nil {
		return "", err
	}
	var things []json.RawMessage
	if err := json.Unmarshal(array, &things); err != nil {
		return "", err
	}
	lines := make([]string, len(things))
	for i, thing := range things {
		lines[i] = string(thing)
	}
	return strings.Join(lines, "\n"), nil
}

// visibleCell is text.Visible, but that tabs are data.
func visibleCell(s string) string {
	pieces := strings.Split(s, "\t")
	for i, piece := range pieces {
		pieces[i] = text.Visible(piece)
	}
	return strings.Join(pieces, "\t")
}
