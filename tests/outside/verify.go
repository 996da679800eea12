// Verify checks an exported log with Go's own transparency-log code, which shares nothing with ours.
//
// Usage: verify DIR. It prints what holds, one line each, and exits 1 at the first thing that does not.
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8

func main() {
	if len(os.Args) != 2 {
		fail("usage: verify DIR")
	}
	dir := os.Args[1]
	policy := readPolicy(dir)
	newest := policy.open("checkpoint", read(dir, "checkpoint"))
	store := readEntries(dir, newest.N)
	check(store.root(newest.N) == newest.Hash, "checkpoint: the entries do not give its root")
	fmt.Printf("checkpoint: %d entries give its root, the quorum holds\n", newest.N)
	fmt.Printf("tiles: %d\n", checkTiles(dir, store, newest.N))
	fmt.Printf("older checkpoints: %d\n", checkOlder(dir, policy, store))
	fmt.Printf("consistency proofs: %d\n", checkConsistency(dir, policy, store))
	fmt.Printf("inclusion proofs: %d\n", checkProofs(dir, policy, store))
	fmt.Println("OK")
}

func fail(format string, args ...interface{}) {
	fmt.Fprintf(os.Stderr, format+"\n", args...)
	os.Exit(1)
}

func check(holds bool, format string, args ...interface{}) {
	if !holds {
		fail(format, args...)
	}
}

func must(err error, what string) {
	if err != nil {
		fail("%s: %v", what, err)
	}
}

func read(dir, name string) []byte {
	data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	must(err, name)
	return data
}

// The trust policy, C2SP tlog-policy.

type group struct {
	threshold int
	members   []string
}

type policy struct {
	log       note.Verifier
	verifiers []note.Verifier
	witness   map[string]note.Verifier
	groups    map[string]group
	quorum    string
}

func readPolicy(dir string) *policy {
	p := &policy{witness: map[string]note.Verifier{}, groups: map[string]group{}}
	for _, line := range strings.Split(string(read(dir, "policy")), "\n") {
		words := strings.Fields(line)
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		switch words[0] {
		case "log":
			verifier, err := note.NewVerifier(words[1])
			must(err, "policy: log key")
			check(p.log == nil, "policy: one log is looked for")
			p.log = verifier
			p.verifiers = append(p.verifiers, verifier)
		case "witness":
			verifier := newCosigner(words[2])
			p.witness[words[1]] = verifier
			p.verifiers = append(p.verifiers, verifier)
		case "group":
			p.groups[words[1]] = newGroup(words[2], words[3:])
		case "quorum":
			p.quorum = words[1]
		default:
			fail("policy: %s", line)
		}
	}
	check(p.log != nil && p.quorum != "", "policy: no log or no quorum")
	return p
}

func newGroup(threshold string, members []string) group {
	switch threshold {
	case "any":
		return group{1, members}
	case "all":
		return group{len(members), members}
	}
	count, err := strconv.Atoi(threshold)
	must(err, "policy: threshold")
	return group{count, members}
}

func (p *policy) isMet(name string, signed map[string]bool) bool {
	if g, ok := p.groups[name]; ok {
		count := 0
		for _, member := range g.members {
			if p.isMet(member, signed) {
				count++
			}
		}
		return count >= g.threshold
	}
	verifier, ok := p.witness[name]
	return name == "none" || ok && signed[verifier.Name()]
}

// open verifies every line by a known key, the log's among them, and the quorum.
func (p *policy) open(name string, data []byte) tlog.Tree {
	opened, err := note.Open(data, note.VerifierList(p.verifiers...))
	must(err, name)
	signed := map[string]bool{}
	hasLog := false
	for _, signature := range opened.Sigs {
		if signature.Name == p.log.Name() && signature.Hash == p.log.KeyHash() {
			hasLog = true
		} else {
			signed[signature.Name] = true
		}
	}
	check(hasLog, "%s: the log did not sign", name)
	check(p.isMet(p.quorum, signed), "%s: the quorum is not met", name)
	return parseTree(name, opened.Text, p.log.Name())
}

func parseTree(name, text, origin string) tlog.Tree {
	lines := strings.Split(text, "\n")
	check(len(lines) == 4 && lines[3] == "", "%s: not three lines", name)
	check(lines[0] == origin, "%s: the origin is %s", name, lines[0])
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err, name)
	root, err := tlog.ParseHash(lines[2])
	must(err, name)
	return tlog.Tree{N: size, Hash: root}
}

// A cosigner is a witness key of C2SP tlog-cosignature, Ed25519.
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func newCosigner(vkey string) note.Verifier {
	parts := strings.SplitN(vkey, "+", 3)
	check(len(parts) == 3, "policy: witness key")
	material, err := base64.StdEncoding.DecodeString(parts[2])
	must(err, "policy: witness key")
	check(len(material) == 33 && material[0] == 4, "policy: the witness key is not of type 0x04")
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), material...))
	check(fmt.Sprintf("%x", sum[:4]) == parts[1], "policy: the witness key has another id")
	return &cosigner{parts[0], binary.BigEndian.Uint32(sum[:4]), material[1:]}
}

func (c *cosigner) Name() string    { return c.name }
func (c *cosigner) KeyHash() uint32 { return c.hash }

func (c *cosigner) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	signed := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(signature), text)
	return ed25519.Verify(c.key, []byte(signed), signature[8:])
}

// The tree, made anew from the entries.

type hashes struct {
	stored  []tlog.Hash
	entries []tlog.Hash
}

