package scan

import "strings"

// longestSequence is how many bytes a control sequence has at most. A text in which
// one only seems to begin must not be read to its end for it, and not be hidden.
const longestSequence = 4 << 10

const esc = '\x1b'

// sequence returns how many bytes the terminal control sequence takes that begins a
// text, or 0 where none does. It is a CSI, as colours are, or an OSC, as titles and
// links are, with all that it holds: an OSC ends within its line.
func sequence[T string | []byte](text T) int {
	if len(text) < 2 || text[0] != esc {
		return 0
	}
	text = text[:min(len(text), longestSequence)]
	n := 0
	switch text[1] {
	case '[':
		n = csi(text[1:])
	case ']':
		n = osc(text[1:])
	}
	if n == 0 {
		return 0
	}
	return 1 + n
}

// csi returns how many bytes of a text are a CSI without its escape, or 0.
func csi[T string | []byte](text T) int {
	if len(text) == 0 || text[0] != '[' {
		return 0
	}
	i := 1
	for i < len(text) && '0' <= text[i] && text[i] <= '?' {
		i++
	}
	for i < len(text) && ' ' <= text[i] && text[i] <= '/' {
		i++
	}
	if i == len(text) || text[i] < '@' || text[i] > '~' {
		return 0
	}
	return i + 1
}

// osc returns how many bytes of a text are an OSC without its escape, or 0. A terminal
// too gives one up at an escape that does not end it.
func osc[T string | []byte](text T) int {
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\a':
			return i + 1
		case esc:
			if i+1 < len(text) && text[i+1] == '\\' {
				return i + 2
			}
			return 0
		case '\n':
			return 0
		}
	}
	return 0
}

// withoutSequences returns a text without its control sequences, and the places in
// what is left where they were, in order.
func withoutSequences(text string) (plain string, cuts []int) {
	if strings.IndexByte(text, esc) < 0 {
		return text, nil
	}
	var b strings.Builder
	for {
		at := strings.IndexByte(text, esc)
		if at < 0 {
			b.WriteString(text)
			return b.String(), cuts
		}
		n := sequence(text[at:])
		if n == 0 {
			b.WriteString(text[:at+1])
			text = text[at+1:]
			continue
		}
		b.WriteString(text[:at])
		cuts = append(cuts, b.Len())
		text = text[at+n:]
	}
}
