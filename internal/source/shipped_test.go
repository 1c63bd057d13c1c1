package source

import "testing"

// TestShipped holds the catalogs that errcode ships to all that it asks of others'.
func TestShipped(t *testing.T) {
	v := NewValidation(StrictRules...)
	for _, path := range []string{"../catalog/data", "../../examples"} {
		if err := v.Path(t.Context(), path); err != nil {
			t.Fatal(err)
		}
	}
	problems, err := v.Problems()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Error(p)
	}
	if v.Files() < 2 {
		t.Errorf("%d files", v.Files())
	}
}
