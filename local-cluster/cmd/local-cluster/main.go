// Command local-cluster runs a Kubernetes control plane for development and tests, in one folder, on loopback.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"tenantry.dev/local-cluster/internal/cluster"
	"tenantry.dev/local-cluster/internal/supervisor"
)

const usage = `usage:
  local-cluster run --data DIR [--bin DIR] [--port N] [--nodes N] [--with-parent]
      Run a cluster in the foreground until SIGTERM or SIGINT; go on where the last run on the folder stopped.
      Prints one line when it serves: ready: kubeconfig=FILE
  local-cluster certificate --data DIR --user NAME [--group G ...] --out FILE [--lifetime 720h]
      Write the kubeconfig of a person, who may do only what RBAC grants the name and the groups.
`

// errUsage marks an error that the usage explains.
var errUsage = errors.New("wrong usage")

func main() {
	err := dispatch(os.Args[1:], os.Stdout, os.Stderr)
	switch {
	case err == nil:
	case errors.Is(err, flag.ErrHelp):
		fmt.Print(usage)
	case errors.Is(err, errUsage):
		fmt.Fprintf(os.Stderr, "local-cluster: %v\n%s", err, usage)
		os.Exit(2)
	default:
		fmt.Fprintf(os.Stderr, "local-cluster: %v\n", err)
		os.Exit(1)
	}
}

func dispatch(args []string, out, warnings io.Writer) error {
	if len(args) == 0 {
		return fmt.Errorf("%w: name a command", errUsage)
	}
	switch args[0] {
	case "run":
		return run(args[1:], out, warnings)
	case "certificate":
		return certificate(args[1:])
	case "help", "-h", "--help":
		return flag.ErrHelp
	default:
		return fmt.Errorf("%w: no command %q", errUsage, args[0])
	}
}

func run(args []string, out, warnings io.Writer) error {
	flags := newFlags()
	data := flags.String("data", "", "")
	binaries := flags.String("bin", os.Getenv("KUBEBUILDER_ASSETS"), "")
	port := flags.Int("port", 0, "")
	nodes := flags.Int("nodes", 2, "")
	withParent := flags.Bool("with-parent", false, "")
	if err := parse(flags, args, map[string]*string{"data": data}); err != nil {
		return err
	}

	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	if *withParent {
		go func() {
			<-supervisor.ParentGone()
			stop()
		}()
	}
	folder, err := cluster.At(*data)
	if err != nil {
		return err
	}
	options := cluster.Options{Binaries: *binaries, Port: *port, Nodes: *nodes, Warnings: warnings}
	return cluster.Run(ctx, folder, options, func() {
		fmt.Fprintf(out, "ready: kubeconfig=%s\n", folder.Kubeconfig())
	})
}

func certificate(args []string) error {
	flags := newFlags()
	data := flags.String("data", "", "")
	user := flags.String("user", "", "")
	out := flags.String("out", "", "")
	lifetime := flags.Duration("lifetime", 30*24*time.Hour, "")
	var groups list
	flags.Var(&groups, "group", "")
	if err := parse(flags, args, map[string]*string{"data": data, "user": user, "out": out}); err != nil {
		return err
	}
	folder, err := cluster.At(*data)
	if err != nil {
		return err
	}
	return folder.IssueKubeconfig(*out, *user, groups, *lifetime)
}

func newFlags() *flag.FlagSet {
	flags := flag.NewFlagSet("local-cluster", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	return flags
}

func parse(flags *flag.FlagSet, args []string, required map[string]*string) error {
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return err
	} else if err != nil {
		return fmt.Errorf("%w: %v", errUsage, err)
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("%w: no argument %q is known", errUsage, flags.Arg(0))
	}
	for name, value := range required {
		if *value == "" {
			return fmt.Errorf("%w: --%s is required", errUsage, name)
		}
	}
	return nil
}

// list collects a flag that may be given more than once.
type list []string

func (l *list) String() string {
	return strings.Join(*l, ",")
}

func (l *list) Set(value string) error {
	*l = append(*l, value)
	return nil
}
