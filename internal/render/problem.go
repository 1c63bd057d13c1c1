package render

import (
	"fmt"
	"strconv"

	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/source"
)

// Checked lists what is wrong in catalog files.
func Checked(problems []source.Problem) Listing {
	return Listing{about: Problems, items: func(yield func(item, error) bool) {
		for _, p := range problems {
			if !yield(problemItem{p}, nil) {
				return
			}
		}
	}}
}

type problemItem struct{ source.Problem }

func (p problemItem) blocks(Options) []block {
	at := fmt.Sprintf("%s:%d:%d:", p.File, p.Line, p.Column)
	message := p.Message
	if p.Strict { // the name is what to choose or excuse it by
		message += " [" + p.Rule + "]"
	}
	blocks := []block{{kind: heading, texts: []styled{join(" ", colored(title, at), styled{text: message})}}}
	if p.Source != "" {
		blocks = append(blocks, block{kind: excerpt, label: strconv.Itoa(p.Line), texts: []styled{{text: p.Source}}, at: p.offset()})
	}
	return blocks
}

// offset is the byte of the source line that the column means.
func (p problemItem) offset() int {
	column := 1
	for i := range p.Source {
		if column == p.Column {
			return i
		}
		column++
	}
	return len(p.Source)
}

func (p problemItem) row() []styled { return nil } // no table is offered of problems

func (p problemItem) value() any {
	return struct {
		File    string `json:"file"`
		Line    int    `json:"line"`
		Column  int    `json:"column"`
		Rule    string `json:"rule"`
		Message string `json:"message"`
	}{p.File, p.Line, p.Column, p.Rule, p.Message}
}

// annotation is the problem as a mark on a file.
func (p problemItem) annotation() annotation {
	a := annotation{
		level: entry.Error, file: p.File, line: p.Line, column: p.Column, title: p.Rule, message: p.Message,
	}
	if p.Strict {
		a.about = source.AboutStrict(p.Rule)
	}
	return a
}

// An annotation is an item that belongs to a place in a file, for the formats
// that mark files.
type annotation struct {
	level        entry.Severity
	file         string // "-" is standard input, which no file stands for
	line, column int
	title        string // of a problem, its rule
	about        string // what the rule asks for, where there is more to say than the message
	message      string
}

// unmarked is part of items that belong to no place: no format that marks files suits
// them.
type unmarked struct{}

func (unmarked) annotation() annotation { return annotation{} }
