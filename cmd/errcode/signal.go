package main

import (
	"context"
	"os"
	"os/signal"
	"sync"
	"syscall"
)

// An interrupted run was told to end by a signal.
type interrupted struct{ signal os.Signal }

func (e interrupted) Error() string { return "interrupted: " + e.signal.String() }

// exit is what a shell makes of the signal.
func (e interrupted) exit() int {
	number, _ := e.signal.(syscall.Signal)
	return 128 + int(number)
}

// onSignal tells cancel of a signal to end the run, so that what is half done
// can be cleared away. A second signal has its usual effect, as all have once
// the function it returns was called.
func onSignal(cancel context.CancelCauseFunc) (stop func()) {
	signals, done := make(chan os.Signal, 1), make(chan struct{})
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		select {
		case s := <-signals:
			signal.Stop(signals)
			cancel(interrupted{s})
		case <-done:
		}
	}()
	return sync.OnceFunc(func() {
		signal.Stop(signals)
		close(done)
	})
}
