package entry

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// A Message is a text as programs print it: what they always print, and places that
// stand for any text of a line, or for a number.
type Message []piece

// A piece of a message is what is always printed, or a place.
type piece struct {
	literal string // "" for a place
	digits  bool   // that the place holds
}

// ParseMessage takes a message apart. Places are written as programs have them:
// {name}, ${name}, %s, %(name)s, %{name}, <name>, $1 and …; of those %d, %i and %u hold
// a number. Doubled, {{, }}, %%, << and $$ are text.
func ParseMessage(text string) Message {
	var m Message
	var literal strings.Builder
	end := func() {
		if literal.Len() > 0 {
			m = append(m, piece{literal: literal.String()})
			literal.Reset()
		}
	}
	for text != "" {
		if len(text) > 1 && text[0] == text[1] && strings.IndexByte("{}%<$", text[0]) >= 0 {
			literal.WriteByte(text[0])
			text = text[2:]
			continue
		}
		if n, digits := place(text); n > 0 {
			end()
			m = append(m, piece{digits: digits})
			text = text[n:]
			continue
		}
		_, size := utf8.DecodeRuneInString(text)
		literal.WriteString(text[:size])
		text = text[size:]
	}
	end()
	return m
}

// place returns how many bytes of a text the place takes that it begins with, 0 where
// it begins with none, and whether that holds a number.
func place(text string) (n int, digits bool) {
	if strings.IndexByte("{%<$\xe2", text[0]) < 0 { // as nearly all are
		return 0, false
	}
	found := places().FindStringSubmatchIndex(text)
	if found == nil {
		return 0, false
	}
	return found[1], found[2] >= 0
}

// places finds a place at the beginning of a text; its group is the verb of a number.
var places = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:` +
		`[$%]?\{[^{}"',\n]{0,64}\}` +
		`|<[\pL_][\pL\pN_. -]{0,64}>` +
		`|\$\d{1,2}` +
		`|%(?:\(\w{1,64}\))?(?:\d{1,2}\$)?[-+#0]{0,5}(?:\d{1,4}|\*)?(?:\.(?:\d{1,4}|\*)?)?(?:hh?|ll?|[zjtLq])?(?:([diu])|[a-zA-Z])` +
		`|…)`)
})

// Letters is how many letters and digits are always printed.
func (m Message) Letters() int {
	n := 0
	for _, p := range m {
		for _, r := range p.literal {
			if isWord(r) {
				n++
			}
		}
	}
	return n
}

// Plain is a text that has no places, whatever stands in it.
func Plain(text string) Message { return Message{{literal: text}} }

// Fixed reports whether the message is always printed in the same words.
func (m Message) Fixed() bool {
	return !slices.ContainsFunc(m, func(p piece) bool { return p.literal == "" })
}

// Words is the words that are always printed, whole ones, folded as Tokens does.
func (m Message) Words() []string {
	var words []string
	for _, element := range m.elements() {
		if element != "" {
			words = append(words, element)
		}
	}
	return words
}

// elements is the words that are always printed and, as "", what stands for any words:
// the places, each with the letters beside it.
func (m Message) elements() []string {
	var all []string
	place := func() {
		if len(all) == 0 || all[len(all)-1] != "" {
			all = append(all, "")
		}
	}
	for i, p := range m {
		if p.literal == "" {
			place()
		}
		for t := range Tokens(p.literal) {
			if t.Start == 0 && i > 0 || t.End == len(p.literal) && i < len(m)-1 {
				place()
			} else {
				all = append(all, t.Word)
			}
		}
	}
	return all
}

// A Standing is how words stand in a message.
type Standing uint8

// The standings.
const (
	Apart  Standing = iota // not next to each other in their order
	Within                 // as a phrase
	Entire                 // they are the message
)

// Standing says how folded words stand in a message. A place is any words, or none; but
// two of the words, or the only one, are always printed.
func (m Message) Standing(words []string) Standing {
	of, least := m.elements(), min(2, len(words))
	switch {
	case len(words) == 0:
		return Apart
	case printed(of, words, true) >= least:
		return Entire
	case printed(of, words, false) >= least:
		return Within
	}
	return Apart
}

// printed is how many of the words that stand next to each other in the elements of a
// message are always printed: the most there can be, -1 where the words do not stand so.
func printed(of, words []string, entire bool) int {
	before := make([]int, len(of)+1) // of the words so far, where the next one is sought before each element
	for i := range before {
		if entire && i > 0 {
			before[i] = -1
		}
	}
	pass := func() { // a place may stand for nothing
		for i, element := range of {
			if element == "" {
				before[i+1] = max(before[i+1], before[i])
			}
		}
	}
	pass()
	for _, word := range words {
		next := slices.Repeat([]int{-1}, len(before))
		for i, element := range of {
			switch {
			case before[i] < 0:
			case element == "":
				next[i] = max(next[i], before[i])
			case element == word:
				next[i+1] = before[i] + 1
			}
		}
		before = next
		pass()
	}
	if entire {
		return before[len(of)]
	}
	return slices.Max(before)
}

// In reports whether a text holds the message on one of its lines. Case does not count,
// nor how many blanks part two words; no letter or digit stands beside it.
func (m Message) In(text string) bool {
	pattern, err := regexp.Compile(m.pattern())
	return err == nil && pattern.MatchString(text) // one of megabytes is in no text
}

func (m Message) pattern() string {
	const beside = `[^\pL\pN_]`
	b := []byte("(?i)")
	for i, p := range m {
		switch {
		case p.digits:
			b = append(b, `-?\d+`...)
			continue
		case p.literal == "" && 0 < i && i < len(m)-1: // at an end it may be nothing
			b = append(b, `.*?`...)
			continue
		}
		if first, _ := utf8.DecodeRuneInString(p.literal); i == 0 && isWord(first) {
			b = append(b, `(?:^|`+beside+`)`...)
		}
		for j, word := range blankRuns(p.literal) {
			if j > 0 {
				b = append(b, `[ \t]+`...)
			}
			b = append(b, regexp.QuoteMeta(word)...)
		}
		if last, _ := utf8.DecodeLastRuneInString(p.literal); i == len(m)-1 && isWord(last) {
			b = append(b, `(?:$|`+beside+`)`...)
		}
	}
	return string(b)
}

// blankRuns parts a text at each run of blanks.
func blankRuns(s string) []string {
	var parts []string
	for {
		i := strings.IndexAny(s, " \t")
		if i < 0 {
			return append(parts, s)
		}
		parts, s = append(parts, s[:i]), strings.TrimLeft(s[i:], " \t")
	}
}

// messageBroken says of a message that is mostly places what it lacks.
func messageBroken(s string) string {
	if problem := lineBroken(s); problem != "" {
		return problem
	}
	words, letters := 0, 0
	for _, p := range ParseMessage(s) {
		for t := range Tokens(p.literal) {
			words++
			letters += utf8.RuneCountInString(t.Word)
		}
	}
	if words < 2 && letters < 8 {
		return "a message needs two words or eight letters beside its placeholders"
	}
	return ""
}
