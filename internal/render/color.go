package render

import fatih "github.com/fatih/color"

// A color is what a piece of output is, said a second time in colour.
type color int

const (
	plain color = iota
	code
	title
	label
	mild // info and success: nothing to do
	warn // to look at
	bad  // an error
	hint
	mark // what matched a search
)

// paint returns s in its colour where colour is on. It is the only place that
// colours anything; each call says on or off for itself, since standard output
// and standard error may differ.
func paint(on bool, c color, s string) string {
	if !on || c == plain || s == "" {
		return s
	}
	p := fatih.New(attributes[c]...)
	p.EnableColor()
	return p.Sprint(s)
}

var attributes = [...][]fatih.Attribute{
	code:  {fatih.FgCyan, fatih.Bold},
	title: {fatih.Bold},
	label: {fatih.Bold},
	mild:  {fatih.FgGreen},
	warn:  {fatih.FgYellow},
	bad:   {fatih.FgRed, fatih.Bold},
	hint:  {fatih.FgCyan},
	mark:  {fatih.FgYellow, fatih.Bold, fatih.Underline},
}
