package main

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errcode-cli/errcode/internal/catalog"
	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/render"
	"github.com/errcode-cli/errcode/internal/source"
)

// explain yields the entry of each word, once, and reports the words that have none. "-"
// is what standard input holds.
func (q query) explain(words []string) iter.Seq2[entry.Entry, error] {
	return func(yield func(entry.Entry, error) bool) {
		x := explanation{query: q, yield: yield, shown: map[string]bool{}, reported: map[string]bool{}}
		found, err := x.together(words)
		if found {
			words = nil
		}
		for _, word := range words {
			if err != nil || x.ended {
				break
			}
			if word == "-" {
				err = x.input()
			} else {
				err = x.word(word)
			}
		}
		if err != nil && !x.ended {
			yield(entry.Entry{}, err)
		}
	}
}

// An explanation is get at work.
type explanation struct {
	query
	yield    func(entry.Entry, error) bool
	ended    bool            // no more is wanted
	shown    map[string]bool // the entries, each by its catalog and code
	reported map[string]bool // the words that were misses
	answers  int             // entries and misses, be they new or not
	missed   string          // the word before, if it was a miss
	line     int             // of standard input, where the same is found again and again; else 0
}

// word explains a word, or what stands in a text. Of a list of codes each is a word.
func (x *explanation) word(word string) error {
	if !entry.IsCode(word) {
		x.fail(notACode(word))
		return nil
	}
	found, unknown, err := x.Get(x.ctx, word)
	if err != nil {
		return err
	}
	if all := list(word); all != nil && (found == nil || found[0].By == catalog.ByPart) {
		for _, one := range all {
			if err := x.word(one); err != nil || x.ended {
				return err
			}
		}
		return nil
	}
	if found == nil && unknown == nil {
		before := x.missed
		x.missed = word
		return x.miss(word, before)
	}
	x.missed = ""
	return x.show(word, found, unknown)
}

// list is the codes that a word is a list of, with blanks or commas; nil where it is none.
func list(word string) []string {
	all := strings.FieldsFunc(word, func(r rune) bool { return unicode.IsSpace(r) || r == ',' })
	if len(all) < 2 || !codes(all) || slices.ContainsFunc(all, func(one string) bool {
		first, _ := utf8.DecodeRuneInString(one)
		return !unicode.IsLetter(first)
	}) {
		return nil
	}
	return all
}

// show shows what was found in a text, and says how where that is not plain to see. What
// may be a code and is none is a miss.
func (x *explanation) show(text string, found []catalog.Found, unknown []string) error {
	var told []catalog.Found
	for _, f := range found {
		x.answers++
		if len(f.Entries) > 1 {
			m, err := x.Several(x.ctx, f)
			if err != nil {
				return err
			}
			x.fail(render.NotFoundWord(m, nil, x.again()))
			continue
		}
		e := f.Entries[0]
		key := e.Catalog + ":" + e.Code
		if x.shown[key] && x.line > 0 {
			continue
		}
		told = append(told, f)
		if !x.shown[key] && !x.yield(e, nil) {
			x.ended = true
			return nil
		}
		x.shown[key] = true
	}
	if how, ok := render.HowFound(text, x.line, told); ok {
		x.tell(how)
	}
	for _, word := range unknown {
		if err := x.miss(word, ""); err != nil {
			return err
		}
	}
	return nil
}

// together asks for several plain words at once, where none of them finds anything by
// itself: they are a message, or words to search for.
func (x *explanation) together(words []string) (found bool, err error) {
	if !plain(words) {
		return false, nil
	}
	for _, word := range words {
		if known, _, err := x.Get(x.ctx, word); known != nil || err != nil {
			return false, err
		}
	}
	text := strings.Join(words, " ")
	known, _, err := x.Get(x.ctx, text)
	if err != nil || known != nil {
		if len(known) == 1 && len(known[0].Entries) == 1 && known[0].By == catalog.ByFolding {
			x.tell(render.Together(text, known[0].Entries[0]))
		}
		return known != nil, cmp.Or(err, x.show(text, known, nil))
	}
	result, err := x.SearchWhole(x.ctx, text)
	if err != nil || result.Total == 0 {
		return false, err
	}
	for hit, err := range first(result.Hits, mostTogether) {
		if err != nil {
			return true, err
		}
		if x.answers++; !x.yield(hit.Entry, nil) {
			x.ended = true
			return true, nil
		}
	}
	x.tell(render.FoundTogether(text, result.Total, mostTogether, x.again()))
	return true, nil
}

