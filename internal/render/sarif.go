package render

import (
	"io"
	"net/url"
	"path/filepath"
	"slices"

	"github.com/errcode-cli/errcode/internal/text"
)

// The part of SARIF 2.1.0 that errcode writes.
// See https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name           string      `json:"name"`
		InformationURI string      `json:"informationUri"`
		Rules          []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID    string     `json:"id"`
		About *sarifText `json:"shortDescription,omitempty"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   sarifRegion   `json:"region"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
	}
)

// writeSARIF writes one run with a result an item.
func writeSARIF(w io.Writer, l Listing, o Options) error {
	run := sarifRun{
		Tool:       sarifTool{sarifDriver{Name: "errcode", InformationURI: "https://github.com/errcode-cli/errcode", Rules: []sarifRule{}}},
		ColumnKind: "unicodeCodePoints",
		Results:    []sarifResult{},
	}
	for it, err := range l.items {
		if err != nil {
			return err
		}
		a := it.annotation()
		run.Tool.Driver.add(a)
		result := sarifResult{RuleID: a.title, Level: "error", Message: sarifText{text.Visible(a.message)}, Locations: []sarifLocation{}}
		if a.file != "-" {
			result.Locations = append(result.Locations, sarifLocation{sarifPhysical{
				sarifArtifact{relativeURI(a.file, o.Dir)}, sarifRegion{a.line, a.column},
			}})
		}
		run.Results = append(run.Results, result)
	}
	log := sarifLog{"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json", "2.1.0", []sarifRun{run}}
	text, err := pretty(log, "")
	if err != nil {
		return err
	}
	_, err = w.Write(append(text, '\n'))
	return err
}

// add makes the rule of an annotation one of those that the log tells about.
func (d *sarifDriver) add(a annotation) {
	if slices.ContainsFunc(d.Rules, func(r sarifRule) bool { return r.ID == a.title }) {
		return
	}
	rule := sarifRule{ID: a.title}
	if a.about != "" {
		rule.About = &sarifText{a.about}
	}
	d.Rules = append(d.Rules, rule)
}

// relativeURI is a file's address as seen from the working directory, which
// is where whoever reads the log looks for it.
func relativeURI(file, dir string) string {
	if filepath.IsAbs(file) {
		if relative, err := filepath.Rel(dir, file); err == nil {
			file = relative
		}
	}
	return (&url.URL{Path: filepath.ToSlash(file)}).String()
}
