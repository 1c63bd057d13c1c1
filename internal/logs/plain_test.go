package logs

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	unicodetext "golang.org/x/text/encoding/unicode"

	"github.com/errcode-cli/errcode/internal/scan"
)

func TestPlainText(t *testing.T) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	for range 100000 {
		io.WriteString(z, "A-1\n")
	}
	z.Close()
	c := scan.Compile(slices.Values([]string{"A-1"}), scan.Options{})
	count := func(r io.Reader) (n int, last error) {
		r, err := plainText(r)
		if err != nil {
			return 0, err
		}
		for _, err := range c.Scan(t.Context(), r) {
			if err != nil {
				return n, err
			}
			n++
		}
		return n, nil
	}
	if n, err := count(iotest.OneByteReader(bytes.NewReader(b.Bytes()))); n != 100000 || err != nil {
		t.Error(n, err)
	}
	if n, err := count(bytes.NewReader(b.Bytes()[:b.Len()/2])); n == 0 || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Error(n, err)
	}
	for _, s := range []string{"", "A-1", "\x1f\x8b\nA-1", "BZh A-1", "\xffA-1"} {
		if n, err := count(strings.NewReader(s)); n != strings.Count(s, "A-1") || err != nil {
			t.Errorf("%q: %d, %v", s, n, err)
		}
	}

	for _, order := range []unicodetext.Endianness{unicodetext.LittleEndian, unicodetext.BigEndian} {
		wide, err := unicodetext.UTF16(order, unicodetext.UseBOM).NewEncoder().String("é A-1\r\n😀 A-1\r\n")
		if err != nil {
			t.Fatal(err)
		}
		if n, err := count(iotest.OneByteReader(strings.NewReader(wide))); n != 2 || err != nil {
			t.Errorf("UTF-16: %d, %v", n, err)
		}
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		io.WriteString(z, wide)
		z.Close()
		if n, err := count(&b); n != 2 || err != nil {
			t.Errorf("UTF-16 within gzip: %d, %v", n, err)
		}
	}

	for begins, form := range map[string]string{
		"\xfd7zXZ\x00\x00\x04": "compressed with xz", "\x28\xb5\x2f\xfd\x04": "compressed with zstd", "BZh91AY&SY\x00": "compressed with bzip2",
		"PK\x03\x04\x14": "compressed with zip", "\xff\xfe\x00\x00A\x00\x00\x00": "UTF-32",
	} {
		_, err := count(strings.NewReader(begins + " A-1 "))
		if e, ok := errors.AsType[*FormError](err); !ok || e.Form != form {
			t.Errorf("%s: %v", form, err)
		}
	}

	// Gzip within gzip, which could go on for ever, is taken as it is.
	var outer bytes.Buffer
	z = gzip.NewWriter(&outer)
	z.Write(b.Bytes())
	z.Close()
	if n, err := count(&outer); n != 0 || err != nil {
		t.Errorf("gzip within gzip: %d, %v", n, err)
	}
}
