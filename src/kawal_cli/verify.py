"""Verifying: signatures, chains, tree, quorum, consistency, every proof; it names the first thing that is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from kawal.ledger.chains import by_device, first_break
from kawal.ledger.checkpoint import Checkpoint, check_log_signature, read_checkpoint
from kawal.ledger.devices import read_devices
from kawal.ledger.encoding import digest
from kawal.ledger.event import Event
from kawal.ledger.events import BadShape, read_genesis
from kawal.ledger.findings import cited_roots
from kawal.ledger.note import BadNote
from kawal.ledger.policy import BadPolicy, NoQuorum, Policy, read_policy
from kawal.ledger.proof import read_add_checkpoint, read_proof
from kawal.ledger.reading import LogContent, LogReader
from kawal.ledger.tiles import WIDTH, tile_path, tile_sizes
from kawal.ledger.tree import BadProof, Tree, check_consistency
from kawal_cli.reading import FolderBlobs, Progress, Unreadable, entries, log_folders, older_checkpoints
from kawal_machine.cores import verify_on_all_cores

HASH_BYTES = 32


class Wrong(RuntimeError):
    """The first thing that is wrong, named."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing that was checked and holds."""

    log: str
    what_id: str
    what_en: str


def verify(folder: Path, progress: Progress | None = None) -> Iterator[Checked]:
    """Verify a folder step by step. Raises: Wrong at the first thing wrong, Unreadable where there is no log."""
    for name, path in log_folders(folder).items():
        if (path / "checkpoint").is_file():
            yield from _verify_export(name, path, progress)
        else:
            yield from _verify_bare(name, path, progress)


def _verify_bare(name: str, folder: Path, progress: Progress | None) -> Iterator[Checked]:
    reader = LogReader(name, verify_on_all_cores)
    lines = (folder / "events.jws").read_bytes().split(b"\n")
    for number, line in enumerate(lines):
        if line:
            reader.take(line)
        if progress is not None and number % 512 == 0:
            progress(name, number, len(lines))
    content = reader.finish(has_tree=False)
    if not content.events:
        raise Unreadable(f"{folder}: log kosong / the log is empty")
    yield from _verify_events(name, content)
    yield Checked(name, "tanpa titik periksa: pohon tidak diperiksa", "no checkpoint: the tree is unchecked")


def _verify_export(name: str, folder: Path, progress: Progress | None) -> Iterator[Checked]:
    policy = _policy(folder)
    newest = _checkpoint(folder / "checkpoint")
    yield _check_head(name, policy, newest)
    if not (folder / "tile").is_dir():
        yield from _verify_case(name, folder, policy)
        return
    if not (folder / "tile" / "entries").is_dir():
        yield from _verify_hashes(name, folder, policy, newest)
        return
    content = _read(name, folder, newest.size, progress)
    tree = Tree(content.leaves)
    if tree.root() != newest.root:
        raise Wrong(f"{name}: akar dari entri bukan akar titik periksa / the entries do not give the checkpoint's root")
    yield Checked(name, f"akar dari {newest.size} entri", f"root of {newest.size} entries")
    yield _verify_tiles(name, folder, tree)
    yield _verify_older(name, folder, policy, tree)
    yield _verify_consistency(name, folder, policy, tree)
    _verify_genesis(name, content, newest, folder)
    yield from _verify_events(name, content)
    yield from _verify_proofs(name, folder, policy)
    _verify_named(name, folder, content)
    yield _verify_blobs(name, folder)


def _verify_hashes(name: str, folder: Path, policy: Policy, newest: Checkpoint) -> Iterator[Checked]:
    """A log without its entries, as Bawaslu's archive has the guarding: its tree holds, and that is said to be all."""
    hashes = b"".join(_hash_tile(folder, index, width) for level, index, width in tile_sizes(newest.size) if level == 0)
    tree = Tree(hashes[at : at + HASH_BYTES] for at in range(0, len(hashes), HASH_BYTES))
    if tree.size != newest.size or tree.root() != newest.root:
        raise Wrong(f"{name}: akar dari ubin bukan akar titik periksa / the tiles do not give the checkpoint's root")
    yield Checked(name, f"akar dari {newest.size} hash", f"root of {newest.size} hashes")
    yield _verify_tiles(name, folder, tree)
    yield _verify_older(name, folder, policy, tree)
    yield _verify_consistency(name, folder, policy, tree)
    yield Checked(name, "tanpa entri: peristiwanya tidak diperiksa", "no entries: its events are unchecked")


