package catalog

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

func TestParseStatuses(t *testing.T) {
	tests := []struct {
		list string
		want Statuses
	}{
		{"404", Statuses{{"404", 404, 404}}},
		{"100", Statuses{{"100", 100, 100}}},
		{"599", Statuses{{"599", 599, 599}}},
		{"4xx", Statuses{{"4xx", 400, 499}}},
		{"1XX", Statuses{{"1XX", 100, 199}}},
		{"500-599", Statuses{{"500-599", 500, 599}}},
		{"404-404", Statuses{{"404-404", 404, 404}}},
		{"404,5xx,400-403", Statuses{{"404", 404, 404}, {"5xx", 500, 599}, {"400-403", 400, 403}}},
		{" 404 , 5xx ", Statuses{{"404", 404, 404}, {"5xx", 500, 599}}},
		{"404,404", Statuses{{"404", 404, 404}, {"404", 404, 404}}},
	}
	for _, test := range tests {
		got, err := ParseStatuses(test.list)
		if err != nil || !slices.Equal(got, test.want) {
			t.Errorf("ParseStatuses(%q) = %v, %v; want %v", test.list, got, err, test.want)
		}
		if s, want := got.String(), strings.ReplaceAll(test.list, " ", ""); s != want {
			t.Errorf("%q comes back as %q", want, s)
		}
	}
}

func TestParseStatusesBad(t *testing.T) {
	tests := []struct{ list, blamed string }{
		{"", ""},
		{" ", ""},
		{",", ""},
		{"404,", ""},
		{"099", "099"},
		{"99", "99"},
		{"600", "600"},
		{"0404", "0404"},
		{"4044", "4044"},
		{"+404", "+404"},
		{"-404", "-404"},
		{"4 04", "4 04"},
		{"0xx", "0xx"},
		{"6xx", "6xx"},
		{"xx", "xx"},
		{"+xx", "+xx"},
		{"44xx", "44xx"},
		{"04xx", "04xx"},
		{"4x", "4x"},
		{"40x", "40x"},
		{"4xx-5xx", "4xx-5xx"},
		{"599-500", "599-500"},
		{"500-", "500-"},
		{"-500", "-500"},
		{"400-500-600", "400-500-600"},
		{"400-600", "400-600"},
		{"400–499", "400–499"},
		{"４０４", "４０４"},
		{"auth", "auth"},
		{"404, nope ,700", "nope"}, // the first that is wrong
	}
	for _, test := range tests {
		got, err := ParseStatuses(test.list)
		if err == nil {
			t.Errorf("ParseStatuses(%q) = %v, want an error", test.list, got)
		} else if want := `"` + test.blamed + `" is no HTTP status`; err.Error() != want {
			t.Errorf("ParseStatuses(%q) says %s, want %s", test.list, err, want)
		}
	}
}

func TestHas(t *testing.T) {
	set, err := ParseStatuses("404,5xx,200-204")
	if err != nil {
		t.Fatal(err)
	}
	for status, want := range map[int]bool{
		404: true, 500: true, 599: true, 200: true, 204: true, 203: true,
		403: false, 405: false, 499: false, 600: false, 199: false, 205: false, 0: false, -1: false,
	} {
		if set.Has(status) != want {
			t.Errorf("Has(%d) is %v", status, !want)
		}
	}
	if Statuses(nil).Has(0) || Statuses(nil).Has(404) {
		t.Error("the empty set holds something")
	}
}

func TestPhrase(t *testing.T) {
	for status, want := range map[int]string{
		100: "Continue", 200: "OK", 307: "Temporary Redirect", 401: "Unauthorized", 413: "Content Too Large",
		422: "Unprocessable Content", 429: "Too Many Requests", 511: "Network Authentication Required",
		-1: "", 0: "", 99: "", 306: "", 418: "", 420: "", 512: "", 599: "", 600: "", 1 << 40: "",
	} {
		if got := Phrase(status); got != want {
			t.Errorf("Phrase(%d) = %q, want %q", status, got, want)
		}
	}
}

// TestPhrases compares the phrases with those that Go's net/http knows: the
// same but for what RFC 9110 renamed, what is no longer in use, and what is
// newer.
func TestPhrases(t *testing.T) {
	differ := []int{104, 413, 414, 416, 418, 422}
	for status := range 1000 {
		if got, other := Phrase(status), http.StatusText(status); got != other && !slices.Contains(differ, status) {
			t.Errorf("Phrase(%d) = %q, net/http has %q", status, got, other)
		}
	}
}
