package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errcode-cli/errcode/internal/catalog"
	"github.com/errcode-cli/errcode/internal/entry"
	"github.com/errcode-cli/errcode/internal/render"
	"github.com/errcode-cli/errcode/internal/text"
)

// addFilterFlags gives a command the flags that narrow it to some entries.
func (p *program) addFilterFlags(cmd *cobra.Command) *catalog.Filter {
	f := &catalog.Filter{}
	flags := cmd.Flags()
	flags.Var(parsed{"STATUSES", func(list string) error {
		set, err := catalog.ParseStatuses(list)
		f.Statuses = append(f.Statuses, set...)
		return err
	}}, "status", "only entries with these HTTP `STATUSES`: 404,4xx,500-599")
	flags.Var(parsed{"NAMES", func(list string) error {
		for name := range strings.SplitSeq(list, ",") {
			severity := entry.Severity(strings.ToLower(strings.TrimSpace(name)))
			if !slices.Contains(entry.Severities, severity) {
				return fmt.Errorf("%q is no severity; the severities are error, warning and info", name)
			}
			f.Severities = append(f.Severities, severity)
		}
		return nil
	}}, "severity", "only severities of these `NAMES`: error,warning,info")
	flags.Var(parsed{"TAGS", func(list string) error {
		for tag := range strings.SplitSeq(list, ",") {
			if tag = strings.TrimSpace(tag); tag == "" {
				return errors.New("want a tag, or several with commas")
			}
			f.Tags = append(f.Tags, tag)
		}
		return nil
	}}, "tag", "only entries that have one of these `TAGS`")
	flags.Var(parsed{"bool", func(is string) error {
		switch is {
		case "true":
			f.Deprecated = entry.Yes
		case "false":
			f.Deprecated = entry.No
		default:
			return errors.New("want true or false")
		}
		return nil
	}}, "deprecated", "only deprecated entries; =false leaves them out")
	flags.Lookup("deprecated").NoOptDefVal = "true"
	complete(cmd, "deprecated", "true", "false")
	p.completeList(cmd, "status", func(ctx context.Context, s *catalog.Selection, typed string) ([]string, error) {
		statuses, err := s.Statuses(ctx)
		var all []string
		for _, status := range statuses {
			if word := strconv.Itoa(status); strings.HasPrefix(word, typed) {
				all = append(all, word)
			}
		}
		return all, err
	})
	p.completeList(cmd, "severity", func(_ context.Context, s *catalog.Selection, typed string) ([]string, error) {
		var all []string
		for _, severity := range s.Severities() {
			if strings.HasPrefix(string(severity), strings.ToLower(typed)) {
				all = append(all, string(severity))
			}
		}
		return all, nil
	})
	p.completeList(cmd, "tag", func(ctx context.Context, s *catalog.Selection, typed string) ([]string, error) {
		return s.Tags(ctx, typed, mostCompletions)
	})
	return f
}

// parsed is the value of a flag that a function reads.
type parsed struct {
	kind string
	read func(string) error
}

func (v parsed) String() string     { return "" }
func (v parsed) Type() string       { return v.kind }
func (v parsed) Set(s string) error { return v.read(s) }

// completeList gives a flag that takes a list the values of a selection, for what is
// typed behind the last comma.
func (p *program) completeList(cmd *cobra.Command, flag string, values func(context.Context, *catalog.Selection, string) ([]string, error)) {
	err := cmd.RegisterFlagCompletionFunc(flag, func(cmd *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		s, err := p.openToComplete(cmd)
		if err != nil {
			return nil, cobra.ShellCompDirectiveError
		}
		defer s.Close()
		last := strings.LastIndex(typed, ",") + 1
		found, err := values(cmd.Context(), s, typed[last:])
		if err != nil {
			return nil, cobra.ShellCompDirectiveError
		}
		var all []cobra.Completion
		for _, value := range found {
			chosen := slices.Contains(strings.Split(typed[:last], ","), value)
			if !chosen && value == text.Visible(value) { // what a terminal must not see cannot be offered
				all = append(all, typed[:last]+value)
			}
		}
		return all, cobra.ShellCompDirectiveNoFileComp
	})
	if err != nil {
		panic(err) // the flag does not exist
	}
}

// tags reports the tags of a filter that no entry has. It is false where that is all of
// them, which let nothing through.
func (q query) tags(f catalog.Filter) (known bool, err error) {
	known = len(f.Tags) == 0
	for _, tag := range f.Tags {
		miss, err := q.TagMiss(q.ctx, tag)
		switch {
		case err != nil:
			return false, err
		case miss == nil:
			known = true
		default:
			q.fail(render.NotFoundTag(miss))
		}
	}
	return known, nil
}