def _hash_tile(folder: Path, index: int, width: int) -> bytes:
    path = folder / tile_path(0, index, width)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Wrong(f"{path}: tidak terbaca / cannot be read: {error}") from error
    if len(data) != width * HASH_BYTES:
        raise Wrong(f"{path}: {len(data)} bita, harus {width * HASH_BYTES} / wrong number of bytes")
    return data


def _policy(folder: Path) -> Policy:
    try:
        return read_policy((folder / "policy").read_bytes())
    except (OSError, BadPolicy) as error:
        raise Wrong(f"{folder / 'policy'}: {error}") from error


def _checkpoint(path: Path) -> Checkpoint:
    try:
        return read_checkpoint(path.read_bytes())
    except (OSError, BadNote) as error:
        raise Wrong(f"{path}: {error}") from error


def _check_head(name: str, policy: Policy, newest: Checkpoint) -> Checked:
    try:
        policy.check(newest)
        cosigned = ", ".join(sorted(policy.witness_times(newest))) or "-"
    except (BadNote, NoQuorum) as error:
        raise Wrong(f"{name}/checkpoint: {error}") from error
    return Checked(name, f"tanda tangan log dan kuorum: {cosigned}", f"log signature and quorum: {cosigned}")


def _read(name: str, folder: Path, size: int, progress: Progress | None) -> LogContent:
    reader = LogReader(name, verify_on_all_cores)
    try:
        for index, entry in enumerate(entries(folder, size)):
            reader.take(entry)
            if progress is not None and index % 512 == 0:
                progress(name, index, size)
    except Unreadable as error:
        raise Wrong(str(error)) from error
    return reader.finish()


def _verify_tiles(name: str, folder: Path, tree: Tree) -> Checked:
    count = 0
    for level, index, width in tile_sizes(tree.size):
        path = folder / tile_path(level, index, width)
        span = WIDTH**level
        start = index * WIDTH * span
        expected = b"".join(tree.subtree(start + at * span, start + (at + 1) * span) for at in range(width))
        if not path.is_file() or path.read_bytes() != expected:
            raise Wrong(f"{path}: ubin tidak cocok dengan entri / the tile does not match the entries")
        count += 1
    return Checked(name, f"{count} ubin", f"{count} tiles")


def _verify_older(name: str, folder: Path, policy: Policy, tree: Tree) -> Checked:
    notes: list[str] = []
    count = 0
    for file, checkpoint in older_checkpoints(folder, notes):
        try:
            check_log_signature(checkpoint, policy.log_of(checkpoint.origin))
            policy.witness_times(checkpoint)
            if tree.root(checkpoint.size) != checkpoint.root:
                raise Wrong(f"{name}/{file}: akar lama tidak ada dalam sejarah ini / its root is not in this history")
        except (BadNote, NoQuorum, BadProof) as error:
            raise Wrong(f"{name}/{file}: {error}") from error
        count += 1
    if notes:
        raise Wrong(f"{name}/{notes[0]}")
    return Checked(name, f"{count} titik periksa lama", f"{count} older checkpoints")


def _verify_consistency(name: str, folder: Path, policy: Policy, tree: Tree) -> Checked:
    count = 0
    for path in sorted(folder.glob("cons.*.*")):
        try:
            body = read_add_checkpoint(path.read_bytes())
            check_log_signature(body.checkpoint, policy.log_of(body.checkpoint.origin))
            old_root = tree.root(body.old)
            check_consistency(body.old, old_root, body.checkpoint.size, body.checkpoint.root, body.proof)
        except (OSError, BadNote, BadProof, NoQuorum) as error:
            raise Wrong(f"{path}: {error}") from error
        count += 1
    return Checked(name, f"{count} bukti konsistensi", f"{count} consistency proofs")


def _verify_genesis(name: str, content: LogContent, newest: Checkpoint, folder: Path) -> None:
    first = content.events[0] if content.events else None
    if first is None or first.t != "ledger.genesis":
        raise Wrong(f"{name}: daun 0 bukan genesis / leaf 0 is not the genesis")
    try:
        genesis = read_genesis(first)
    except BadShape as error:
        raise Wrong(f"{name}: genesis: {error}") from error
    if genesis.origin != newest.origin:
        raise Wrong(f"{name}: genesis milik {genesis.origin}, log ini {newest.origin} / the genesis is another log's")
    allowed = {genesis.policy} | {
        str(event.payload.get("mh")) for event in content.events if event is not None and event.t == "ledger.policy"
    }
    if genesis.policy and digest((folder / "policy").read_bytes()) not in allowed:
        raise Wrong(f"{name}/policy: bukan kebijakan yang disebut genesis / not the policy that the genesis names")


