package build

import (
	"bytes"
	"encoding/json"
	"errors"
	"hash/fnv"
	"maps"
	"path/filepath"
	"reflect"
	"slices"

	"sigs.k8s.io/kustomize/api/resmap"
	"sigs.k8s.io/kustomize/api/resource"
	"sigs.k8s.io/kustomize/api/types"

	"tenantry.dev/workers/internal/sourcefs"
)

// Kustomize compares each object with every other one, so what it takes grows with the square of their number. Where a
// kustomization does nothing but list files and set a namespace, what comes out is what comes out of its parts: they are
// built apart, by kustomize too, and only those whose files have changed are built again.

// divisible is the number of objects from which on a kustomization is built in parts.
var divisible = 600

// partSize is the number of objects at which a part ends.
var partSize = 100

// errUndivided says that the parts do not tell the whole.
var errUndivided = errors.New("it must be built as a whole")

// internals mark what kustomize itself acts on: objects that are dropped, hashes for names.
var internals = [][]byte{[]byte("config.kubernetes.io"), []byte("kustomize.config.k8s.io")}

// withReferences are the kinds that name an object with its namespace. Kustomize writes a new namespace of the one into
// the other. All other references are names alone, which no part changes.
var withReferences = []string{
	"ClusterRoleBinding", "MutatingWebhookConfiguration", "Node", "RoleBinding", "ValidatingWebhookConfiguration",
}

// parts are groups of files, or of documents in files, that can be built apart from each other.
type parts struct {
	kustomization *prepared
	groups        [][]manifest
}

// manifest is a file with objects, or a piece of one.
type manifest struct {
	// entry is what the kustomization calls the file.
	entry   string
	content []byte
	piece   bool
}

// objects estimates how many objects a file has.
func (m manifest) objects() int { return max(1, bytes.Count(m.content, []byte("kind:"))) }

// documentStart is a line that begins a document, wherever it stands.
var documentStart = []byte("\n---\n")

// pieces takes a file with too many objects for one part apart, between documents.
func (m manifest) pieces() []manifest {
	if m.objects() <= partSize {
		return []manifest{m}
	}
	var pieces []manifest
	for start := 0; start < len(m.content); {
		end := start
		for documents := 0; documents < partSize && end < len(m.content); documents++ {
			if next := bytes.Index(m.content[end+1:], documentStart); next >= 0 {
				end += 1 + next
			} else {
				end = len(m.content)
			}
		}
		pieces = append(pieces, manifest{m.entry, m.content[start:end], true})
		start = end
	}
	return pieces
}

// split divides a kustomization, if its parts tell the whole and there are enough objects for it to be worth it.
func split(kustomization *prepared, files *sourcefs.FS) (*parts, bool) {
	if !listsOnly(kustomization.Kustomization) {
		return nil, false
	}
	var manifests []manifest
	total := 0
	listed := map[string]bool{}
	for _, entry := range kustomization.Resources {
		if filepath.IsAbs(entry) || looksRemote(entry) || listed[filepath.Clean(entry)] {
			return nil, false
		}
		listed[filepath.Clean(entry)] = true
		content, err := files.ReadFile(filepath.Join(kustomization.folder, entry))
		if err != nil || slices.ContainsFunc(internals, func(mark []byte) bool { return bytes.Contains(content, mark) }) {
			return nil, false
		}
		one := manifest{entry: entry, content: content}
		manifests = append(manifests, one.pieces()...)
		total += one.objects()
	}
	return &parts{kustomization, group(manifests)}, total >= divisible
}

// listsOnly says whether a kustomization has no other fields than those that act on each object by itself.
func listsOnly(kustomization types.Kustomization) bool {
	bare := types.Kustomization{TypeMeta: kustomization.TypeMeta, MetaData: kustomization.MetaData,
		Namespace: kustomization.Namespace, Resources: kustomization.Resources}
	return kustomization.Kind == types.KustomizationKind && reflect.DeepEqual(kustomization, bare)
}

// group puts files together in their order. Where a group ends depends mostly on the names of the files, so that one
// that comes or goes changes few groups.
func group(manifests []manifest) [][]manifest {
	var groups [][]manifest
	start, size := 0, 0
	for i, one := range manifests {
		size += one.objects()
		if size >= partSize || size >= partSize/4 && endsGroup(one.entry) || i == len(manifests)-1 {
			groups = append(groups, manifests[start:i+1])
			start, size = i+1, 0
		}
	}
	return groups
}

