package catalog

// builtin is the catalogs that errcode brings along: data/*.yaml, compiled
// ahead by "go test ./internal/catalog -update" so that no start-up parses them.
var builtin = []Catalog{api}
