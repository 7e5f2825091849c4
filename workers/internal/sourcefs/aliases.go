package sourcefs

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"go.yaml.in/yaml/v3"
)

// maxExpansion is how many nodes the aliases of one file may stand for. Kustomize writes out every alias, so a few
// lines of aliases of aliases could fill any memory ("billion laughs").
const maxExpansion = 1_000_000

// checkAliases refuses YAML whose aliases stand for too much. What is no YAML is left for kustomize to judge.
func checkAliases(content []byte) error {
	if !mayHaveAliases(content) {
		return nil
	}
	decoder := yaml.NewDecoder(bytes.NewReader(content))
	expanded := 0
	for {
		var document yaml.Node
		if err := decoder.Decode(&document); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			// Not YAML, as a script in a generated ConfigMap.
			return nil
		}
		counter := aliasCounter{sizes: map[*yaml.Node]int{}}
		counter.size(&document)
		expanded += counter.throughAliases
		if counter.cyclic {
			return errors.New("a YAML anchor holds an alias to itself")
		}
		if expanded > maxExpansion {
			return fmt.Errorf("its YAML aliases stand for more than %d values; write them out, or use fewer", maxExpansion)
		}
	}
}

// mayHaveAliases looks for both marks without parsing, since hardly any file has them.
func mayHaveAliases(content []byte) bool {
	return hasMark(content, '&') && hasMark(content, '*')
}

func hasMark(content []byte, mark byte) bool {
	for i := 0; i+1 < len(content); i++ {
		if content[i] != mark || bytes.IndexByte([]byte(" \t\r\n,]}&*"), content[i+1]) >= 0 {
			continue
		}
		if i == 0 || bytes.IndexByte([]byte(" \t\n[{,:-?"), content[i-1]) >= 0 {
			return true
		}
	}
	return false
}

// aliasCounter adds up how many nodes aliases stand for, visiting each node once.
type aliasCounter struct {
	sizes          map[*yaml.Node]int
	throughAliases int
	cyclic         bool
}

// inProgress marks a node whose size is being computed.
const inProgress = -1

// size gives the number of nodes that a node becomes when its aliases are written out, bounded.
func (c *aliasCounter) size(n *yaml.Node) int {
	if known, ok := c.sizes[n]; ok {
		if known == inProgress {
			c.cyclic = true
			return 0
		}
		return known
	}
	c.sizes[n] = inProgress
	total := 1
	if n.Kind == yaml.AliasNode {
		total = c.size(n.Alias)
		c.throughAliases = min(c.throughAliases+total, 2*maxExpansion)
	} else {
		for _, child := range n.Content {
			total = min(total+c.size(child), 2*maxExpansion)
		}
	}
	c.sizes[n] = total
	return total
}