// mostTogether is how many entries are shown of a search that get makes.
const mostTogether = 5

// plain reports whether words are several, and each of the sort that texts are made of:
// letters alone, small ones but for the first. Another could be a code.
func plain(words []string) bool {
	return len(words) > 1 && !slices.ContainsFunc(words, func(word string) bool {
		_, size := utf8.DecodeRuneInString(word)
		return word == "" || strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }) ||
			strings.ContainsFunc(word[size:], unicode.IsUpper) || !strings.ContainsFunc(word, unicode.IsLower)
	})
}

// input explains what standard input holds, line by line as it comes: a line of codes,
// or one of text, of which only what stands in it counts.
func (x *explanation) input() error {
	before, empty := x.answers, true
	input := bufio.NewScanner(flushing{x.stdin, x.stdout})
	input.Buffer(nil, longestLine)
	for number := 1; !x.ended && input.Scan(); number++ {
		line := input.Text()
		words := strings.Fields(line)
		empty = empty && len(words) == 0
		if !isList(words) {
			x.line = number
			found, unknown, err := x.Get(x.ctx, line)
			if err == nil {
				err = x.show(line, found, unknown)
			}
			if x.line = 0; err != nil {
				return err
			}
			continue
		}
		for _, word := range words {
			if !entry.IsCode(word) { // a rule between paragraphs, or what stands for nothing
				continue
			}
			if err := x.word(word); err != nil || x.ended {
				return err
			}
		}
	}
	if err := input.Err(); err != nil {
		return &source.ReadError{Name: "-", Err: tooLong(err)}
	}
	if x.answers > before || x.ended {
		return nil
	}
	message := "standard input holds no codes"
	if !empty {
		message = "nothing that is known stands in standard input"
	}
	x.fail(&render.Failure{Kind: render.NotFound, Message: message, Input: "-"})
	return nil
}

// longestLine is how long a line of standard input may be.
const longestLine = 16 << 20

// isList reports whether the words of a line are a list of codes, and no text: neither a
// time nor what programs write for programs is in it. A single word is one too that has a
// capital or a point within, as codes have that are names.
func isList(words []string) bool {
	if slices.ContainsFunc(words, func(word string) bool { return strings.ContainsAny(word, `{"=`) || isTime(word) }) {
		return false
	}
	if len(words) != 1 {
		return codes(words)
	}
	word := strings.Trim(words[0], ".")
	_, first := utf8.DecodeRuneInString(word)
	return codes(words) || strings.ContainsFunc(word[first:], func(r rune) bool { return r == '.' || unicode.IsUpper(r) })
}

// isTime reports whether a word holds a time of the day.
func isTime(word string) bool {
	for i := 1; i < len(word)-1; i++ {
		if word[i] == ':' && isDigit(word[i-1]) && isDigit(word[i+1]) {
			return true
		}
	}
	return false
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// codes reports whether words may all be codes: each has a digit, _ or -, or no small
// letter.
func codes(words []string) bool {
	return !slices.ContainsFunc(words, func(word string) bool {
		return !strings.ContainsFunc(word, func(r rune) bool { return unicode.IsDigit(r) || r == '_' || r == '-' }) && strings.ContainsFunc(word, unicode.IsLower)
	})
}

// miss reports a word that stands for no entry, once. Before is the word before it, if
// that was a miss too.
func (x *explanation) miss(word, before string) error {
	x.answers++
	if x.reported[word] {
		return nil
	}
	x.reported[word] = true
	m, err := x.Miss(x.ctx, word, before)
	if err != nil {
		return err
	}
	var commands []string
	if word == x.implied {
		commands = x.commands
	}
	x.fail(render.NotFoundWord(m, commands, x.again()))
	return nil
}

// notACode refuses a word that no catalog could hold.
func notACode(word string) *render.Failure {
	f := usage(fmt.Sprintf("%q cannot be a code: it has no letter or digit", word), "errcode list shows all codes")
	f.Input = word
	return f
}

// flushing writes what is buffered before it waits for input: whoever asks
// code by code through a pipe gets each answer at once.
type flushing struct {
	io.Reader
	output output
}

func (f flushing) Read(b []byte) (int, error) {
	if err := f.output.Flush(); err != nil {
		return 0, err
	}
	return f.Reader.Read(b)
}

// tooLong says of an error of a scanner of lines which limit it is about.
func tooLong(err error) error {
	if errors.Is(err, bufio.ErrTooLong) {
		return fmt.Errorf("a line is longer than %d bytes", longestLine)
	}
	return err
}
