package entry

import (
	"cmp"
	"slices"
	"sync"
)

// A Field is a part of an entry: one key of a catalog file. What is read, checked,
// compiled, searched, shown and written as JSON comes of the table below. What a
// field is alone in stands where it is needed, under the field's key.
type Field struct {
	Key      string
	About    string // for people who write catalogs: the key's help in an editor
	Required bool
	Value    Value // what sort of value it is, the rules it keeps, where an entry has it
	Class    Class // what search makes of its words
	Shown    Shown // what text makes of it
}

// Fields is every field, in the order of a catalog file, of JSON and of compiled
// records. A new field is one line here.
var Fields = []*Field{
	{Key: "code", Required: true, About: "What people type and logs show. It holds a letter or a digit, no blanks or control characters, begins with a hyphen only where it is a number, and takes at most 128 bytes.",
		Value: text(func(e *Entry) *string { return &e.Code }, Name), Class: ByName, Shown: Shown{As: Heading}},
	{Key: "title", Required: true, About: "What the code means, in one line.",
		Value: text(func(e *Entry) *string { return &e.Title }, Line), Class: ByTitle, Shown: Shown{As: Heading}},
	{Key: "status", About: "The HTTP status that comes with the code.",
		Value: HTTPStatus{}, Class: ByStatus, Shown: Shown{As: Heading}},
	{Key: "severity", About: "How bad it is to meet the code; error where it is left out.",
		Value: Level{}, Shown: Shown{As: Fact, Label: "Severity", Order: 2}},
	{Key: "description", About: "What happened; the title where it is left out.",
		Value: Text{func(e *Entry) *string { return &e.Description }, Prose, (*Entry).Describe}, Class: ByDescription, Shown: Shown{As: Paragraphs}},
	{Key: "messages", About: "What programs print when it happens, one line each. {name}, %s, <name> and $1 stand for any text, %d for a number; two words or eight letters stand beside them.",
		Value: Texts{func(e *Entry) *[]string { return &e.Messages }, Printed}, Class: ByWord, Shown: Shown{As: Lines, Label: "Messages"}},
	{Key: "causes", About: "Why it may have happened, each cause by itself.",
		Value: Texts{func(e *Entry) *[]string { return &e.Causes }, Prose}, Class: ByCause, Shown: Shown{As: Bullets, Label: "Possible causes"}},
	{Key: "resolution", About: "What to do about it.",
		Value: text(func(e *Entry) *string { return &e.Resolution }, Prose), Class: ByResolution, Shown: Shown{As: Section, Label: "Resolution"}},
	{Key: "examples", About: "Requests, commands or pieces of programs that show it, as they are typed.",
		Value: examples, Shown: Shown{As: Code, Label: "Example"}},
	{Key: "retryable", About: "Whether trying again, unchanged, may help. Leave it out when unknown.",
		Value: YesNo{}, Shown: Shown{As: Fact, Label: "Retryable", Order: 1}},
	{Key: "keywords", About: "Words that people search for and the other texts do not say.",
		Value: Texts{func(e *Entry) *[]string { return &e.Keywords }, Line}, Class: ByWord},
	{Key: "tags", About: "Groups that the code belongs to. Case does not count.",
		Value: Texts{func(e *Entry) *[]string { return &e.Tags }, Tag}, Class: ByWord, Shown: Shown{As: Fact, Label: "Tags", Order: 6}},
	{Key: "aliases", About: "Other words for the code, which find it too.",
		Value: Texts{func(e *Entry) *[]string { return &e.Aliases }, Name}, Class: ByName, Shown: Shown{As: Fact, Label: "Aliases", Order: 4}},
	{Key: "covers", About: "Ranges of codes that have no entry of their own and for which this one answers: PAY-900-949, or 129-192 for numbers.",
		Value: Texts{func(e *Entry) *[]string { return &e.Covers }, Block}, Shown: Shown{As: Fact, Label: "Covers", Order: 5}},
	{Key: "related", About: "Codes to look at as well.",
		Value: Texts{func(e *Entry) *[]string { return &e.Related }, Name}, Shown: Shown{As: Fact, Label: "Related", Order: 7}},
	{Key: "links", About: "Further reading.",
		Value: links, Shown: Shown{As: Fact, Label: "Link", Order: 8}},
	{Key: "since", About: "The version that brought the code.",
		Value: text(func(e *Entry) *string { return &e.Since }, Line), Shown: Shown{As: Fact, Label: "Since", Order: 3}},
	{Key: "deprecated", About: "What to use instead, or since when it is gone. An entry that has this key is deprecated.",
		Value: text(func(e *Entry) *string { return &e.Deprecated }, Prose), Shown: Shown{As: Notice, Label: "Deprecated"}},
}

