package catalog

import (
	"fmt"
	"strconv"
	"strings"
)

// Statuses is a set of HTTP statuses as a person asked for it. The empty set
// asks for nothing in particular: as a filter it lets every entry through.
type Statuses []StatusRange

// A StatusRange is one element of a set: 404, 4xx or 500-599.
type StatusRange struct {
	Text     string // as it was asked for
	From, To int
}

// Overlaps reports whether a status is in both.
func (r StatusRange) Overlaps(other StatusRange) bool {
	return r.From <= other.To && other.From <= r.To
}

// ParseStatuses reads a list such as "404,4xx,500-599". The error names the
// first element that is none of these or leaves 100 to 599.
func ParseStatuses(list string) (Statuses, error) {
	var set Statuses
	for element := range strings.SplitSeq(list, ",") {
		text := strings.TrimSpace(element)
		r, ok := parseStatusRange(strings.ToLower(text))
		if !ok {
			return nil, fmt.Errorf("%q is no HTTP status", text)
		}
		r.Text = text
		set = append(set, r)
	}
	return set, nil
}

func parseStatusRange(s string) (StatusRange, bool) {
	if class, ok := strings.CutSuffix(s, "xx"); ok {
		n, err := strconv.Atoi(class)
		return StatusRange{From: n * 100, To: n*100 + 99}, err == nil && len(class) == 1 && n >= 1 && n <= 5
	}
	from, to, isRange := strings.Cut(s, "-")
	if !isRange {
		to = from
	}
	a, okA := parseStatus(from)
	b, okB := parseStatus(to)
	return StatusRange{From: a, To: b}, okA && okB && a <= b
}

func parseStatus(s string) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && len(s) == 3 && n >= 100 && n <= 599
}

// Has reports whether the set holds status. No set holds 0, the status of an
// entry without one.
func (s Statuses) Has(status int) bool {
	for _, r := range s {
		if r.From <= status && status <= r.To {
			return true
		}
	}
	return false
}

// String is the set as it was asked for.
func (s Statuses) String() string {
	var elements []string
	for _, r := range s {
		elements = append(elements, r.Text)
	}
	return strings.Join(elements, ",")
}

// Phrase is the reason phrase of the IANA HTTP Status Code Registry
// (https://www.iana.org/assignments/http-status-codes), or "" for a status
// that it does not assign.
func Phrase(status int) string {
	if status < 0 || status >= len(phrases) {
		return ""
	}
	return phrases[status]
}

var phrases = [600]string{
	100: "Continue",
	101: "Switching Protocols",
	102: "Processing",
	103: "Early Hints",
	104: "Upload Resumption Supported",
	200: "OK",
	201: "Created",
	202: "Accepted",
	203: "Non-Authoritative Information",
	204: "No Content",
	205: "Reset Content",
	206: "Partial Content",
	207: "Multi-Status",
	208: "Already Reported",
	226: "IM Used",
	300: "Multiple Choices",
	301: "Moved Permanently",
	302: "Found",
	303: "See Other",
	304: "Not Modified",
	305: "Use Proxy",
	307: "Temporary Redirect",
	308: "Permanent Redirect",
	400: "Bad Request",
	401: "Unauthorized",
	402: "Payment Required",
	403: "Forbidden",
	404: "Not Found",
	405: "Method Not Allowed",
	406: "Not Acceptable",
	407: "Proxy Authentication Required",
	408: "Request Timeout",
	409: "Conflict",
	410: "Gone",
	411: "Length Required",
	412: "Precondition Failed",
	413: "Content Too Large",
	414: "URI Too Long",
	415: "Unsupported Media Type",
	416: "Range Not Satisfiable",
	417: "Expectation Failed",
	421: "Misdirected Request",
	422: "Unprocessable Content",
	423: "Locked",
	424: "Failed Dependency",
	425: "Too Early",
	426: "Upgrade Required",
	428: "Precondition Required",
	429: "Too Many Requests",
	431: "Request Header Fields Too Large",
	451: "Unavailable For Legal Reasons",
	500: "Internal Server Error",
	501: "Not Implemented",
	502: "Bad Gateway",
	503: "Service Unavailable",
	504: "Gateway Timeout",
	505: "HTTP Version Not Supported",
	506: "Variant Also Negotiates",
	507: "Insufficient Storage",
	508: "Loop Detected",
	510: "Not Extended",
	511: "Network Authentication Required",
}
