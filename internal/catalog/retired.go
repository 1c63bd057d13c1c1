package catalog

import (
	"context"
	"slices"

	"github.com/errcode-cli/errcode/internal/entry"
)

// A Retired is a code that was and does not come back, and the catalog that says so.
type Retired struct{ Catalog, Code string }

// retired finds the code that a word means among those that the selection's catalogs
// say are retired: exactly that, else one that is folded alike; a later catalog's before
// an earlier one's. It reads no record.
func (s *Selection) retired(word string) *Retired {
	folded := entry.Fold(word)
	for _, means := range []func(code string) bool{
		func(code string) bool { return code == word },
		func(code string) bool { return folded != "" && entry.Fold(code) == folded },
	} {
		for _, c := range slices.Backward(s.catalogs) {
			if i := slices.IndexFunc(c.Retired, means); i >= 0 {
				return &Retired{c.Name, c.Retired[i]}
			}
		}
	}
	return nil
}

// free returns the next free code of each of the catalog's blocks, and the blocks that
// have none.
func (c *Catalog) free(ctx context.Context) (next, full []string, err error) {
	retired := map[string]bool{}
	for _, code := range c.Retired {
		retired[entry.Fold(code)] = true
	}
	for _, block := range c.Blocks {
		code, err := c.next(ctx, block, retired)
		switch {
		case err != nil:
			return nil, nil, err
		case code == "":
			full = append(full, block.String())
		default:
			next = append(next, code)
		}
	}
	return next, full, nil
}

// next returns the code of the lowest number of a block that no name of the catalog has,
// nor one that is retired; "" where there is none. It looks each number up: as many as
// are taken, at the most, and one more.
func (c *Catalog) next(ctx context.Context, block entry.Range, retired map[string]bool) (string, error) {
	for number := block.Low; number <= block.High; number++ {
		taken := false
		spellings := block.Spellings(number)
		for _, code := range spellings {
			folded := entry.Fold(code)
			for _, err := range c.index.Find(folded) {
				if err != nil {
					return "", c.failed(err)
				}
				taken = true
				break
			}
			taken = taken || retired[folded]
		}
		if err := ctx.Err(); err != nil {
			return "", err
		}
		if !taken {
			return spellings[0], nil
		}
	}
	return "", nil
}