var links = compound[Link]{func(e *Entry) *[]Link { return &e.Links }, []part[Link]{
	{Part{"title", true, "What the link leads to.", Line}, func(l *Link) *string { return &l.Title }},
	{Part{"url", true, "An http, https or mailto address.", Address}, func(l *Link) *string { return &l.URL }},
}}

var examples = compound[Example]{func(e *Entry) *[]Example { return &e.Examples }, []part[Example]{
	{Part{"title", false, "What the example shows, in one line.", Line}, func(x *Example) *string { return &x.Title }},
	{Part{"text", true, "The example, as it is typed.", Prose}, func(x *Example) *string { return &x.Text }},
	{Part{"language", false, "What it is written in, as Markdown names it: sh, json, go.", OneWord}, func(x *Example) *string { return &x.Language }},
}}

// FieldOf returns the field of a key, which there must be.
func FieldOf(key string) *Field {
	return Fields[slices.IndexFunc(Fields, func(f *Field) bool { return f.Key == key })]
}

// Keys is the keys of all fields, in their order.
func Keys() []string {
	keys := make([]string, len(Fields))
	for i, f := range Fields {
		keys[i] = f.Key
	}
	return keys
}

// A Class is how much a word says about an entry by the field it stands in. A word
// counts once in each class, whatever number of fields the class has. The heaviest
// come first; the zero class is not searched.
type Class uint8

// The classes. Those of equal weight are apart where a word that is in both says
// more than a word in one; ByStatus is, since entries are also listed by it.
const (
	NotSearched Class = iota
	ByName
	ByTitle
	ByStatus
	ByWord
	ByCause
	ByDescription
	ByResolution
)

// Weights is what a word weighs in each class.
var Weights = [...]int{ByName: 8, ByTitle: 5, ByStatus: 5, ByWord: 4, ByCause: 2, ByDescription: 1, ByResolution: 1}

// Searched returns the fields that search looks into, heaviest class first.
var Searched = sync.OnceValue(func() []*Field {
	searched := slices.DeleteFunc(slices.Clone(Fields), func(f *Field) bool { return f.Class == NotSearched })
	slices.SortStableFunc(searched, func(a, b *Field) int { return cmp.Compare(a.Class, b.Class) })
	return searched
})

// Shown is what the text of an entry makes of a field. The zero Shown is nothing.
type Shown struct {
	As    Form
	Label string
	Order int // among the facts
}

// A Form is how a field appears.
type Form uint8

// The forms, in the order in which an entry has them from top to bottom.
const (
	Hidden     Form = iota
	Heading         // a part of the first line
	Notice          // a line right below it
	Paragraphs      // text
	Section         // text under a label
	Bullets         // texts under a label, each by itself
	Lines           // the same for texts that are shown letter by letter
	Code            // a text each, under the label and its title, letter by letter
	Fact            // a label and what is short enough to stand beside it
)

// InText returns the fields that text shows, from top to bottom: the heading, the
// notice, what has a text of its own in the order of Fields, and the facts.
var InText = sync.OnceValue(func() []*Field {
	shown := slices.DeleteFunc(slices.Clone(Fields), func(f *Field) bool { return f.Shown.As == Hidden })
	part := func(f *Field) int {
		switch f.Shown.As {
		case Heading, Notice:
			return int(f.Shown.As)
		case Fact:
			return int(Fact) + f.Shown.Order
		}
		return int(Paragraphs)
	}
	slices.SortStableFunc(shown, func(a, b *Field) int { return part(a) - part(b) })
	return shown
})
