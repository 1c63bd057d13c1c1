package render

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/errcode-cli/errcode/internal/catalog"
	"github.com/errcode-cli/errcode/internal/entry"
)

// This file has the words for what was not found: a miss of the catalog goes in, a
// Failure comes out, with what to do next.

// NotFoundWord is the failure to find the one entry that a word stands for. The
// commands are those that the word is like, where it might have been meant as one; with
// is what the commands of hints need besides, such as " -c errors.yaml".
func NotFoundWord(m *catalog.Miss, commands []string, with string) *Failure {
	f := &Failure{Kind: NotFound, Message: fmt.Sprintf("no entry for %q", short(m.Word)), Input: m.Word}
	if m.Several != nil {
		f.Message = fmt.Sprintf("%q is more than one code", short(m.Word))
		for _, s := range m.Several {
			f.Suggestions = append(f.Suggestions, s.Word)
			f.Hints = append(f.Hints, s.Word+"  "+s.Title)
		}
		f.fact("several", named(m.Several))
		return f
	}
	for _, command := range commands {
		f.Hints = append(f.Hints, "did you mean the command errcode "+command+"?")
	}
	if commands != nil {
		f.fact("commands", commands)
	}
	if m.Retired != nil {
		f.Message = fmt.Sprintf("%q is retired: a code of the catalog %q that was and does not come back", m.Retired.Code, m.Retired.Catalog)
		f.fact("retired", true)
	}
	if m.Joined != nil {
		f.suggest(m.Joined.Code)
		f.Hints = append(f.Hints, fmt.Sprintf("%q together with the word before it is %s", m.Word, m.Joined.Code))
		f.fact("joined", m.Joined.Code)
	}
	f.begun("it begins with", "longest", m.Longest)
	f.begun("its class is", "class", m.Class)
	f.near(m.Near)
	f.begins(m.Word, m.Suggestions, with)
	f.number(m, with)
	f.status(m.Word, m.Status, with)
	if m.Search > 0 && m.Word[0] != '-' {
		f.Hints = append(f.Hints, fmt.Sprintf("errcode search %s finds %s or more", ShellWord(m.Word)+with, Count(m.Search, "entry", "entries")))
		f.fact("search", object{{"query", m.Word}, {"least", m.Search}})
	}
	if m.BuiltIn != nil {
		f.Hints = append(f.Hints, fmt.Sprintf("the built-in catalog has it: errcode get -c %s %s", catalog.BuiltIn, m.BuiltIn.Code))
		f.fact("builtIn", m.BuiltIn.Code)
	}
	if f.Hints == nil {
		f.General = append(f.General, whereToLook(with))
	}
	f.searched(m.Searched, m.Behind)
	return f
}

// named is entries in JSON, as far as they help to choose.
func named(all []catalog.Named) []object {
	var values []object
	for _, n := range all {
		values = append(values, object{{"word", n.Word}, {"catalog", n.Catalog}, {"code", n.Code}, {"title", n.Title}})
	}
	return values
}

// suggest adds what may have been meant, once.
func (f *Failure) suggest(words ...string) {
	for _, word := range words {
		if !slices.Contains(f.Suggestions, word) {
			f.Suggestions = append(f.Suggestions, word)
		}
	}
}

// fact adds what a hint says, once more for programs.
func (f *Failure) fact(key string, value any) { f.Facts = append(f.Facts, Fact{key, value}) }

// begun says of which code a word has the beginning.
func (f *Failure) begun(what, key string, e *entry.Entry) {
	if e == nil {
		return
	}
	f.suggest(e.Code)
	f.Hints = append(f.Hints, what+" "+titled(*e))
	f.fact(key, e.Code)
}

// near says which codes a word is like.
func (f *Failure) near(near []entry.Entry) {
	if near == nil {
		return
	}
	var all []string
	for _, e := range near {
		all = append(all, titled(e))
	}
	f.suggest(codesOf(near)...)
	f.Hints = append(f.Hints, "did you mean "+strings.Join(all, ", ")+"?")
	f.fact("near", codesOf(near))
}

// titled is an entry in a sentence.
func titled(e entry.Entry) string { return fmt.Sprintf("%s (%s)", e.Code, e.Title) }

