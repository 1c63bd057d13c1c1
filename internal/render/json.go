package render

import (
	"bytes"
	"encoding/json"
	"io"
	"strconv"
	"unicode/utf8"

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
	b, err := appendJSON(make([]byte, 0, 1<<10), value)
	return text.InJSON(b), err
}

// An object is a value in JSON whose keys keep their order.
type object []member

type member struct {
	key   string
	value any
}

// MarshalJSON implements json.Marshaler, for objects within other values.
func (o object) MarshalJSON() ([]byte, error) { return appendObject(nil, o) }

// appendJSON appends a value as compact JSON. What most of an entry is made of takes no
// encoder: a long list would take twice the time.
func appendJSON(b []byte, value any) ([]byte, error) {
	switch v := value.(type) {
	case object:
		return appendObject(b, v)
	case []string:
		return appendStrings(b, v)
	case string:
		return appendString(b, v)
	case int:
		return strconv.AppendInt(b, int64(v), 10), nil
	case bool:
		return strconv.AppendBool(b, v), nil
	}
	return appendEncoded(b, value)
}

func appendObject(b []byte, o object) ([]byte, error) {
	var err error
	b = append(b, '{')
	for i, m := range o {
		if i > 0 {
			b = append(b, ',')
		}
		if b, err = appendString(b, m.key); err != nil {
			return nil, err
		}
		if b, err = appendJSON(append(b, ':'), m.value); err != nil {
			return nil, err
		}
	}
	return append(b, '}'), nil
}

func appendStrings(b []byte, texts []string) ([]byte, error) {
	var err error
	b = append(b, '[')
	for i, s := range texts {
		if i > 0 {
			b = append(b, ',')
		}
		if b, err = appendString(b, s); err != nil {
			return nil, err
		}
	}
	return append(b, ']'), nil
}

func appendString(b []byte, s string) ([]byte, error) {
	if verbatimInJSON(s) {
		return append(append(append(b, '"'), s...), '"'), nil
	}
	return appendEncoded(b, s)
}

func appendEncoded(b []byte, value any) ([]byte, error) {
	var encoded bytes.Buffer
	e := json.NewEncoder(&encoded)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return nil, err
	}
	return append(b, bytes.TrimSuffix(encoded.Bytes(), []byte("\n"))...), nil
}

// verbatimInJSON reports whether a text stands for itself in JSON.
func verbatimInJSON(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= utf8.RuneSelf || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}
