package catalog

import "context"

func (s *Selection) SearchWhole(ctx context.Context, query string) (*Result, error) {
	return &Result{}, nil
}

type Retired struct{ Catalog, Code string }

func (s *Selection) retired(ctx context.Context, word string) (*Retired, error) { return nil, nil }