// begins says which codes a word begins.
func (f *Failure) begins(word string, like catalog.Suggestions, with string) {
	codes := codesOf(like.Begins)
	if like.Count == 0 || slices.Equal(codes, []string{word}) {
		return
	}
	text := fmt.Sprintf("%s begins %s: %s", word, Count(like.Count, "code", "codes"), strings.Join(codes, ", "))
	if like.Count > len(codes) {
		text += fmt.Sprintf(", ...; errcode list %s shows all", ShellWord(word)+with)
	}
	f.suggest(codes...)
	f.Hints = append(f.Hints, text)
	f.fact("begins", object{{"total", like.Count}, {"codes", codes}})
}

// number says what a word says as a number.
func (f *Failure) number(m *catalog.Miss, with string) {
	n := m.Number
	if n == nil {
		return
	}
	var others []string
	negative, _ := n.Negative()
	for _, other := range []string{n.Hex(), negative, n.Decimal()} {
		if other != "" && !strings.EqualFold(other, m.Word) {
			others = append(others, other)
		}
	}
	text := fmt.Sprintf("%s is the number %s", m.Word, strings.Join(others, " or "))
	value := object{{"hex", n.Hex()}, {"decimal", n.Decimal()}}
	if negative != "" {
		value = append(value, member{"signed", negative})
	}
	if r, ok := n.Result(); ok {
		text += fmt.Sprintf("; as an %s: %s, facility %d, code %d", r.Kind, r.Severity, r.Facility, r.Code)
		value = append(value, member{"kind", r.Kind}, member{"severity", r.Severity}, member{"facility", r.Facility}, member{"code", r.Code})
	}
	f.Hints = append(f.Hints, text)
	f.fact("number", value)
	if n.Win32 != nil {
		f.suggest(n.Win32.Code)
		f.Hints = append(f.Hints, fmt.Sprintf("facility 7 is Win32, whose code is %s: errcode get %s", titled(*n.Win32), ShellWord(n.Win32.Code)+with))
	}
}

// status says that a word is an HTTP status, where some entry has it.
func (f *Failure) status(word string, set catalog.Statuses, with string) {
	if set == nil {
		return
	}
	is := "is an HTTP status"
	if _, err := strconv.Atoi(word); err != nil {
		is = "stands for HTTP statuses"
	}
	f.Hints = append(f.Hints, fmt.Sprintf("%s %s: errcode status %s", word, is, word+with))
	f.fact("status", word)
}

// searched says which catalogs were searched, where that is not simply the built-in one.
func (f *Failure) searched(names, behind []string) {
	if hints := Searched(names, behind); hints != nil {
		f.General = append(f.General, hints...)
		f.fact("searched", slices.Concat(names, behind))
	}
}

// NotFoundPrefix is the failure to find a code that begins with a prefix.
func NotFoundPrefix(m *catalog.PrefixMiss, with string) *Failure {
	f := &Failure{Kind: NotFound, Message: fmt.Sprintf("no code begins with %q", m.Prefix), Input: m.Prefix}
	switch {
	case m.Count > 0:
		f.Message = fmt.Sprintf("no code that begins with %q %s", m.Prefix, asks(m.Filter, "status"))
		f.without(m.Without)
		f.begins(m.Prefix, m.Suggestions, with)
	default:
		f.near(m.Near)
	}
	f.status(m.Prefix, m.Status, with)
	if f.Hints == nil {
		f.General = append(f.General, whereToLook(with))
	}
	f.searched(m.Searched, nil)
	return f
}

// NotFoundFilter is the failure to find an entry that a filter lets through.
func NotFoundFilter(m *catalog.FilterMiss, with string) *Failure {
	f := &Failure{Kind: NotFound, Message: "no entry " + asks(m.Filter, "HTTP status"), Input: m.Filter.Statuses.String()}
	switch {
	case len(m.Filter.Parts()) > 1:
		f.without(m.Without)
	case len(m.Filter.Statuses) > 0 && m.Statuses:
		f.General = []string{fmt.Sprintf("errcode status%s shows which there are", with)}
	default:
		f.General = []string{fmt.Sprintf("errcode list%s shows all codes", with)}
	}
	f.searched(m.Searched, nil)
	return f
}

