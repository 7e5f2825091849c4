// Command floor applies objects to an API server as fast as a bare client can: what no controller can be faster than.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
)

const usage = `usage: floor --kubeconfig FILE --concurrency N <OBJECTS
      Apply objects server-side, N at a time. Each line of OBJECTS is {"path": "/api/v1/…/NAME", "object": {…}}.
      Prints one line: {"objects": N, "seconds": S}
`

// entry is an object and where the API server has it.
type entry struct {
	Path   string          `json:"path"`
	Object json.RawMessage `json:"object"`
}

func main() {
	flag.Usage = func() { fmt.Fprint(os.Stderr, usage) }
	kubeconfig := flag.String("kubeconfig", "", "")
	concurrency := flag.Int("concurrency", 0, "")
	flag.Parse()
	if *kubeconfig == "" || *concurrency < 1 || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(*kubeconfig, *concurrency, os.Stdin, os.Stdout); err != nil {
		fmt.Fprintf(os.Stderr, "floor: %v\n", err)
		os.Exit(1)
	}
}

func run(kubeconfig string, concurrency int, in io.Reader, out io.Writer) error {
	client, err := connect(kubeconfig)
	if err != nil {
		return err
	}
	entries, err := read(in)
	if err != nil {
		return err
	}
	start := time.Now()
	err = inParallel(concurrency, entries, func(e entry) error { return apply(client, e) })
	seconds := time.Since(start).Seconds()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "{\"objects\": %d, \"seconds\": %.3f}\n", len(entries), seconds)
	return err
}

// connect returns a client without the client's own rate limit, since the server's is what counts.
func connect(kubeconfig string) (*rest.RESTClient, error) {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return nil, err
	}
	config.QPS = -1
	config.NegotiatedSerializer = scheme.Codecs.WithoutConversion()
	return rest.UnversionedRESTClientFor(config)
}

// read reads all entries before the clock starts.
func read(in io.Reader) ([]entry, error) {
	var entries []entry
	decoder := json.NewDecoder(bufio.NewReader(in))
	for {
		var e entry
		if err := decoder.Decode(&e); errors.Is(err, io.EOF) {
			return entries, nil
		} else if err != nil {
			return nil, fmt.Errorf("entry %d: %w", len(entries)+1, err)
		}
		if e.Path == "" || len(e.Object) == 0 {
			return nil, fmt.Errorf("entry %d: path and object are needed", len(entries)+1)
		}
		entries = append(entries, e)
	}
}

func apply(client *rest.RESTClient, e entry) error {
	err := client.Patch(types.ApplyPatchType).
		AbsPath(e.Path).
		Param("fieldManager", "floor").
		Param("force", "true").
		Body([]byte(e.Object)).
		Do(context.Background()).
		Error()
	if err != nil {
		return fmt.Errorf("%s: %w", e.Path, err)
	}
	return nil
}

// inParallel calls do for each entry, so many at a time, and returns all errors.
func inParallel(concurrency int, entries []entry, do func(entry) error) error {
	work := make(chan entry)
	results := make([]error, concurrency)
	var workers sync.WaitGroup
	for i := range concurrency {
		workers.Go(func() {
			for e := range work {
				results[i] = errors.Join(results[i], do(e))
			}
		})
	}
	for _, e := range entries {
		work <- e
	}
	close(work)
	workers.Wait()
	return errors.Join(results...)
}
