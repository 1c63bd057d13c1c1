// Libraries is the least that errcode's libraries cost: each linked and used
// once. It stays as it is, or the budgets measured against it lose their meaning.
package main

import (
	"fmt"
	"os"

	"github.com/fatih/color"
	"github.com/olekukonko/tablewriter"
	"github.com/spf13/cobra"
)

func main() {
	root := &cobra.Command{
		Use:  "libraries",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			bold := color.New(color.Bold)
			bold.EnableColor() // the output is no terminal
			if _, err := bold.Fprintln(cmd.OutOrStdout(), "AUTH-401  Authentication Failed"); err != nil {
				return err
			}
			table := tablewriter.NewTable(cmd.OutOrStdout())
			table.Header("Code", "Title")
			if err := table.Append("AUTH-401", "Authentication Failed"); err != nil {
				return err
			}
			return table.Render()
		},
	}
	if err := root.Execute(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
