package render

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/source"
	"github.com/errcode-cli/errcode/internal/text"
)

// writeYAML writes a catalog file that holds the entries, with the keys that say
// something. Of no entries there is no file.
func writeYAML(w io.Writer, l Listing, _ Options) error {
	var y yaml
	if err := y.head(l.head); err != nil {
		return err
	}
	for e, err := range l.entries {
		if err != nil {
			return err
		}
		if err := y.entry(&e); err != nil {
			return err
		}
		if _, err := y.WriteTo(w); err != nil {
			return err
		}
	}
	return nil
}

// headKeys is the keys of a catalog's head, each with what stands there.
var headKeys = []struct {
	key string
	of  func(source.Head) any
}{
	{"catalog", func(h source.Head) any { return h.Name }},
	{"title", func(h source.Head) any { return h.Title }},
	{"homepage", func(h source.Head) any { return h.Homepage }},
	{"retired", func(h source.Head) any { return array(h.Retired) }},
	{"range", func(h source.Head) any {
		blocks := []string{}
		for _, b := range h.Blocks {
			blocks = append(blocks, b.String())
		}
		return blocks
	}},
}

// yaml is a piece of a catalog file in the making: blocks, and texts without quotes
// where every reader takes them for texts.
type yaml struct{ bytes.Buffer }

func (y *yaml) head(h source.Head) error {
	var o object
	for _, k := range headKeys {
		o = append(o, member{k.key, k.of(h)})
	}
	all, err := plainly(o)
	if err != nil {
		return err
	}
	for _, m := range all {
		if !void(m.value) {
			y.member(m, 0)
		}
	}
	y.WriteString("errors:\n")
	return nil
}

func (y *yaml) entry(e *entry.Entry) error {
	all, err := plainly(inSource(e))
	if err != nil {
		return err
	}
	said := all[:0]
	for _, m := range all {
		common := m.key == "severity" && e.Severity == entry.Error
		if strings.HasPrefix(m.key, entry.ExtraPrefix) || !void(m.value) && !common {
			said = append(said, m)
		}
	}
	y.WriteString("  -")
	y.value(said, 2, true)
	return nil
}

// plainly returns an object of nothing but objects, lists ([]any), texts, numbers as
// they are written, booleans and nil.
func plainly(o object) (object, error) {
	text, err := encode(o)
	if err != nil {
		return nil, err
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	value, err := decode(d)
	plain, _ := value.(object)
	return plain, err
}

// decode reads a value, whose keys keep their order.
func decode(d *json.Decoder) (any, error) {
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch token {
	case json.Delim('{'):
		o := object{}
		for d.More() {
			key, err := d.Token()
			if err != nil {
				return nil, err
			}
			value, err := decode(d)
			if err != nil {
				return nil, err
			}
			o = append(o, member{key.(string), value})
		}
		_, err = d.Token()
		return o, err
	case json.Delim('['):
		list := []any{}
		for d.More() {
			value, err := decode(d)
			if err != nil {
				return nil, err
			}
			list = append(list, value)
		}
		_, err = d.Token()
		return list, err
	}
	return token, nil
}

// void reports whether a value says nothing.
func void(value any) bool {
	list, ok := value.([]any)
	return value == "" || ok && len(list) == 0
}

// longestKey is how long a key may be, in bytes, that stands before its colon alone.
const longestKey = 1000

// member writes a key and its value, of a mapping at an indent.
func (y *yaml) member(m member, indent int) {
	if key := scalar(m.key); len(key) <= longestKey {
		y.WriteString(key + ":")
	} else {
		y.WriteString("? " + key + "\n" + strings.Repeat(" ", indent) + ":")
	}
	y.value(m.value, indent, false)
}

// value writes a value behind a key or, in a list, behind the hyphen that stands at the
// indent.
func (y *yaml) value(value any, indent int, inList bool) {
	further := strings.Repeat(" ", indent+2)
	before := "\n" + further
	if inList {
		before = " "
	}
	switch v := value.(type) {
	case object:
		if len(v) == 0 {
			y.WriteString(" {}\n")
		}
		for _, m := range v {
			y.WriteString(before)
			y.member(m, indent+2)
			before = further
		}
	case []any:
		if len(v) == 0 {
			y.WriteString(" []\n")
		}
		for _, item := range v {
			y.WriteString(before + "-")
			y.value(item, indent+2, true)
			before = further
		}
	case string:
		if keepsLines(v) {
			y.lines(v, further)
		} else {
			y.WriteString(" " + scalar(v) + "\n")
		}
	case json.Number:
		y.WriteString(" " + v.String() + "\n")
	case bool:
		y.WriteString(map[bool]string{false: " false\n", true: " true\n"}[v])
	case nil:
		y.WriteString(" null\n")
	}
}

// lines writes a text of several lines as it is.
func (y *yaml) lines(s, indent string) {
	y.WriteString(" |")
	if strings.ContainsAny(s[:1], " \t\n") {
		y.WriteString("2") // else the indent would be taken from the first line
	}
	switch rest := strings.TrimRight(s, "\n"); len(s) - len(rest) {
	case 0:
		y.WriteString("-")
	case 1:
	default:
		y.WriteString("+")
	}
	y.WriteString("\n")
	for line := range strings.SplitSeq(strings.TrimSuffix(s, "\n"), "\n") {
		if line != "" {
			y.WriteString(indent + line)
		}
		y.WriteString("\n")
	}
}

// keepsLines reports whether a text has several lines that can be written as they are.
// What people do not see, as blanks at the end of a line, is better seen in quotes; and
// a line may not begin with a colon, as a command of a CI's runner does.
func keepsLines(s string) bool {
	if !strings.Contains(s, "\n") || strings.Trim(s, "\n") == "" || !legible(s, "\"\\\n\t") {
		return false
	}
	for line := range strings.SplitSeq(s, "\n") {
		if strings.TrimRightFunc(line, unicode.IsSpace) != line || strings.HasPrefix(strings.TrimLeftFunc(line, unicode.IsSpace), ":") {
			return false
		}
	}
	return true
}

// legible reports whether a text needs no escapes but those of some characters.
func legible(s, but string) bool {
	rest := strings.Map(func(r rune) rune {
		if strings.ContainsRune(but, r) {
			return -1
		}
		return r
	}, s)
	return text.InYAML(rest) == `"`+rest+`"`
}

// scalar is a text on one line: in quotes where it could be taken for anything else.
func scalar(s string) string {
	switch {
	case isPlain(s):
		return s
	case strings.ContainsAny(s, `"\`) && legible(s, `"\`):
		return "'" + strings.ReplaceAll(s, "'", "''") + "'"
	}
	return text.InYAML(s)
}

// isPlain reports whether a text without quotes is that text to every reader. It is
// more careful than it has to be: what does not begin with a letter is not plain.
func isPlain(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	if !unicode.IsLetter(first) || !legible(s, "") || strings.TrimSpace(s) != s {
		return false
	}
	if strings.Contains(s, ": ") || strings.Contains(s, " #") || strings.HasSuffix(s, ":") {
		return false
	}
	switch strings.ToLower(s) {
	case "null", "true", "false", "yes", "no", "on", "off", "y", "n": // some mean by YAML what it was before 1.2
		return false
	}
	return true
}
