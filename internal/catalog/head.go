package catalog

import (
	"fmt"
	"slices"

	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/source"
)

// Version is that of the compiled form as a whole: of the index, the records and the
// head, the table of fields, and of how codes are folded and texts taken apart into
// words. What has another is built anew. The test of the golden bytes says when it
// has to change.
const Version = "errcode catalog 2"

// A head is what a compiled catalog says of itself, behind its version.
func appendHead(b []byte, c *Catalog) []byte {
	b = entry.AppendText(b, Version)
	b = entry.AppendText(b, c.Name)
	b = entry.AppendText(b, c.Title)
	b = entry.AppendText(b, c.Homepage)
	b = entry.AppendTexts(b, c.Retired)
	b = entry.AppendNumber(b, len(c.Blocks))
	for _, block := range c.Blocks {
		b = entry.AppendText(b, block.String())
	}
	b = entry.AppendTexts(b, c.files)
	b = entry.AppendNumber(b, len(c.Severities))
	for _, s := range c.Severities {
		b = entry.AppendText(b, string(s))
	}
	b = entry.AppendNumber(b, len(c.LeftOut))
	for _, p := range c.LeftOut {
		b = entry.AppendText(b, p.File)
		b = entry.AppendNumber(entry.AppendNumber(b, p.Line), p.Column)
		b = entry.AppendText(entry.AppendText(b, p.Rule), p.Message)
	}
	return b
}

func (c *Catalog) readHead(b []byte) error {
	r := entry.NewReader(b)
	if r.Text() != Version {
		return fmt.Errorf("%w: of another version", entry.ErrRecord)
	}
	c.Head = source.Head{Name: r.Text(), Title: r.Text(), Homepage: r.Text(), Retired: r.Texts()}
	for range r.Count() {
		block, err := entry.ParseRange(r.Text())
		if err != nil {
			return fmt.Errorf("%w: %v", entry.ErrRecord, err)
		}
		c.Blocks = append(c.Blocks, block)
	}
	c.files = r.Texts()
	for range r.Count() {
		c.Severities = append(c.Severities, entry.Severity(r.Text()))
	}
	for range r.Count() {
		var p source.Problem
		p.File = r.Text()
		p.Line, p.Column = r.Number(), r.Number()
		p.Rule, p.Message = r.Text(), r.Text()
		c.LeftOut = append(c.LeftOut, p)
	}
	return r.End()
}

// occurring is the severities of a set, worst first.
func occurring(set map[entry.Severity]bool) []entry.Severity {
	return slices.DeleteFunc(slices.Clone(entry.Severities), func(s entry.Severity) bool { return !set[s] })
}