func (h *hashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index >= int64(len(h.stored)) {
			return nil, fmt.Errorf("no hash %d", index)
		}
		found[i] = h.stored[index]
	}
	return found, nil
}

func (h *hashes) root(size int64) tlog.Hash {
	if size == 0 {
		return sha256.Sum256(nil)
	}
	root, err := tlog.TreeHash(size, h)
	must(err, "tree")
	return root
}

func readEntries(dir string, size int64) *hashes {
	store := &hashes{}
	width := int64(1) << tileHeight
	for start := int64(0); start < size; start += width {
		count := size - start
		if count > width {
			count = width
		}
		tile := tlog.Tile{H: tileHeight, L: 0, N: start / width, W: int(count)}
		name := strings.Replace(pathOf(tile), "tile/0/", "tile/entries/", 1)
		rest := read(dir, name)
		for i := int64(0); i < count; i++ {
			check(len(rest) >= 2, "%s: cut off", name)
			length := int(binary.BigEndian.Uint16(rest))
			check(len(rest) >= 2+length, "%s: cut off", name)
			store.add(rest[2 : 2+length])
			rest = rest[2+length:]
		}
		check(len(rest) == 0, "%s: too long", name)
	}
	return store
}

func (h *hashes) add(entry []byte) {
	added, err := tlog.StoredHashes(int64(len(h.entries)), entry, h)
	must(err, "tree")
	h.stored = append(h.stored, added...)
	h.entries = append(h.entries, tlog.RecordHash(entry))
}

// pathOf drops the height, which C2SP tlog-tiles fixes at 8.
func pathOf(tile tlog.Tile) string {
	return strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
}

// checkTiles asks for each tile of the newest tree, and checks the partial ones of older trees where they are kept.
func checkTiles(dir string, store *hashes, size int64) int {
	checked := 0
	for _, tile := range tlog.NewTiles(tileHeight, 0, size) {
		name := pathOf(tile)
		isNewest := int64(tile.W) == size>>(tileHeight*tile.L)-tile.N<<tileHeight
		_, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil && tile.W < 1<<tileHeight && !isNewest {
			continue
		}
		wanted, err := tlog.ReadTileData(tile, store)
		must(err, name)
		check(bytes.Equal(read(dir, name), wanted), "%s: other hashes than the entries give", name)
		checked++
	}
	return checked
}

func matches(dir, pattern string) []string {
	found, err := filepath.Glob(filepath.Join(dir, filepath.FromSlash(pattern)))
	must(err, pattern)
	sort.Strings(found)
	return found
}

func checkOlder(dir string, p *policy, store *hashes) int {
	older := matches(dir, "checkpoint.*")
	for _, path := range older {
		name := filepath.Base(path)
		tree := p.open(name, read(dir, name))
		check(name == fmt.Sprintf("checkpoint.%d", tree.N), "%s: of size %d", name, tree.N)
		check(store.root(tree.N) == tree.Hash, "%s: the entries do not give its root", name)
	}
	return len(older)
}

// split cuts a proof from the checkpoint below it, and gives the lines of the proof.
func split(name string, data []byte) ([]string, []byte) {
	at := bytes.Index(data, []byte("\n\n"))
	check(at >= 0, "%s: no empty line", name)
	return strings.Split(string(data[:at]), "\n"), data[at+2:]
}

func parseHashes(name string, lines []string) []tlog.Hash {
	var parsed []tlog.Hash
	for _, line := range lines {
		hash, err := tlog.ParseHash(line)
		must(err, name)
		parsed = append(parsed, hash)
	}
	return parsed
}

func number(name, line, word string) int64 {
	check(strings.HasPrefix(line, word+" "), "%s: no %s", name, word)
	value, err := strconv.ParseInt(strings.TrimPrefix(line, word+" "), 10, 64)
	must(err, name)
	return value
}

func checkConsistency(dir string, p *policy, store *hashes) int {
	bodies := matches(dir, "cons.*")
	for _, path := range bodies {
		name := filepath.Base(path)
		lines, checkpoint := split(name, read(dir, name))
		old, tree := number(name, lines[0], "old"), p.open(name, checkpoint)
		check(name == fmt.Sprintf("cons.%d.%d", old, tree.N), "%s: from %d to %d", name, old, tree.N)
		proof := parseHashes(name, lines[1:])
		if old == 0 {
			check(len(proof) == 0, "%s: a proof from nothing", name)
			continue
		}
		must(tlog.CheckTree(proof, tree.N, tree.Hash, old, store.root(old)), name)
	}
	return len(bodies)
}

func checkProofs(dir string, p *policy, store *hashes) int {
	proofs := matches(dir, "proofs/*.tlog-proof")
	for _, path := range proofs {
		name := "proofs/" + filepath.Base(path)
		lines, checkpoint := split(name, read(dir, name))
		check(lines[0] == "c2sp.org/tlog-proof@v1" && len(lines) > 1, "%s: another form", name)
		index, tree := number(name, lines[1], "index"), p.open(name, checkpoint)
		check(name == fmt.Sprintf("proofs/%d.tlog-proof", index), "%s: of entry %d", name, index)
		leaf := tlog.RecordHash(read(dir, fmt.Sprintf("proofs/%d.jws", index)))
		check(index < int64(len(store.entries)) && leaf == store.entries[index], "%s: not the log's entry", name)
		must(tlog.CheckRecord(parseHashes(name, lines[2:]), tree.N, tree.Hash, index, leaf), name)
	}
	return len(proofs)
}
