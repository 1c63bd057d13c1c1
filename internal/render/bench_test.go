package render

import (
	"io"
	"testing"

	"github.com/errcode-cli/errcode/internal/entry"
)

var typical = entry.Entry{
	Code: "PAYMENT-402", Title: "Payment Required", Status: 402, Severity: entry.Error,
	Description: "The card was declined by the bank that issued it, or the account behind it has no funds for the payment that was asked for.",
	Causes:      []string{"The card was declined.", "The balance is below the amount.", "The bank asks for another factor."},
	Resolution:  "Ask the customer for another way to pay, or to call the bank.", Keywords: []string{"card", "declined"}, Related: []string{"PAYMENT-409"},
}

// BenchmarkWrite writes a thousand entries in each format.
func BenchmarkWrite(b *testing.B) {
	for _, f := range []Format{Text, Table, JSONL, Markdown} {
		b.Run(string(f), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				thousand := func(yield func(entry.Entry, error) bool) {
					for range 1000 {
						if !yield(typical, nil) {
							return
						}
					}
				}
				if err := Write(io.Discard, f, List(thousand), piped); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
