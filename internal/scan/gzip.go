package scan

import (
	"bytes"
	"compress/gzip"
	"io"
)

// Decompress returns what r holds: decompressed if it begins as gzip does, and
// as it is otherwise. It reads as many bytes as it takes to tell. A gzip stream
// that is cut short or damaged gives what can be read, then an error.
func Decompress(r io.Reader) (io.Reader, error) {
	const begins = "\x1f\x8b\x08" // 8 is the only method that gzip has
	var begun []byte
	for len(begun) < len(begins) && string(begun) == begins[:len(begun)] {
		next := make([]byte, 1)
		_, err := io.ReadFull(r, next)
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		begun = append(begun, next...)
	}
	whole := io.MultiReader(bytes.NewReader(begun), r)
	if string(begun) != begins {
		return whole, nil
	}
	return gzip.NewReader(whole)
}