// NotFoundTag is the failure to find an entry with a tag.
func NotFoundTag(m *catalog.TagMiss) *Failure {
	f := &Failure{Kind: NotFound, Message: fmt.Sprintf("no entry has the tag %q", m.Tag), Input: m.Tag, Suggestions: m.Near}
	switch {
	case len(m.Near) > 0:
		f.Hints = []string{"did you mean " + inQuotes(m.Near, " or ") + "?"}
	case len(m.Tags) > 0:
		f.General = []string{"there are " + inQuotes(m.Tags, ", ")}
		f.fact("tags", m.Tags)
	default:
		f.General = []string{"no entry has any tag"}
	}
	f.searched(m.Searched, nil)
	return f
}

// mostExplained is how many words a query has, at the most, of which a miss says how each
// fares.
const mostExplained = 8

// NotFoundSearch is an empty result: the words of the page that errcode began as,
// with what each word finds by itself.
func NotFoundSearch(m *catalog.SearchMiss, with string) *Failure {
	f := &Failure{Kind: NotFound, Message: "No errors found matching your search.", Verbatim: true, Input: m.Query}
	f.without(m.Without)
	var missing, each []string
	words := []object{}
	for _, w := range m.Words {
		words = append(words, object{{"word", w.Word}, {"entries", w.Entries}})
		each = append(each, fmt.Sprintf("%q is in %s", w.Word, Count(w.Entries, "entry", "entries")))
		if w.Entries == 0 {
			missing = append(missing, w.Word)
		}
	}
	f.fact("words", words)
	if m.Rest != "" {
		f.fact("search", object{{"query", m.Rest}, {"total", m.RestFinds}})
	}
	switch {
	case f.Hints != nil:
	case len(m.Words) > mostExplained, len(missing) == len(m.Words):
		f.Hints = append(f.Hints, fmt.Sprintf("errcode list%s shows all codes", with))
	case missing == nil:
		f.Hints = append(f.Hints, strings.Join(each, ", ")+", but none has them all")
	case m.Rest == "":
		f.Hints = append(f.Hints, "no entry has "+inQuotes(missing, " or "))
	default:
		f.Hints = append(f.Hints, fmt.Sprintf("no entry has %s; errcode search %s finds %s",
			inQuotes(missing, " or "), m.Rest+flags(m.RestFilter)+with, Count(m.RestFinds, "entry", "entries")))
	}
	f.searched(m.Searched, nil)
	return f
}

// whereToLook is the hint where there is no better one.
func whereToLook(with string) string {
	return fmt.Sprintf("errcode list%s shows all codes, errcode search WORD%s looks into their texts", with, with)
}

// asks says what a filter asks of an entry: has the status 404 and the severity warning.
func asks(f catalog.Filter, status string) string {
	var has, all []string
	if len(f.Statuses) > 0 {
		has = append(has, "the "+status+" "+f.Statuses.String())
	}
	if len(f.Severities) > 0 {
		has = append(has, "the severity "+joined(f.Severities, " or "))
	}
	if len(f.Tags) > 0 {
		has = append(has, "the tag "+inQuotes(f.Tags, " or "))
	}
	if has != nil {
		all = append(all, "has "+strings.Join(has, " and "))
	}
	switch f.Deprecated {
	case entry.Yes:
		all = append(all, "is deprecated")
	case entry.No:
		all = append(all, "is still in use")
	}
	return strings.Join(all, " and ")
}

// flags is a filter as a command line has it, behind a blank.
func flags(f catalog.Filter) string {
	var b strings.Builder
	for _, part := range f.Parts() {
		b.WriteString(" " + flagOf(part))
		switch {
		case len(part.Statuses) > 0:
			b.WriteString(" " + part.Statuses.String())
		case len(part.Severities) > 0:
			b.WriteString(" " + joined(part.Severities, ","))
		case len(part.Tags) > 0:
			b.WriteString(" " + ShellWord(strings.Join(part.Tags, ",")))
		case part.Deprecated == entry.No:
			b.WriteString("=false")
		}
	}
	return b.String()
}

// flagOf is the flag of a filter that says one thing alone.
func flagOf(part catalog.Filter) string {
	switch {
	case len(part.Statuses) > 0:
		return "--status"
	case len(part.Severities) > 0:
		return "--severity"
	case len(part.Tags) > 0:
		return "--tag"
	}
	return "--deprecated"
}

