package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// logSize is how many bytes of log are scanned.
const logSize = 256 << 20

// A generated log has a code in 12 of 100 lines. The codes are those of a
// catalog, and stand in a file too, one on each line.
type generatedLog struct {
	number               int // of codes
	catalog, codes, text string
}

// logCodes is a code of every shape, for a log with few of them.
var logCodes = []string{"AUTH-401", "AUTH-401-X", "E0308", "ECONNREFUSED", "40001", "ddl:1045", "платеж-7"}

// generateLog returns the log with n codes in dir. It is written only where it is
// not there yet; the same comes out always and everywhere.
func generateLog(ctx context.Context, dir string, n int) (generatedLog, error) {
	folder := filepath.Join(dir, fmt.Sprintf("log-%d-codes-%d", n, generation))
	l := generatedLog{n, filepath.Join(folder, "catalog.json"), filepath.Join(folder, "codes"), filepath.Join(folder, "log")}
	if _, err := os.Stat(l.text); err == nil {
		return l, nil
	}
	fmt.Fprintf(os.Stderr, "writing a log with %d codes to %s\n", n, folder)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return l, err
	}
	g := newGenerator()
	codes := logCodes[:min(n, len(logCodes))]
	for len(codes) < n {
		codes = append(codes, g.logCode())
	}
	catalog := []byte(`{"catalog":"log","title":"Codes of a log","errors":[`)
	for i, code := range codes {
		if i > 0 {
			catalog = append(catalog, ',')
		}
		catalog = fmt.Appendf(catalog, "\n"+`{"code":"%s","title":"%s","description":"Generated."}`, code, g.phrase(nil, 20))
	}
	err := errors.Join(
		os.WriteFile(l.catalog, append(catalog, "\n]}\n"...), 0o644),
		os.WriteFile(l.codes, []byte(strings.Join(codes, "\n")+"\n"), 0o644))
	if err != nil {
		return l, err
	}

	unfinished := l.text + ".unfinished"
	file, err := os.Create(unfinished)
	if err != nil {
		return l, err
	}
	defer file.Close()
	to := bufio.NewWriter(file) // keeps the first error until it is flushed
	for written := 0; written < logSize; {
		line := g.logLine(codes)
		written += len(line)
		to.Write(line)
		if err := ctx.Err(); err != nil {
			return l, err
		}
	}
	if err := errors.Join(to.Flush(), file.Close()); err != nil {
		return l, err
	}
	return l, os.Rename(unfinished, l.text)
}

// logCode makes up a code in one of the shapes of logCodes.
func (g *generator) logCode() string {
	letters := func(n int) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte('A' + g.IntN(26))
		}
		return string(b)
	}
	return g.untaken(func() string {
		switch shape := g.IntN(100); {
		case shape < 44:
			return fmt.Sprintf("%s-%03d", letters(3+g.IntN(5)), g.IntN(1000))
		case shape < 54:
			return fmt.Sprintf("%s-%03d-%s", letters(4), g.IntN(1000), letters(1))
		case shape < 69:
			return fmt.Sprintf("%s%04d", letters(1+g.IntN(2)), g.IntN(10_000))
		case shape < 84:
			return "E" + letters(5+g.IntN(8))
		case shape < 85: // few: logs are full of such numbers
			return fmt.Sprint(10_000 + g.IntN(90_000))
		case shape < 95:
			return fmt.Sprintf("%s:%d", strings.ToLower(letters(3)), g.IntN(10_000))
		default:
			return g.of("платеж заказ вход счёт") + fmt.Sprintf("-%d", g.IntN(100_000))
		}
	})
}

// logLine makes up a line of a log.
func (g *generator) logLine(codes []string) []byte {
	line := fmt.Appendf(nil, "2026-03-%02dT%02d:%02d:%02d.%03dZ %s [%s-%s-%x] ",
		1+g.IntN(28), g.IntN(24), g.IntN(60), g.IntN(60), g.IntN(1000), g.of("INFO INFO INFO WARN ERROR"), g.word(), g.word(), g.Uint32())
	switch g.IntN(3) {
	case 0:
		line = fmt.Appendf(line, "GET /api/v2/%ss/%d %d %dms trace=%016x%016x", g.word(), g.IntN(100_000), 200+g.IntN(300), g.IntN(900), g.Uint64(), g.Uint64())
	case 1:
		line = g.phrase(line, 30+g.IntN(60))
		line = fmt.Appendf(line, " id=%08x-%04x-4%03x-%04x-%012x", g.Uint32(), g.IntN(1<<16), g.IntN(1<<12), g.IntN(1<<16), g.Uint64()>>16)
	case 2:
		line = fmt.Appendf(line, `user=%d ip=10.%d.%d.%d msg="`, g.IntN(1_000_000), g.IntN(256), g.IntN(256), g.IntN(256))
		line = append(g.phrase(line, 20+g.IntN(20)), '"')
	}
	if g.IntN(100) < 12 {
		line = fmt.Appendf(line, " failed: %s (attempt %d)", codes[g.IntN(len(codes))], g.IntN(5))
	}
	return append(line, '\n')
}

// scan is errcode's scan of the log with few codes for those of a log, which have
// them too: what is reported is about the same, however many are looked for. It
// runs on one thread.
func (s scale) scan(of generatedLog) command {
	c := ask(0, "AUTH-401", "scan", s.logs[0].text)
	c.name = fmt.Sprintf("scan for %d codes", of.number)
	c.env = []string{"ERRCODE_CATALOG=" + of.catalog, "ERRCODE_CACHE=" + filepath.Join(s.dir, "warm"), "GOMAXPROCS=1"}
	return c
}

// scanRows is what a scan may cost: with few codes against ripgrep, with many
// against itself with few.
func (s scale) scanRows() []row {
	few := s.logs[0]
	rg := command{name: "rg -j1 -cwF -f", args: []string{"rg", "-j1", "-cwF", "-f", few.codes, few.text}, needs: []string{"rg"}}
	const rounds = 15
	return []row{
		{command: s.scan(few), against: rg, budget: 1, rounds: rounds},
		{command: s.scan(s.logs[1]), against: s.scan(few), budget: 1.5, rounds: rounds},
		{command: s.scan(s.logs[2]), against: s.scan(few), budget: 2.5, rounds: rounds},
	}
}

// scansAgree makes sure that errcode finds as many codes in each log as grep.
func (s scale) scansAgree(ctx context.Context) (agreed []string, err error) {
	for _, l := range s.logs {
		found, err := s.output(ctx, fmt.Sprintf("ERRCODE_CATALOG='%s' errcode scan -o jsonl '%s' | wc -l", l.catalog, l.text))
		if err != nil {
			return nil, err
		}
		want, err := s.output(ctx, fmt.Sprintf("LC_ALL=C.UTF-8 grep -aowF -f '%s' '%s' | wc -l", l.codes, l.text))
		if err != nil {
			return nil, err
		}
		if found != want || found == "0" {
			return nil, fmt.Errorf("of %d codes errcode finds %s, grep %s", l.number, found, want)
		}
		agreed = append(agreed, fmt.Sprintf("errcode and grep agree on %s places of %d codes", found, l.number))
	}
	return agreed, nil
}
