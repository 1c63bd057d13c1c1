package site

import (
	"html"
	"io"
	"strings"

	"github.com/errcode-cli/errcode/internal/text"
)

// A markup is a page in the making. Tags are the program's own; text and the
// values of attributes may be a stranger's, and are escaped as they are written:
// for the browser, and as they are for a terminal. It keeps the first error.
//
// html/template would do as well, but it adds a tenth to the time of every other
// command, which starts with its 2 MB.
type markup struct {
	w   io.Writer
	err error
}

func (m *markup) raw(s string) {
	if m.err == nil {
		_, m.err = io.WriteString(m.w, s)
	}
}

// open begins an element. Its attributes are names and values by turns.
func (m *markup) open(tag string, attributes ...string) {
	m.raw("<" + tag)
	for i := 0; i < len(attributes); i += 2 {
		m.raw(" " + attributes[i] + `="` + escaped(attributes[i+1]) + `"`)
	}
	m.raw(">")
}

func (m *markup) close(tag string) { m.raw("</" + tag + ">") }

func (m *markup) text(s string) { m.raw(escaped(s)) }

// verbatim writes a text that keeps its tabs.
func (m *markup) verbatim(s string) {
	for i, part := range strings.Split(s, "\t") {
		if i > 0 {
			m.raw("\t")
		}
		m.text(part)
	}
}

// element writes an element that holds text alone.
func (m *markup) element(tag, text string, attributes ...string) {
	m.open(tag, attributes...)
	m.text(text)
	m.close(tag)
}

func escaped(s string) string { return html.EscapeString(text.Visible(s)) }