// without says what is found without the parts of a filter.
func (f *Failure) without(all []catalog.Without) {
	var values []object
	for _, w := range all {
		var left []string
		for _, part := range w.Left.Parts() {
			left = append(left, strings.TrimPrefix(flagOf(part), "--"))
		}
		f.Hints = append(f.Hints, fmt.Sprintf("whatever the %s, it finds %s", strings.Join(left, " and "), Count(w.Entries, "entry", "entries")))
		values = append(values, object{{"without", left}, {"total", w.Entries}})
	}
	if values != nil {
		f.fact("unfiltered", values)
	}
}

func inQuotes(words []string, between string) string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = strconv.Quote(w)
	}
	return strings.Join(all, between)
}

func joined[T ~string](words []T, between string) string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = string(w)
	}
	return strings.Join(all, between)
}

// Searched says which catalogs a miss was looked for in, where that is not simply the
// built-in one, and how many behind them.
func Searched(names, behind []string) []string {
	if slices.Equal(names, []string{catalog.BuiltIn}) && behind == nil {
		return nil
	}
	text := "searched " + strings.Join(names, ", ")
	if behind != nil {
		text += " and what stands behind: " + strings.Join(behind, ", ")
	}
	return []string{text}
}

// ShellWord is a word as it is typed in a shell.
func ShellWord(word string) string {
	if word != "" && strings.Trim(word, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_./:,=@%+") == "" {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

func codesOf(entries []entry.Entry) []string {
	var codes []string
	for _, e := range entries {
		codes = append(codes, e.Code)
	}
	return codes
}

// Count is n things in words: 1 entry, 2 entries.
func Count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// HowFound says how what a text stands for was found in it, where that is not plain to
// see. Of standard input the text is a line, otherwise that is 0.
func HowFound(text string, line int, found []catalog.Found) (n Note, told bool) {
	in, facts := fmt.Sprintf("%q", short(text)), []Fact{{"input", text}}
	if line > 0 {
		in = fmt.Sprintf("line %d", line)
		facts = append(facts, Fact{"line", line})
	}
	var parts, codes []string
	for _, f := range found {
		e := f.Entries[0]
		switch f.By {
		case catalog.ByHexadecimal:
			return Note{ReadAs, fmt.Sprintf("%s read as %s", in, f.Word), append(facts, Fact{"read", f.Word}, Fact{"code", e.Code})}, true
		case catalog.ByRange:
			return Note{Covered, fmt.Sprintf("%s has no entry of its own; %s covers it", in, titled(e)), append(facts, Fact{"code", e.Code})}, true
		case catalog.ByMessage:
			return Note{MessageIn, fmt.Sprintf("found %s by its message %q in %s", e.Code, f.Word, in), append(facts, Fact{"printed", f.Word}, Fact{"code", e.Code})}, true
		case catalog.ByPart:
			parts, codes = append(parts, f.Word), append(codes, e.Code)
		}
	}
	if parts == nil {
		return Note{}, false
	}
	return Note{CodesIn, fmt.Sprintf("found %s in %s", strings.Join(parts, ", "), in), append(facts, Fact{"found", parts}, Fact{"codes", codes})}, true
}

// FoundTogether says that words which are no codes were searched for together.
func FoundTogether(words string, total, shown int, with string) Note {
	message := fmt.Sprintf("no code is called so; a search for %q finds %s", words, Count(total, "entry", "entries"))
	if total > shown {
		message += fmt.Sprintf(", of which these are the first: errcode search %s shows more", words+with)
	}
	return Note{Searching, message, []Fact{{"query", words}, {"total", total}, {"shown", min(total, shown)}}}
}

// Together says which code several words are.
func Together(words string, e entry.Entry) Note {
	return Note{Joined, fmt.Sprintf("%q together is %s", words, titled(e)), []Fact{{"input", words}, {"code", e.Code}}}
}

// short is a text, or the beginning of one that is longer than a message should be.
func short(s string) string {
	const most = 300
	for i := range s {
		if i >= most {
			return s[:i] + "…"
		}
	}
	return s
}
