package document

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// readJSON yields the parts of a JSON document as soon as they are read.
func readJSON(s *source, list string, yield func(Part) bool) error {
	d := &jsonReader{s, jsontext.NewDecoder(s, jsontext.AllowDuplicateNames(true))}
	top, err := d.begin()
	switch {
	case err == io.EOF:
		return errEmpty()
	case err != nil:
		return err
	case top.Kind != Map:
		return errTop(top.Position, top.Kind)
	}
	for d.PeekKind() != '}' {
		key, err := d.begin()
		if err != nil {
			return err
		}
		value, err := d.begin()
		if err != nil {
			return err
		}
		streamed := key.Text == list && value.Kind == List
		if !streamed {
			if err := d.finish(value, 2); err != nil {
				return err
			}
		}
		if !yield(Part{Field: Field{key, value}}) {
			return nil
		}
		for streamed && d.PeekKind() != ']' {
			item, err := d.value(3)
			if err != nil {
				return err
			}
			if !yield(Part{Field{key, item}, true}) {
				return nil
			}
		}
		if streamed {
			d.end()
		}
	}
	d.end()
	second, err := d.begin()
	switch {
	case err == io.EOF:
		return nil
	case err != nil:
		return err
	}
	return &Error{second.Position, "expected the end of the file"}
}

// A jsonReader makes nodes of a stream of tokens.
type jsonReader struct {
	source *source
	*jsontext.Decoder
}

// value reads the next value, which is on the given level of nesting.
func (d *jsonReader) value(level int) (*Node, error) {
	n, err := d.begin()
	if err != nil {
		return nil, err
	}
	return n, d.finish(n, level)
}

// begin reads the next scalar, or the bracket that begins a list or mapping.
// It returns io.EOF at the end of the text when nothing is open.
func (d *jsonReader) begin() (*Node, error) {
	var text []byte
	var err error
	kind := d.PeekKind()
	switch kind {
	case '{', '}', '[', ']':
		text = []byte{byte(kind)}
		_, err = d.ReadToken()
	default:
		text, err = d.ReadValue()
	}
	if err != nil {
		return nil, d.explain(err)
	}

	n := &Node{Position: d.source.position(d.InputOffset() - int64(len(text)))}
	switch kind {
	case '{':
		n.Kind = Map
	case '[':
		n.Kind = List
	case 'n':
		n.Kind, n.Text = Null, "null"
	case 't':
		n.Kind, n.Text = Bool, "true"
	case 'f':
		n.Kind, n.Text = Bool, "false"
	case '0':
		n.Kind, n.Text = Number, string(text)
	case '"':
		n.Kind, n.Text = String, unquote(text)
	}
	return n, nil
}

// unquote returns the text of a valid JSON string.
func unquote(quoted []byte) string {
	if bytes.IndexByte(quoted, '\\') < 0 {
		return string(quoted[1 : len(quoted)-1])
	}
	text, _ := jsontext.AppendUnquote(nil, quoted)
	return string(text)
}

// finish reads what belongs to n when it is a list or mapping.
func (d *jsonReader) finish(n *Node, level int) error {
	switch n.Kind {
	case List:
		if level > maxDepth {
			return errDepth(n.Position)
		}
		for d.PeekKind() != ']' {
			item, err := d.value(level + 1)
			if err != nil {
				return err
			}
			n.Items = append(n.Items, item)
		}
		d.end()
	case Map:
		if level > maxDepth {
			return errDepth(n.Position)
		}
		for d.PeekKind() != '}' {
			key, err := d.begin()
			if err != nil {
				return err
			}
			value, err := d.value(level + 1)
			if err != nil {
				return err
			}
			n.Fields = append(n.Fields, Field{key, value})
		}
		d.end()
	}
	return nil
}

// end reads the closing bracket that comes next. It cannot fail: the caller
// has seen it.
func (d *jsonReader) end() { d.ReadToken() }

// explain turns an error of the decoder into one of the source, io.EOF or an
// *Error in our own words: the decoder's are not meant to stay as they are.
func (d *jsonReader) explain(err error) error {
	var syntax *jsontext.SyntacticError
	switch {
	case err == io.EOF:
		return err
	case !errors.As(err, &syntax):
		return d.source.err
	}

	last := d.InputOffset()
	d.source.position(last)
	before := d.source.text[:syntax.ByteOffset-last] // since the last token
	at := d.source.position(syntax.ByteOffset)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return &Error{at, "unexpected end of the file"}
	}
	r, _ := utf8.DecodeRune(d.source.text)
	container, count := d.StackIndex(d.StackDepth())
	return &Error{at, complaint(container, count, string(before), r)}
}

// complaint says what is wrong with the character r. Before it, since the last
// of count keys and values in the container, stands the text before.
func complaint(container jsontext.Kind, count int64, before string, r rune) string {
	const blanks = " \t\r\n"
	before = strings.TrimLeft(before, blanks)
	begun := strings.TrimLeft(strings.TrimLeft(before, ",:"), blanks)
	switch {
	case strings.HasPrefix(begun, `"`) && r == '\\':
		return "an escape that JSON does not have"
	case strings.HasPrefix(begun, `"`):
		return fmt.Sprintf("the character %U in text must be escaped", r)
	case begun != "":
		return "neither a number nor true, false or null"
	}

	delimited := before != "" // by a comma or colon
	isKey := container == '{' && count%2 == 0
	var expected string
	switch {
	case container == jsontext.KindInvalid && count > 0:
		expected = "the end of the file"
	case isKey && delimited:
		expected = "a key in double quotes"
	case isKey && count == 0:
		expected = `a key in double quotes or "}"`
	case container == '{' && !isKey && !delimited:
		expected = "a colon"
	case delimited || count == 0:
		expected = "a value"
	case r == ',':
		return "a comma with nothing after it"
	case isKey:
		expected = `a comma or "}"`
	default:
		expected = `a comma or "]"`
	}
	return fmt.Sprintf("expected %s, not %q", expected, string(r))
}
