package render

import (
	"bytes"
	"encoding/json"
	"io"

	"github.com/errcode-cli/errcode/internal/text"
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

// encode returns a value as compact JSON: HTML's characters as they are, and those
// that a terminal or a CI's runner would obey as escapes.
func encode(value any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return nil, err
	}
	return text.InJSON(bytes.TrimSuffix(b.Bytes(), []byte("\n"))), nil
}

// An object is a value in JSON whose keys keep their order.
type object []member

type member struct {
	key   string
	value any
}

// MarshalJSON implements json.Marshaler.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	between := byte('{')
	for _, m := range o {
		b.WriteByte(between)
		between = ','
		if err := e.Encode(m.key); err != nil {
			return nil, err
		}
		b.WriteByte(':')
		if err := e.Encode(m.value); err != nil {
			return nil, err
		}
	}
	if len(o) == 0 {
		b.WriteByte('{')
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}
