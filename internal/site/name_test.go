package site

import (
	"encoding/hex"
	"path"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/errcode-cli/errcode/internal/entry"
)

func TestFileName(t *testing.T) {
	for code, want := range map[string]string{
		"AUTH-401":     "AUTH-401",
		"ECONNREFUSED": "ECONNREFUSED",
		"40001":        "40001",
		"A_B.C":        "A_B.C",
		"auth-401":     "~auth-401",
		"Http-1":       "H~ttp-1",
		"HttpError":    "H~ttp~E~rror",
		"ddl:1045":     "~ddl=3A1045",
		"../x":         "=2E.=2F~x",
		"CON":          "=43ON",
		"COM1.X":       "=43OM1.X",
		"CONSOLE":      "CONSOLE",
		"con":          "~con",
		"Ä":            "=C3=84",
	} {
		if got := fileName(code); got != want+".html" {
			t.Errorf("the page of %s is %s, not %s", code, got, want)
		}
	}
}

// TestFileNameLong cuts what is too long for a file, and has none of it twice.
func TestFileNameLong(t *testing.T) {
	many := strings.Repeat("ж", 41)
	if fits, cut := fileName(many+"ABC"), fileName(many+"ABCD"); isCut(fits) || !isCut(cut) {
		t.Errorf("there are the names %s and %s", fits, cut)
	}
	of := map[string]string{}
	for _, code := range []string{
		many + "ABCD", many + "abcd", many + "ABCE", many + many, strings.ToUpper(many + many),
		strings.Repeat("aB", 64), strings.Repeat("Ab", 64), strings.Repeat("é", 42), strings.Repeat("e\u0301", 42),
	} {
		name := strings.ToLower(fileName(code))
		if of[name] != "" {
			t.Errorf("%s is the page of %s and of %s", name, of[name], code)
		}
		of[name] = code
	}
}

// isCut tells a name that is cut from all others, in which no "-" follows a "=".
func isCut(name string) bool { return strings.Contains(name, "=-") }

// decode takes a file name that is not cut back to its code, whatever became of the
// case of the name: no two codes can share one then.
func decode(name string) string {
	name = strings.TrimSuffix(strings.ToLower(name), ".html")
	var b strings.Builder
	small := false
	for i := 0; i < len(name); i++ {
		switch c := name[i]; {
		case c == '~':
			small = !small
		case c == '=':
			raw, _ := hex.DecodeString(name[i+1 : i+3])
			b.Write(raw)
			i += 2
		case small:
			b.WriteByte(c)
		default:
			b.WriteString(strings.ToUpper(string(c)))
		}
	}
	return b.String()
}

var safeName = regexp.MustCompile(`^[A-Za-z0-9=~_-][A-Za-z0-9=~_.-]*\.html$`)

func FuzzFileName(f *testing.F) {
	for _, code := range []string{"AUTH-401", "auth-401", "-5", "CON.x", "LPT9", "../../etc", "платеж-7", "a\u0308", "ä", "İ", strings.Repeat("ж", 64), strings.Repeat("aB", 64), "CON." + strings.Repeat("ж", 62)} {
		f.Add(code)
	}
	f.Fuzz(func(t *testing.T, code string) {
		if !utf8.ValidString(code) || len(code) == 0 || len(code) > 128 {
			return
		}
		name := fileName(code)
		if isCut(name) {
			if other := fileName(code[:len(code)-1]); strings.EqualFold(name, other) {
				t.Errorf("%q has the page of what is one byte shorter, %s", code, name)
			}
		} else if got := decode(name); got != code {
			t.Errorf("the page of %q is %s, which is also that of %q", code, name, got)
		}
		if folded := cases.Fold().String(norm.NFD.String(name)); len(folded) != len(name) {
			t.Errorf("%s changes with its case", name)
		}
		if !safeName.MatchString(name) || len(name) > 255 || reservedName.MatchString(name) {
			t.Errorf("the page of %q is %s", code, name)
		}
		g := group{prefix: entry.Fold(code), whole: true}
		if name := path.Base(g.address()); len(name) > 255 {
			t.Errorf("the group of %q has the page %s", code, name)
		}
	})
}

var reservedName = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])\.`)
