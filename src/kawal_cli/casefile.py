"""Copies of an export with the proofs asked for, and the case file of one box."""

import json
from collections.abc import Mapping
from pathlib import Path

from kawal.ledger.checkpoint import Checkpoint, read_checkpoint
from kawal.ledger.encoding import blob_name
from kawal.ledger.event import Eid, Event
from kawal.ledger.events import answers
from kawal.ledger.proof import write_proof
from kawal.ledger.reading import LogContent, LogReader
from kawal.ledger.tree import Tree
from kawal_cli.reading import FolderBlobs, Progress, Unreadable, entries, log_folders
from kawal_cli.snapshot import copy_published
from kawal_machine.cores import verify_on_all_cores
from kawal_machine.files import write_whole

_README = """Berkas perkara kotak {box}

proofs/<nomor>.jws adalah peristiwa yang ditandatangani; <nomor>.tlog-proof membuktikan bahwa peristiwa itu ada di log
yang disaksikan para saksi dalam `policy`. Periksa dengan:  kawal verify <folder ini>
atau dengan alat lain untuk c2sp.org/tlog-proof dan RFC 7515.

Case file of box {box}

proofs/<n>.jws is a signed event; <n>.tlog-proof proves that it stands in the log that the witnesses of
`policy` cosigned.
Check with:  kawal verify <this folder>   or with any other tool for c2sp.org/tlog-proof and RFC 7515.
"""


def export(source: Path, out: Path, *, box: str | None, proofs: str, progress: Progress | None = None) -> int:
    """Copy an export with proofs, or write one box's case file. Gives the number of proofs. Raises: Unreadable."""
    if out.exists():
        raise FileExistsError(f"{out}: sudah ada, pilih folder lain / exists, choose another folder")
    written = 0
    folders = log_folders(source)
    for name, folder in folders.items():
        if not (folder / "checkpoint").is_file():
            raise Unreadable(f"{folder}: tanpa titik periksa tidak ada bukti / no checkpoint, so nothing can be proven")
        target = out / name if len(folders) > 1 else out
        written += _export_log(name, folder, target, box=box, proofs=proofs, progress=progress)
    return written


def _export_log(
    name: str, folder: Path, target: Path, *, box: str | None, proofs: str, progress: Progress | None
) -> int:
    data = (folder / "checkpoint").read_bytes()
    newest = read_checkpoint(data)
    reader, lines = LogReader(name, verify_on_all_cores), []
    for entry in entries(folder, newest.size):
        reader.take(entry)
        lines.append(entry)
        if progress is not None and len(lines) % 512 == 0:
            progress(name, len(lines), newest.size)
    content = reader.finish()
    if box is None:
        if any(path.is_symlink() for path in folder.rglob("*")):
            raise Unreadable(f"{folder}: memuat tautan simbolik / holds symbolic links, which are not followed")
        copy_published(folder, target, data)
        chosen = _asked(proofs, newest)
    else:
        chosen = sorted(_case(content, box, FolderBlobs((folder,))))
        for file in ("policy", "checkpoint"):
            write_whole(target / file, (folder / file).read_bytes())
        _copy_blobs(FolderBlobs((folder,)), target, [content.events[index] for index in chosen])
        write_whole(target / "BACA-README.txt", _README.format(box=box).encode())
    tree = Tree(content.leaves)
    for index in chosen:
        proof = write_proof(index, tree.inclusion(index, newest.size), data)
        write_whole(target / "proofs" / f"{index}.tlog-proof", proof)
        write_whole(target / "proofs" / f"{index}.jws", lines[index])
    return len(chosen)


def _asked(proofs: str, newest: Checkpoint) -> list[int]:
    if proofs == "all":
        return list(range(newest.size))
    if proofs == "none":
        return []
    indexes = [int(one) for one in proofs.split(",") if one.strip().isascii() and one.strip().isdigit()]
    if not indexes or max(indexes) >= newest.size:
        raise Unreadable(f"--proofs: all, none, atau nomor 0 sampai {newest.size - 1} / or indexes in that range")
    return indexes


def _case(content: LogContent, box: str, blobs: FolderBlobs) -> set[int]:
    """Indexes of the box's events, of what answers or attests them, of their signers' enrolments, and the genesis."""
    events = {index: event for index, event in enumerate(content.events) if event is not None}
    named = {index for index, event in events.items() if _names(event, box, blobs)}
    about = named | _answering(events, {events[index].eid for index in named})
    about |= _answering(events, {events[index].eid for index in about})
    kids = {events[index].kid for index in about}
    chosen = {0} | about
    # Whoever enrolled or revoked a signer is a signer of this case too, and so are those who enrolled them.
    while kids:
        standing = {
            index
            for index, event in events.items()
            if event.t in ("ledger.enrol", "ledger.revoke") and event.payload.get("kid") in kids
        }
        standing |= _answering(events, {events[index].eid for index in standing})
        added = standing - chosen
        chosen |= added
        kids = {events[index].kid for index in added}
    return chosen


def _names(event: Event, box: str, blobs: FolderBlobs) -> bool:
    if json.dumps(box) in json.dumps(event.payload):
        return True
    mh = event.payload.get("mh")
    data = blobs.read(mh) if isinstance(mh, str) and event.t != "register.manifest" else None
    return data is not None and box.encode() in data


def _answering(events: Mapping[int, Event], eids: set[Eid]) -> set[int]:
    return {index for index, event in events.items() if "of" in event.payload and eids & set(answers(event))}


def _copy_blobs(source: FolderBlobs, target: Path, events: list[Event | None]) -> None:
    for event in events:
        if event is None:
            continue
        photos = event.payload.get("ph")
        for named in [event.payload.get("mh"), *(photos if isinstance(photos, list) else [photos])]:
            data = source.read(named) if isinstance(named, str) else None
            if data is not None:
                write_whole(target / "blobs" / blob_name(str(named)), data)
