package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/errcode-cli/errcode/internal/render"
)

// outputFlags are the flags of every command that prints results.
type outputFlags struct {
	flags  *pflag.FlagSet
	format string
	json   bool
	color  string
	width  int
}

var colorModes = []string{"auto", "always", "never"}

// addOutputFlags gives a command the output flags; its default format is the first one.
func addOutputFlags(cmd *cobra.Command, formats render.Formats) *outputFlags {
	o := &outputFlags{flags: cmd.Flags()}
	first := string(formats[0])
	offered := "`FORMAT`: " + strings.Replace(formats.String(), first, first+" (default)", 1)
	o.flags.StringVarP(&o.format, "output", "o", first, wrapped(offered, 54))
	o.flags.Lookup("output").DefValue = "" // said more briefly
	o.flags.BoolVar(&o.json, "json", false, "short for -o json")
	o.flags.StringVar(&o.color, "color", "auto", "colour `WHEN`: auto, always or never")
	o.flags.Var(number{&o.width, 1}, "width", "`COLUMNS` to keep to, instead of the terminal's")
	complete(cmd, "output", described(formats)...)
	complete(cmd, "color", colorModes...)
	complete(cmd, "width")
	return o
}

// view is how results are to be written: what the flags and the terminal come to.
type view struct {
	format render.Format
	render.Options
}

// view reads the flags once they are parsed. A flag that contradicts another
// or would have no effect is bad usage.
func (o *outputFlags) view(t terminal, formats render.Formats) (view, error) {
	if o.json && o.flags.Changed("output") && o.format != string(render.JSON) {
		return view{}, usage(fmt.Sprintf("--json and --output %s contradict each other", o.format), "leave one of them out")
	}
	if o.json {
		o.format = string(render.JSON)
	}
	format, err := formats.Parse(o.format)
	if err != nil {
		return view{}, usage(err.Error())
	}
	if !slices.Contains(colorModes, o.color) {
		return view{}, usage(fmt.Sprintf("%q is no colour mode; the modes are auto, always and never", o.color))
	}
	if format.Machine() {
		if o.width > 0 {
			return view{}, usage(fmt.Sprintf("--width has no effect on %s", format), "leave it out, or ask for text or table")
		}
		if o.color == "always" {
			return view{}, usage(fmt.Sprintf("--color always has no effect on %s, which is never coloured", format), "leave it out, or ask for text or table")
		}
	}
	v := view{format, render.Options{TextWidth: o.width, TableWidth: o.width, Color: t.color(t.stdout, o.color)}}
	if o.width == 0 {
		v.TextWidth, v.TableWidth = 80, 0
		if terminal := columns(t.stdout); terminal > 0 {
			v.TextWidth, v.TableWidth = min(terminal, 100), terminal
		}
	}
	return v, nil
}

// A texts is the value of a flag that may be given several times. That of pflag makes
// a writer of CSV for each of its flags, at every start.
type texts []string

func (t *texts) String() string { return strings.Join(*t, " ") }
func (t *texts) Type() string   { return "TEXT" }

func (t *texts) Set(s string) error {
	*t = append(*t, s)
	return nil
}

// A number is the value of a flag that takes a whole number, least or more.
type number struct {
	n     *int
	least int
}

func (v number) String() string {
	if v.n == nil || *v.n == 0 {
		return "" // nothing to show as the default
	}
	return strconv.Itoa(*v.n)
}

func (v number) Type() string { return "N" }

func (v number) Set(s string) error {
	n, err := strconv.Atoi(s)
	if err != nil || n < v.least {
		return fmt.Errorf("want a whole number, %d or more", v.least)
	}
	*v.n = n
	return nil
}
