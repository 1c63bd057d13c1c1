package entry

import "strconv"

// A Value is what sort of value a field has, and where an entry keeps it.
type Value interface {
	// JSON returns the value for encoding/json to write, and whether the entry has
	// one. A list is always there.
	JSON(*Entry) (value any, ok bool)

	// Texts returns what search looks into and people read, a text for each item of
	// a list: none where the entry says nothing that is worth a line.
	Texts(*Entry) []string

	append(b []byte, e *Entry) []byte
	read(r *Reader, e *Entry)
}

// A Text is a text that keeps a rule.
type Text struct {
	Of   func(*Entry) *string
	Rule Rule
	Else func(*Entry) string // what programs read where the entry says nothing; nil is nothing
}

func text(of func(*Entry) *string, rule Rule) Text { return Text{Of: of, Rule: rule} }

func (v Text) JSON(e *Entry) (any, bool) {
	if s := *v.Of(e); s != "" || v.Else == nil {
		return s, s != ""
	}
	return v.Else(e), true
}

func (v Text) Texts(e *Entry) []string {
	if s := *v.Of(e); s != "" {
		return []string{s}
	}
	return nil
}

func (v Text) append(b []byte, e *Entry) []byte { return AppendText(b, *v.Of(e)) }
func (v Text) read(r *Reader, e *Entry)         { *v.Of(e) = r.Text() }

// Texts is a list of texts that keep a rule.
type Texts struct {
	Of   func(*Entry) *[]string
	Rule Rule
}

func (v Texts) JSON(e *Entry) (any, bool)        { return array(*v.Of(e)), true }
func (v Texts) Texts(e *Entry) []string          { return *v.Of(e) }
func (v Texts) append(b []byte, e *Entry) []byte { return AppendTexts(b, *v.Of(e)) }
func (v Texts) read(r *Reader, e *Entry)         { *v.Of(e) = r.Texts() }

// HTTPStatus is the status.
type HTTPStatus struct{}

func (HTTPStatus) JSON(e *Entry) (any, bool) { return e.Status, e.Status != 0 }

func (HTTPStatus) Texts(e *Entry) []string {
	if e.Status == 0 {
		return nil
	}
	return []string{strconv.Itoa(e.Status)}
}

func (HTTPStatus) append(b []byte, e *Entry) []byte { return AppendNumber(b, e.Status) }
func (HTTPStatus) read(r *Reader, e *Entry)         { e.Status = r.Number() }

// Level is the severity. It is worth a line where it is not the common one.
type Level struct{}

func (Level) JSON(e *Entry) (any, bool) { return string(e.Severity), true }

func (Level) Texts(e *Entry) []string {
	if e.Severity == Error {
		return nil
	}
	return []string{string(e.Severity)}
}

func (Level) append(b []byte, e *Entry) []byte { return AppendText(b, string(e.Severity)) }
func (Level) read(r *Reader, e *Entry)         { e.Severity = Severity(r.Text()) }

// YesNo is whether the code is retryable.
type YesNo struct{}

func (YesNo) JSON(e *Entry) (any, bool) { return e.Retryable == Yes, e.Retryable != Unknown }

func (YesNo) Texts(e *Entry) []string {
	return [...][]string{Unknown: nil, Yes: {"yes"}, No: {"no"}}[e.Retryable]
}

func (YesNo) append(b []byte, e *Entry) []byte { return AppendNumber(b, int(e.Retryable)) }

func (YesNo) read(r *Reader, e *Entry) {
	if e.Retryable = Answer(r.Number()); e.Retryable > No {
		r.fail()
	}
}

// A Compound is a list of things that several texts make up.
type Compound interface {
	Value
	Parts() []Part
	Add(e *Entry, texts []string) // one more, of a text for each part, "" where there is none
}

// A Part is one of the texts: a key of the mapping that stands for the thing.
type Part struct {
	Key      string
	Required bool
	About    string
	Rule     Rule
}

type compound[T any] struct {
	of    func(*Entry) *[]T
	parts []part[T]
}

type part[T any] struct {
	Part
	of func(*T) *string
}

func (v compound[T]) Parts() []Part {
	parts := make([]Part, len(v.parts))
	for i, p := range v.parts {
		parts[i] = p.Part
	}
	return parts
}

func (v compound[T]) Add(e *Entry, texts []string) {
	var one T
	for i, p := range v.parts {
		*p.of(&one) = texts[i]
	}
	all := v.of(e)
	*all = append(*all, one)
}

func (v compound[T]) JSON(e *Entry) (any, bool) { return array(*v.of(e)), true }

// Texts is nil: what a thing looks like is its own.
func (v compound[T]) Texts(*Entry) []string { return nil }

func (v compound[T]) append(b []byte, e *Entry) []byte {
	all := *v.of(e)
	b = AppendNumber(b, len(all))
	for i := range all {
		for _, p := range v.parts {
			b = AppendText(b, *p.of(&all[i]))
		}
	}
	return b
}

func (v compound[T]) read(r *Reader, e *Entry) {
	texts := make([]string, len(v.parts))
	for range r.Count() {
		for i := range texts {
			texts[i] = r.Text()
		}
		v.Add(e, texts)
	}
}

// array makes nothing an empty JSON array instead of null.
func array[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
