package catalog

import "context"

func (s *Selection) SearchWhole(ctx context.Context, query string) (*Result, error) { return &Result{}, nil }
