// Package catalog is errcode's domain: the entries that explain error codes,
// the selection of catalogs one run works on, and the questions it answers.
package catalog

// An Entry is what is known about one code. Text is UTF-8 and may hold line
// breaks; a zero value means that the catalog says nothing.
type Entry struct {
	Catalog     string // name of the catalog the entry came from
	Code        string
	Title       string
	Status      int // HTTP status, 100 to 599; 0 for none
	Severity    Severity
	Description string
	Causes      []string
	Resolution  string
	Retryable   Answer
	Keywords    []string // found by search, not shown in text
	Aliases     []string // other words for the code
	Related     []string // codes, of this or of another catalog
	Links       []Link
	Since       string  // the version that brought the code
	Deprecated  string  // what to do instead; present means deprecated
	Extra       []Extra // the x- keys, in the file's order
}

// An Extra is a key that a catalog adds to an entry, with its value as JSON.
type Extra struct {
	Key   string // begins with x-
	Value []byte
}

// A Link is further reading on an entry.
type Link struct {
	Title string `json:"title"`
	URL   string `json:"url"`
}

// Severity says how bad it is to meet a code.
type Severity string

// The severities, mildest first. A catalog that names none means Error.
const (
	Info    Severity = "info"
	Warning Severity = "warning"
	Error   Severity = "error"
)

// An Answer to a question that a catalog may leave open.
type Answer int8

// The answers; the zero value is the open question.
const (
	Unknown Answer = iota
	Yes
	No
)