def _verify_events(name: str, content: LogContent) -> Iterator[Checked]:
    chains = check_log(name, content)
    yield Checked(name, f"{len(content.events)} tanda tangan", f"{len(content.events)} signatures")
    yield Checked(name, f"{chains} rantai perangkat", f"{chains} device chains")


def check_log(name: str, content: LogContent) -> int:
    """Check that every leaf of a log that was read is an event of an enrolled key, on a chain that holds.

    Gives the number of chains; the signatures were verified while reading. Raises: Wrong.
    """
    if content.problems:
        problem = content.problems[0]
        raise Wrong(f"{name}: daun {problem.index} / leaf {problem.index}: {problem.reason}")
    events = [event for event in content.events if event is not None]
    if content.unknown:
        index = next(index for index, event in enumerate(events) if event.eid in content.unknown)
        raise Wrong(f"{name}: daun {index}: kunci tanpa pendaftaran / leaf {index}: a key that nobody enrolled")
    chains = by_device(events)
    devices = read_devices(events)
    broken = first_break(chains, {kid: devices.roots(kid) for kid in chains})
    if broken is not None:
        kid, seq = broken.after.kid, broken.after.seq
        raise Wrong(f"{name}: rantai {kid} putus atau bercabang di nomor {seq} / chain broken or forked at that number")
    false = _false_view(content)
    if false is not None:
        raise Wrong(f"{name}: {false.kid} melihat pohon lain ({false.eid}) / saw another tree")
    return len(chains)


def _false_view(content: LogContent) -> Event | None:
    if not content.has_tree:
        return None
    roots = cited_roots(content)
    for event in content.events:
        if event is not None and event.cp is not None and event.cp[0] in roots and roots[event.cp[0]] != event.cp[1]:
            return event
    return None


def _verify_proofs(name: str, folder: Path, policy: Policy) -> Iterator[Checked]:
    count = 0
    for path in sorted((folder / "proofs").glob("*.tlog-proof")):
        try:
            proof = read_proof(path.read_bytes())
            policy.check(proof.checkpoint)
            entry = path.with_suffix(".jws").read_bytes()
            proof.check(entry.removesuffix(b"\n"))
        except (OSError, BadNote, BadProof, NoQuorum) as error:
            raise Wrong(f"{path}: {error}") from error
        if path.stem != str(proof.index):
            raise Wrong(f"{path}: bukti untuk daun {proof.index} / the proof is of leaf {proof.index}")
        count += 1
    yield Checked(name, f"{count} bukti", f"{count} proofs")


def _verify_named(name: str, folder: Path, content: LogContent) -> None:
    """Every manifest that an event names must be there; photos may still be on their way."""
    blobs = FolderBlobs((folder,))
    named = {str(event.payload["mh"]) for event in content.events if event is not None and "mh" in event.payload}
    for mh in sorted(named):
        if not blobs.holds(mh):
            raise Wrong(f"{name}/blobs: lampiran {mh} tidak ada / a manifest that an event names is not there")


def _verify_case(name: str, folder: Path, policy: Policy) -> Iterator[Checked]:
    """A case file: no tree, but every event is proven, and signed by a key whose enrolment is there too."""
    yield from _verify_proofs(name, folder, policy)
    events = sorted((folder / "proofs").glob("*.jws"), key=lambda path: int(path.stem) if path.stem.isdecimal() else -1)
    if not events:
        raise Wrong(f"{folder}: tidak ada ubin dan tidak ada bukti / neither tiles nor proofs")
    reader = LogReader(name, verify_on_all_cores)
    for path in events:
        reader.take(path.read_bytes().removesuffix(b"\n"))
    content = reader.finish(has_tree=False)
    for problem in content.problems:
        raise Wrong(f"{events[problem.index]}: {problem.reason}")
    for event, path in zip(content.events, events, strict=True):
        if event is not None and event.eid in content.unknown:
            raise Wrong(f"{path}: kunci tanpa pendaftaran / a key that nobody enrolled")
    yield Checked(name, f"{len(events)} tanda tangan", f"{len(events)} signatures")
    yield _verify_blobs(name, folder)


def _verify_blobs(name: str, folder: Path) -> Checked:
    count = 0
    for path in sorted((folder / "blobs").glob("*")):
        if sha256(path.read_bytes()).hexdigest() != path.name:
            raise Wrong(f"{path}: isi bukan milik namanya / its bytes do not match its name")
        count += 1
    return Checked(name, f"{count} lampiran", f"{count} blobs")
