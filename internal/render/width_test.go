package render

import (
	"strings"
	"testing"

	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/text"
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

// TestWidth holds the widths of whole pages and tables: no line is wider than
// it should be unless one word is, no code is broken, nothing is lost.
func TestWidth(t *testing.T) {
	var entries []entry.Entry
	for i, s := range texts {
		entries = append(entries, entry.Entry{
			Catalog: "c", Code: "CODE-" + strings.Repeat("9", i), Title: strings.ReplaceAll(s, "\n", " "), Status: 400 + i,
			Description: s, Causes: []string{s, s}, Resolution: s, Aliases: []string{"ALIAS-1", "別名-2"},
		})
	}
	for width := 1; width <= 200; width += 1 + width/20 {
		o := Options{TextWidth: width, TableWidth: width, Catalogs: true}
		for _, f := range []Format{Text, Table} {
			out := render(t, f, List(of(entries...)), o)
			for line := range strings.Lines(out) {
				line = strings.TrimSuffix(line, "\n")
				if strings.HasSuffix(line, " ") {
					t.Fatalf("%s at %d: %q ends in a blank", f, width, line)
				}
				// A line that is too wide holds one piece, behind an indent, a
				// bullet or a column's title.
				content := strings.TrimLeft(line, " •")
				if _, value, stacked := strings.Cut(content, "  "); stacked && f == Table {
					content = strings.TrimLeft(value, " ")
				}
				if text.Columns(line) > width && text.Longest(content) < text.Columns(content) {
					t.Fatalf("%s at %d: %q takes %d columns", f, width, line, text.Columns(line))
				}
			}
			for _, e := range entries {
				if !strings.Contains(out, e.Code) {
					t.Fatalf("%s at %d: %s is broken or lost", f, width, e.Code)
				}
				if f == Text && !strings.Contains(withoutBlanks(out), withoutBlanks(e.Description)) {
					t.Fatalf("%s at %d: %q lost something", f, width, e.Description)
				}
			}
		}
	}
}

func withoutBlanks(s string) string {
	return strings.NewReplacer(" ", "", "\n", "", "\u3000", "").Replace(s)
}
