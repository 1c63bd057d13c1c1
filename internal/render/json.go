package render

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf16"
)

// writeJSON writes one array with a value an item, or, for a stream, the
// values one after another.
func writeJSON(w io.Writer, l Listing, _ Options) error {
	if l.stream {
		return writeStream(w, l)
	}
	before := "[\n  "
	end := "[]\n"
	for it, err := range l.items {
		if err != nil {
			return err
		}
		text, err := pretty(it.value(), "  ")
		if err != nil {
			return err
		}
		if _, err := w.Write(append([]byte(before), text...)); err != nil {
			return err
		}
		before, end = ",\n  ", "\n]\n"
	}
	_, err := io.WriteString(w, end)
	return err
}

// writeStream writes the values one after another, each with its line's end.
func writeStream(w io.Writer, l Listing) error {
	for it, err := range l.items {
		if err != nil {
			return err
		}
		text, err := pretty(it.value(), "")
		if err != nil {
			return err
		}
		if _, err := w.Write(append(text, '\n')); err != nil {
			return err
		}
	}
	return nil
}

// writeJSONL writes a value a line.
func writeJSONL(w io.Writer, l Listing, _ Options) error {
	for it, err := range l.items {
		if err != nil {
			return err
		}
		line, err := encode(it.value())
		if err != nil {
			return err
		}
		if _, err := w.Write(append(line, '\n')); err != nil {
			return err
		}
	}
	return nil
}

// pretty returns a value as JSON over several lines, all but the first of them
// behind an indent.
func pretty(value any, indent string) ([]byte, error) {
	compact, err := encode(value)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = json.Indent(&b, compact, indent, "  ")
	return b.Bytes(), err
}

// encode returns a value as compact JSON: HTML's characters as they are, and
// those that Visible escapes as \uXXXX, since JSON is read on terminals and by CI's
// runners too.
func encode(value any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return nil, err
	}
	text := bytes.TrimSuffix(b.Bytes(), []byte("\n"))
	if !bytes.ContainsFunc(text, hazardous) && !bytes.Contains(text, []byte("##")) {
		return text, nil
	}
	// What is escaped stands in strings only, where an escape may replace it.
	var escaped bytes.Buffer
	var bracket bracket // which a CI's runner obeys
	for _, r := range string(text) {
		if !bracket.begunBy(r) && !hazardous(r) {
			escaped.WriteRune(r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&escaped, `\u%04x`, unit)
		}
	}
	return escaped.Bytes(), nil
}
