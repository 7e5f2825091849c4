package build

import (
	"container/list"
	"crypto/sha256"
	"encoding/json"
)

// What earlier builds of this process came to. A worker builds for all teams: what is kept is found by a digest of all
// that it was made of, so that nobody gets what he has not got already.
var (
	earlier   = newMemory(32 << 20)
	decodable = digests{most: 50_000}
)

type digest = [sha256.Size]byte

// key stands for all that a part depends on besides the process. What Secrets hold is not kept.
func (p *parts) key(manifests []manifest, request Request) (key digest, keep bool) {
	request.MaxOutput = 0
	hash := sha256.New()
	encoder := json.NewEncoder(hash)
	for _, value := range []any{request, p.kustomization.Namespace} {
		if encoder.Encode(value) != nil {
			return key, false
		}
	}
	for _, one := range manifests {
		content := sha256.Sum256(one.content)
		if encoder.Encode(one.entry) != nil || encoder.Encode(content[:]) != nil {
			return key, false
		}
	}
	hash.Sum(key[:0])
	return key, len(request.Secret) == 0
}

// memory keeps the parts that were used last, up to a number of bytes.
type memory struct {
	most  int
	size  int
	order *list.List
	parts map[digest]*list.Element
}

type remembered struct {
	key  digest
	part *part
}

func newMemory(most int) *memory {
	return &memory{most: most, order: list.New(), parts: map[digest]*list.Element{}}
}

func (m *memory) get(key digest) *part {
	element := m.parts[key]
	if element == nil {
		return nil
	}
	m.order.MoveToFront(element)
	return element.Value.(*remembered).part
}

func (m *memory) put(key digest, part *part) {
	if m.parts[key] != nil || part.bytes > m.most {
		return
	}
	m.parts[key] = m.order.PushFront(&remembered{key, part})
	for m.size += part.bytes; m.size > m.most; {
		last := m.order.Remove(m.order.Back()).(*remembered)
		delete(m.parts, last.key)
		m.size -= last.part.bytes
	}
}

// digests remembers contents, and forgets all of them when they are too many.
type digests struct {
	most int
	seen map[digest]bool
}

func (d *digests) has(content digest) bool { return d.seen[content] }

func (d *digests) add(content digest) {
	if d.seen == nil || len(d.seen) >= d.most {
		d.seen = map[digest]bool{}
	}
	d.seen[content] = true
}
