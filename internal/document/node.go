package document

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// A Position is a place in the source, line and column in characters, both
// from 1. A line ends with a line feed.
type Position struct{ Line, Column int }

// after returns the place behind text that begins at p.
func (p Position) after(text []byte) Position {
	if end := bytes.LastIndexByte(text, '\n'); end >= 0 {
		p.Line += bytes.Count(text[:end+1], []byte{'\n'})
		p.Column = 1
		text = text[end+1:]
	}
	p.Column += utf8.RuneCount(text)
	return p
}

// A Kind is what a value is. Its text fits a message: "text", "a list".
type Kind uint8

const (
	Null Kind = iota
	Bool
	Number
	String
	List
	Map
)

func (k Kind) String() string {
	return [...]string{"null", "a boolean", "a number", "text", "a list", "a mapping"}[k]
}

// A Node is a value and the place where it begins. Nodes may be shared and are
// not to be changed.
type Node struct {
	Position
	Kind   Kind
	Plain  bool    // a YAML scalar without quotes or tag: its Text may be meant as text, whatever its Kind
	Text   string  // of a scalar: what it says; verbatim where it is Plain, a number, boolean or null
	Fields []Field // of a Map, in source order; keys may repeat
	Items  []*Node // of a List
}

// A Field is a key, which is always a scalar, and its value.
type Field struct{ Key, Value *Node }

// Value returns what stands under a key of a Map, the first time; nil where nothing does.
func (n *Node) Value(key string) *Node {
	for _, f := range n.Fields {
		if f.Key.Text == key {
			return f.Value
		}
	}
	return nil
}

// AppendJSON appends the value as compact JSON to b. The order of keys and the
// text of numbers are kept; a YAML number that JSON does not know, such as
// 0042 or .inf, becomes a string.
func (n *Node) AppendJSON(b []byte) []byte {
	switch n.Kind {
	case Null:
		return append(b, "null"...)
	case Bool:
		return append(b, strings.ToLower(n.Text)...)
	case Number:
		if jsontext.Value(n.Text).IsValid() {
			return append(b, n.Text...)
		}
	case List:
		b = append(b, '[')
		for i, item := range n.Items {
			if i > 0 {
				b = append(b, ',')
			}
			b = item.AppendJSON(b)
		}
		return append(b, ']')
	case Map:
		b = append(b, '{')
		for i, f := range n.Fields {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(quote(b, f.Key.Text), ':')
			b = f.Value.AppendJSON(b)
		}
		return append(b, '}')
	}
	return quote(b, n.Text)
}

// quote appends text as a JSON string. It cannot fail, since a document's text
// is UTF-8.
func quote(b []byte, text string) []byte {
	b, _ = jsontext.AppendQuote(b, text)
	return b
}