func endsGroup(entry string) bool {
	hash := fnv.New32a()
	hash.Write([]byte(entry))
	return int(hash.Sum32()%uint32(partSize/2)) == 0
}

// build builds each part and puts them together as kustomize would have done.
func (p *parts) build(request Request, rendering Rendering, files *sourcefs.FS) (Result, error) {
	if _, err := newSubstitution(rendering.PostBuild, request.Variables, !request.Lenient); err != nil {
		return Result{}, errUndivided
	}
	output := newOutput(request)
	unset := map[string]bool{}
	firstIn := map[identifier]int{}
	for i, manifests := range p.groups {
		built, err := p.part(manifests, request, rendering, files)
		if err != nil {
			return Result{}, err
		}
		for _, one := range built.pieces {
			if other, taken := firstIn[one.id]; taken {
				return Result{}, p.conflict(p.groups[other], manifests, files)
			}
			firstIn[one.id] = i
			if err := output.add(one.objects); err != nil {
				return Result{}, err
			}
		}
		for _, name := range built.unset {
			unset[name] = true
		}
	}
	return Result{Objects: output.bytes(), Unset: slices.Sorted(maps.Keys(unset))}, nil
}

// part gives what comes out of some files, which may be known from an earlier build.
func (p *parts) part(manifests []manifest, request Request, rendering Rendering, files *sourcefs.FS) (*part, error) {
	key, keep := p.key(manifests, request)
	if known := earlier.get(key); known != nil && keep {
		return known, nil
	}
	objects, err := p.render(manifests, files)
	if err != nil {
		return nil, err
	}
	substitution, err := newSubstitution(rendering.PostBuild, request.Variables, !request.Lenient)
	if err != nil {
		return nil, err
	}
	finisher := finisher{substitution, rendering.CommonMetadata, func(*resource.Resource) error { return errUndivided }}
	built := &part{}
	for _, object := range objects.Resources() {
		if p.kustomization.Namespace != "" && slices.Contains(withReferences, object.GetKind()) {
			return nil, errUndivided
		}
		finished, err := finisher.finish(object)
		if err != nil {
			return nil, err
		}
		built.add(piece{identify(object), finished})
	}
	built.unset = slices.Sorted(maps.Keys(substitution.unset))
	if keep {
		earlier.put(key, built)
	}
	return built, nil
}

// conflict gives kustomize's own words for two objects of one identity.
func (p *parts) conflict(one, other []manifest, files *sourcefs.FS) error {
	if _, err := p.render(slices.Concat(one, other), files); err != nil {
		return err
	}
	return errUndivided
}

// render lets kustomize build some files as if there were no others, and of a file in pieces only these.
func (p *parts) render(manifests []manifest, files *sourcefs.FS) (resmap.ResMap, error) {
	var entries []string
	pieces := map[string][]byte{}
	for _, one := range manifests {
		if !one.piece || pieces[one.entry] == nil {
			entries = append(entries, one.entry)
		}
		if one.piece {
			pieces[one.entry] = append(pieces[one.entry], one.content...)
		}
	}
	for entry, content := range pieces {
		path := filepath.Join(p.kustomization.folder, entry)
		if err := files.Overlay(path, content); err != nil {
			return nil, err
		}
		defer files.Uncover(path)
	}
	return p.kustomization.render(files, entries)
}

// identifier is what no two objects of a build may share.
type identifier struct{ group, version, kind, namespace, name string }

func identify(object *resource.Resource) identifier {
	id := object.CurId()
	return identifier{id.Group, id.Version, id.Kind, id.EffectiveNamespace(), id.Name}
}

// piece is an object that kustomize built, and what is applied of it.
type piece struct {
	id      identifier
	objects []json.RawMessage
}

// part is what came out of some files.
type part struct {
	pieces []piece
	unset  []string
	bytes  int
}

// overhead is about what an object takes besides its text.
const overhead = 300

func (p *part) add(one piece) {
	p.pieces = append(p.pieces, one)
	p.bytes += overhead
	for _, object := range one.objects {
		p.bytes += len(object)
	}
}
