package document

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
	"go.yaml.in/yaml/v4"
)

// readYAML yields the parts of a YAML document once it is read whole.
func readYAML(s *source, list string, yield func(Part) bool) error {
	text, err := s.all()
	if err != nil {
		return err
	}
	top, err := parseYAML(text)
	if err != nil {
		return err
	}
	for _, f := range top.Fields {
		if f.Key.Text != list || f.Value.Kind != List {
			if !yield(Part{Field: f}) {
				return nil
			}
			continue
		}
		empty := &Node{Position: f.Value.Position, Kind: List}
		if !yield(Part{Field: Field{f.Key, empty}}) {
			return nil
		}
		for _, item := range f.Value.Items {
			if !yield(Part{Field{f.Key, item}, true}) {
				return nil
			}
		}
	}
	return nil
}

// parseYAML returns the mapping that is the one document of a text.
func parseYAML(text []byte) (*Node, error) {
	y := &yamlReader{text: text, lines: yamlLines(text)}
	loader, err := yaml.NewLoader(bytes.NewReader(text), yaml.WithPlugin(depthLimit{}))
	if err != nil {
		return nil, err
	}
	doc, err := y.load(loader)
	switch {
	case err == io.EOF:
		return nil, errEmpty()
	case err != nil:
		return nil, err
	}
	top, err := y.node(doc.Content[0], 1)
	switch {
	case err != nil:
		return nil, err
	case top.Kind == Null && top.Text == "":
		return nil, errEmpty()
	case top.Kind != Map:
		return nil, errTop(top.Position, top.Kind)
	}
	second, err := y.load(loader)
	switch {
	case err == io.EOF:
		return top, nil
	case err != nil:
		return nil, err
	}
	return nil, &Error{y.position(second.Line, second.Column), "a second document; the file may hold one"}
}

// A yamlReader makes nodes of the library's nodes.
type yamlReader struct {
	text     []byte
	lines    []Position
	aliases  []*yaml.Node // those being expanded, outermost first
	expanded int          // bytes that aliases have grown to, about
}

// load returns the next document. An error is io.EOF or an *Error.
func (y *yamlReader) load(loader *yaml.Loader) (doc *yaml.Node, err error) {
	defer func() {
		if recover() != nil { // the library's own mistake, on a text it cannot cope with
			err = &Error{Position{1, 1}, "the file cannot be read as YAML"}
		}
	}()
	doc = new(yaml.Node)
	if err := loader.Load(doc); err != nil {
		return nil, y.explain(err)
	}
	return doc, nil
}

// node converts a value, which is on the given level of nesting.
func (y *yamlReader) node(from *yaml.Node, level int) (*Node, error) {
	if from.Kind == yaml.AliasNode {
		return y.alias(from, level)
	}
	n := &Node{Position: y.position(from.Line, from.Column)}
	if err := y.grow(len(from.Value)); err != nil {
		return nil, err
	}
	if from.Kind != yaml.ScalarNode && level > maxDepth {
		return nil, errDepth(n.Position)
	}
	tag := from.ShortTag()
	if from.Style&yaml.TaggedStyle != 0 && tag != kindTag(from.Kind) {
		return nil, &Error{n.Position, fmt.Sprintf("the tag %q is not supported", tag)}
	}

	switch from.Kind {
	case yaml.SequenceNode:
		n.Kind = List
		for _, item := range from.Content {
			value, err := y.node(item, level+1)
			if err != nil {
				return nil, err
			}
			n.Items = append(n.Items, value)
		}
	case yaml.MappingNode:
		n.Kind = Map
		for pair := range slices.Chunk(from.Content, 2) {
			key, err := y.node(pair[0], level+1)
			if err != nil {
				return nil, err
			}
			if key.Kind == List || key.Kind == Map {
				return nil, &Error{key.Position, fmt.Sprintf("a key must be text, not %v", key.Kind)}
			}
			value, err := y.node(pair[1], level+1)
			if err != nil {
				return nil, err
			}
			n.Fields = append(n.Fields, Field{key, value})
		}
	default:
		n.Kind = scalarKind(tag)
		n.Text = from.Value
		n.Plain = from.Style == 0 && from.Tag != "!"
		if n.Plain && n.Kind == String && isNumber(n.Text) { // one that a float cannot hold
			n.Kind = Number
		}
	}
	return n, nil
}

// kindTag returns the one tag that a value may carry.
func kindTag(kind yaml.Kind) string {
	switch kind {
	case yaml.SequenceNode:
		return "!!seq"
	case yaml.MappingNode:
		return "!!map"
	}
	return "!!str"
}

// scalarKind returns the kind that a tag means. Dates and << are text.
func scalarKind(tag string) Kind {
	switch tag {
	case "!!null":
		return Null
	case "!!bool":
		return Bool
	case "!!int", "!!float":
		return Number
	}
	return String
}

