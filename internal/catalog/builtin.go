package catalog

import (
	"embed"
	"io"
	"path"
	"strings"
)

// data holds the catalogs that errcode brings along, compiled ahead of the YAML
// beside them by "go test ./internal/catalog -update": no start-up parses that.
//
//go:embed data/*.index
var data embed.FS

// BuiltIn is the catalog that a run works on where nothing else is chosen.
const BuiltIn = "api"

const compiledSuffix = ".index"

// openBuiltin opens the built-in catalog of a name.
func openBuiltin(name string) (*Catalog, error) {
	compiled, err := data.Open(path.Join("data", name+compiledSuffix))
	if err != nil {
		return nil, &UnknownError{name}
	}
	info, err := compiled.Stat()
	if err != nil {
		return nil, &DamagedError{name, err}
	}
	return openAhead(name, compiled.(io.ReaderAt), info.Size()) // package embed says that it is one
}

// openAhead opens a catalog that was compiled ahead, which nothing can mend.
func openAhead(name string, r io.ReaderAt, size int64) (*Catalog, error) {
	c, err := openCompiled(r, size, "")
	if err != nil {
		return nil, &DamagedError{name, err}
	}
	return c, nil
}

// BuiltInNames is the names of the built-in catalogs.
func BuiltInNames() []string {
	files, _ := data.ReadDir("data") // it is embedded above
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = strings.TrimSuffix(f.Name(), compiledSuffix)
	}
	return names
}
