package text

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// texts are hard to measure and to break.
var texts = []string{
	"The quick brown fox jumps over the lazy dog.",
	"two  blanks   and    more ",
	"  indented, then\n\nparagraphs\n",
	"averyveryverylongwordthatfitsnowhere and short ones",
	"https://docs.example.com/errors?code=AUTH-401&lang=en see there",
	"認証に失敗しました。トークンの有効期限が切れているか、資格情報が正しくありません。",
	"错误：无法连接到服务器（超时）。请稍后再试！",
	"Ошибка платежа: карта отклонена банком-эмитентом",
	"e\u0301te\u0301 a\u030A combining marks co\u0308operate",
	"family 👨‍👩‍👧‍👦 flag 🇩🇪 thumbs 👍🏽 heart ❤️ done",
	"mixed 漢字 and latin, かな混じり文 here",
	"한국어 문장은 공백으로 나뉩니다",
	"",
}

func TestWrap(t *testing.T) {
	for _, text := range texts {
		for width := 1; width <= 200; width++ {
			holdWrap(t, text, width)
		}
	}
	for _, test := range []struct {
		text  string
		width int
		want  string
	}{
		{"one two three", 7, "one two|three"},
		{"one two three", 8, "one two|three"},
		{"one  two", 20, "one  two"},
		{"one  two", 4, "one|two"},
		{"a\nb\n", 10, "a|b|"},
		{"toolongforit a", 4, "toolongforit|a"},
		{"漢字漢字", 4, "漢字|漢字"},
		{"漢字。漢", 4, "漢|字。|漢"},
		{"（漢）字", 4, "（漢）|字"},
		{"AUTH-401 x", 3, "AUTH-401|x"},
		{"anything at all", 0, "anything at all"},
	} {
		var lines []string
		for line := range Wrap(test.text, test.width) {
			lines = append(lines, test.text[line.Start:line.End])
		}
		if got := strings.Join(lines, "|"); got != test.want {
			t.Errorf("%q in %d columns: got %q, want %q", test.text, test.width, got, test.want)
		}
	}
}

// holdWrap checks what Wrap promises: no line is wider than the width unless
// it cannot be broken, and nothing but blanks is left out.
func holdWrap(t *testing.T, text string, width int) {
	t.Helper()
	var all strings.Builder
	for at := range Wrap(text, width) {
		line := text[at.Start:at.End]
		if Columns(line) > width && Longest(line) < Columns(line) {
			t.Fatalf("%q in %d columns: %q is too wide", text, width, line)
		}
		if strings.HasSuffix(line, " ") {
			t.Fatalf("%q in %d columns: %q ends in a blank", text, width, line)
		}
		all.WriteString(line)
	}
	if withoutBlanks(all.String()) != withoutBlanks(text) {
		t.Fatalf("%q in %d columns became %q", text, width, all.String())
	}
}

func withoutBlanks(s string) string {
	return strings.NewReplacer(" ", "", "\n", "", "\u3000", "").Replace(s)
}

func FuzzWrap(f *testing.F) {
	for i, text := range texts {
		f.Add(text, i+3)
	}
	f.Fuzz(func(t *testing.T, text string, width int) {
		if width < 1 || width > 300 || !utf8.ValidString(text) {
			return
		}
		holdWrap(t, Visible(text), width)
	})
}