// isNumber reports whether a text without quotes is a number of JSON.
func isNumber(s string) bool {
	return s != "" && strings.IndexByte("-0123456789", s[0]) >= 0 && jsontext.Value(s).IsValid()
}

// alias converts the value that an alias stands for. It gets the place of the
// alias; what is inside keeps its own.
func (y *yamlReader) alias(from *yaml.Node, level int) (*Node, error) {
	at := y.position(from.Line, from.Column)
	for _, open := range y.aliases {
		if open.Alias == from.Alias {
			return nil, &Error{at, fmt.Sprintf("the alias %q stands inside its own value", from.Value)}
		}
	}
	y.aliases = append(y.aliases, from)
	n, err := y.node(from.Alias, level)
	if err != nil {
		return nil, err
	}
	y.aliases = y.aliases[:len(y.aliases)-1]
	n.Position = at
	return n, nil
}

// maxExpanded bounds what aliases may grow to: a few lines of aliases of
// aliases can stand for more values than memory holds.
const maxExpanded = 64 << 20

// grow accounts for a node with so much text that an alias stands for.
func (y *yamlReader) grow(text int) error {
	if len(y.aliases) == 0 {
		return nil
	}
	const perNode = 128
	y.expanded += perNode + text
	if y.expanded > maxExpanded {
		outermost := y.aliases[0]
		return &Error{y.position(outermost.Line, outermost.Column), fmt.Sprintf("aliases expand to more than %d MiB", maxExpanded>>20)}
	}
	return nil
}

// depthLimit stops the library's parser, which keeps a stack, where the
// document is too deep. It counts brackets and indentation apart, so that its
// place may be some levels further in.
type depthLimit struct{}

func (depthLimit) CheckDepth(depth int, _ *yaml.DepthContext) error {
	if depth > maxDepth {
		return errors.New(tooDeep)
	}
	return nil
}

func (depthLimit) CheckAlias(int, int) error { return nil }

// position turns the library's place into ours.
func (y *yamlReader) position(line, column int) Position {
	p := y.lines[min(line, len(y.lines))-1]
	p.Column += column - 1
	return p
}

// yamlLines returns the places where YAML's lines begin. It ends a line also
// with a carriage return and with three characters of Unicode.
func yamlLines(text []byte) []Position {
	at := Position{1, 1}
	lines := []Position{at}
	for {
		end := bytes.IndexAny(text, "\r\n\u0085\u2028\u2029")
		if end < 0 {
			return lines
		}
		if bytes.HasPrefix(text[end:], []byte("\r\n")) {
			end++
		}
		_, size := utf8.DecodeRune(text[end:])
		at = at.after(text[:end+size])
		lines = append(lines, at)
		text = text[end+size:]
	}
}

// explain turns an error of the library into io.EOF or an *Error.
func (y *yamlReader) explain(err error) error {
	var e *yaml.LoadError
	switch {
	case err == io.EOF:
		return err
	case !errors.As(err, &e):
		return &Error{Position{1, 1}, err.Error()}
	case e.Mark.Line == 0: // a character that YAML does not have; here the index counts bytes
		at := Position{1, 1}.after(y.text[:e.Mark.Index])
		r, _ := utf8.DecodeRune(y.text[e.Mark.Index:])
		return &Error{at, fmt.Sprintf("the character %U is not allowed", r)}
	}
	message := plainWords(e.Message)
	if e.Message != tooDeep && e.ContextMark.Line != 0 && e.ContextMark.Line != e.Mark.Line {
		begin := y.position(e.ContextMark.Line, e.ContextMark.Column)
		message += fmt.Sprintf(" %s that begins at line %d", plainWords(e.ContextMsg), begin.Line)
	}
	return &Error{y.position(e.Mark.Line, e.Mark.Column), message}
}

// plainWords puts what the library says into words for people who write YAML
// and have not read its specification.
func plainWords(message string) string {
	switch message {
	case "mapping values are not allowed in this context":
		return "a key is not allowed here: check the indentation, or quote the text"
	case "block sequence entries are not allowed in this context":
		return "a list item is not allowed here: check the indentation, or quote the text"
	case "found character that cannot start any token":
		return "a value cannot begin like this: quote it, and indent with spaces"
	case "did not find expected <document start>":
		return "expected the end of the file"
	case "found incompatible YAML document":
		return "a %YAML line can only say 1.1: leave it out"
	case "did not find expected node content":
		return "expected a value"
	}
	return strings.NewReplacer(
		"did not find expected", "expected",
		"could not find expected", "expected",
		"end of stream", "end of the file",
		"flow sequence", "list",
		"flow mapping", "mapping",
		"block collection", "list",
		"block mapping", "mapping",
		"scalar", "text",
	).Replace(message)
}
