"""A clerk's list on its way in: handed in, looked at, read otherwise, and accepted with every doubt confirmed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, cast

from django.db import transaction

from kawal.election.lists.columns import ListKind
from kawal.election.lists.equipment import SealLot, Vehicle
from kawal.election.lists.registering import Change, ManifestRow, box_rows, compare, row_key, session_rows, site_rows
from kawal.election.lists.sessions import SessionRow
from kawal.election.lists.sites import SiteRow
from kawal.election.lists.stations import Station
from kawal_server import clock
from kawal_server.actions.area_of_post import elections_of
from kawal_server.actions.open_operation import NoOperation
from kawal_server.actions.read_lists import (
    AnyRow,
    Choice,
    Preview,
    read_list,
    rows_as_json,
    setting_of,
    sheets_of,
)
from kawal_server.actions.register_lists import ManifestKind, accepted, pleno_deadline, registered
from kawal_server.store.models import ColumnMemory, ListDraft, Operation, SealLotRow, VehicleRow

MANIFEST_OF: dict[ListKind, ManifestKind] = {"stations": "boxes", "sites": "sites", "sessions": "sessions"}
SEPARATE_DOUBTS = 12


class NothingHandedIn(LookupError):
    """There is no list of this kind to look at."""

    def __init__(self) -> None:
        super().__init__("Belum ada berkas. Unggah dulu. / There is no file yet. Upload one first.")


class PreviewChanged(RuntimeError):
    """What is to be accepted is not what was shown."""

    def __init__(self) -> None:
        super().__init__(
            "Pratinjau berubah sejak halaman ini dibuka. Periksa lagi, lalu terima. / "
            "The preview has changed since this page was opened. Look again, then accept."
        )


class NotConfirmed(RuntimeError):
    """A doubt of the list was not confirmed."""

    def __init__(self) -> None:
        super().__init__(
            "Masih ada yang belum dipastikan. Centang setiap selisih yang benar adanya, atau perbaiki daftarnya. / "
            "Something is not confirmed yet. Tick each difference that is right, or correct the list."
        )


class NothingRead(ValueError):
    """No row of the list could be read."""

    def __init__(self) -> None:
        super().__init__(
            "Tidak ada baris yang terbaca. Pilih lembar, kepala atau kolom lain. / "
            "No row could be read. Choose another sheet, header or column."
        )


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a clerk must confirm by name. details: what it sums up, by language."""

    key: str
    says: dict[str, str]
    details: Sequence[dict[str, str]] = ()


@dataclass(frozen=True)
class Looked:
    """A list handed in, as it reads now. mark: what must be the same when it is accepted."""

    draft: ListDraft
    choice: Choice
    preview: Preview
    change: Change | None
    doubts: Sequence[Doubt]
    mark: str


def hand_in(kind: ListKind, name: str, content: bytes, *, by: str, decree: Mapping[str, int] | None = None) -> None:
    """Keep a file to look at, in the place of one handed in before. decree: what it says of the stations.

    Raises: ListRefused, EmptyList, NoOperation.
    """
    choice = Choice(decree=decree or {})
    read_list(kind, sheets_of(content), choice, setting_of(_operation(), kind))
    fields = {
        "file_name": name[:200],
        "content": content,
        "choice": choice.as_json(),
        "by": by,
        "at": clock.now(),
    }
    ListDraft.objects.update_or_create(kind=kind, state="preview", defaults=fields)


def choose(kind: ListKind, choice: Choice) -> None:
    """Read the list otherwise from now on. Raises: NothingHandedIn."""
    draft = _handed_in(kind)
    draft.choice = choice.as_json()
    draft.save(update_fields=["choice"])


def discard(kind: ListKind) -> None:
    """Forget the file handed in; what was accepted stays."""
    ListDraft.objects.filter(kind=kind, state="preview").delete()


def look(kind: ListKind) -> Looked:
    """Read the file handed in, as chosen. Raises: NothingHandedIn, NoOperation, ListRefused, EmptyList."""
    draft, operation = _handed_in(kind), _operation()
    choice = Choice(**draft.choice)
    preview = read_list(kind, sheets_of(bytes(draft.content)), choice, setting_of(operation, kind))
    change = change_of(kind, preview.rows, operation)
    doubts = doubts_of(preview, change)
    seen = [repr(choice), *(repr(row) for row in preview.rows), *(repr(one) for one in doubts)]
    mark = sha256("\n".join([sha256(draft.content).hexdigest(), *seen]).encode()).hexdigest()[:32]
    return Looked(draft, choice, preview, change, doubts, mark)


def accept(kind: ListKind, *, mark: str, confirmed: Iterable[str], remember: bool, by: str) -> None:
    """Accept the list as it was shown, every doubt confirmed by its key; it takes the place of the one before.

    Raises: PreviewChanged, NotConfirmed, NothingRead, and what `look` raises.
    """
    looked = look(kind)
    if looked.mark != mark:
        raise PreviewChanged
    if not looked.preview.rows:
        raise NothingRead
    if {one.key for one in looked.doubts} - set(confirmed):
        raise NotConfirmed
    says = [one.says for one in looked.doubts]
    with transaction.atomic():
        keep(kind, looked.preview.rows, file_name=looked.draft.file_name, confirmed=says, by=by)
        if remember:
            remember_columns(looked.preview)
        discard(kind)


def keep(kind: ListKind, rows: Sequence[AnyRow], *, file_name: str, confirmed: Sequence[Any], by: str) -> None:
    """Keep the rows of an accepted list in the place of the one before."""
    fields = {
        "file_name": file_name[:200],
        "rows": rows_as_json(rows),
        "confirmed": list(confirmed),
        "by": by,
        "at": clock.now(),
    }
    ListDraft.objects.update_or_create(kind=kind, state="accepted", defaults=fields)
    if kind == "seal_stock":
        _keep_lots(cast("Sequence[SealLot]", rows))
    elif kind == "vehicles":
        _keep_vehicles(cast("Sequence[Vehicle]", rows))


def remember_columns(preview: Preview) -> None:
    """Read lists with the same header the same way from now on."""
    for table in preview.chosen:
        fields = {"columns": table.columns.as_json()}
        ColumnMemory.objects.update_or_create(kind=preview.kind, fingerprint=table.fingerprint, defaults=fields)


def change_of(kind: ListKind, rows: Sequence[AnyRow], operation: Operation) -> Change | None:
    """What accepting these rows would change; None where there is nothing before it, or the kind has no manifest."""
    manifest = MANIFEST_OF.get(kind)
    if manifest is None:
        return None
    after = _as_manifest(kind, rows, operation)
    if operation.opened_at is not None:
        before = registered(manifest)
        # What the log holds is never withdrawn: it all counts as history.
        return compare(manifest, before, after, [row_key(manifest, row) for row in before])
    earlier = accepted(kind)
    return compare(manifest, _as_manifest(kind, earlier, operation), after) if earlier else None


def _as_manifest(kind: ListKind, rows: Sequence[AnyRow], operation: Operation) -> list[ManifestRow]:
    match kind:
        case "stations":
            return box_rows(cast("Sequence[Station]", rows), elections_of(operation))
        case "sites":
            return site_rows(cast("Sequence[SiteRow]", rows), lambda _area: operation.zone)
        case _:
            sessions = cast("Sequence[SessionRow]", rows)
            return session_rows(sessions, elections_of(operation), deadline=pleno_deadline(operation))


def doubts_of(preview: Preview, change: Change | None) -> list[Doubt]:
    """What must be confirmed: each difference of the sums, the rows left out, and what would disappear."""
    found = _differences(preview)
    errors = preview.errors
    if errors:
        count = len(errors)
        says = {
            "id": f"{count} baris tidak terbaca dan tidak ikut diterima.",
            "en": f"{count} rows could not be read and are not accepted.",
        }
        found.append(Doubt(_key(says, errors), says))
    if change is not None and change.removed:
        count = len(change.removed)
        says = {
            "id": f"{count} baris dari daftar sebelumnya tidak ada lagi di daftar ini dan akan hilang.",
            "en": f"{count} rows of the list before are not in this one and will be gone.",
        }
        found.append(Doubt(_key(says, change.removed), says))
    return found


def _differences(preview: Preview) -> list[Doubt]:
    """One doubt a difference; where there are very many, one that names them all."""
    says = [_in_one_language(one.says) for one in preview.differences]
    if len(says) <= SEPARATE_DOUBTS:
        return [Doubt(_key(one, number), one) for number, one in enumerate(says)]
    summed = {
        "id": f"{len(says)} jumlah yang tertulis berbeda dari yang terbaca:",
        "en": f"{len(says)} stated numbers differ from what was read:",
    }
    return [Doubt(_key(summed, says), summed, says)]


def _in_one_language(says: dict[str, str]) -> dict[str, str]:
    return {
        "id": says["id"].replace("Keputusan / decree", "Keputusan"),
        "en": says["en"].replace("Keputusan / decree", "The decree"),
    }


def _key(says: dict[str, str], about: object) -> str:
    return sha256(repr((says, about)).encode()).hexdigest()[:16]


def _operation() -> Operation:
    operation = Operation.objects.first()
    if operation is None:
        raise NoOperation
    return operation


def _handed_in(kind: ListKind) -> ListDraft:
    draft = ListDraft.objects.filter(kind=kind, state="preview").first()
    if draft is None:
        raise NothingHandedIn
    return draft


def _keep_lots(lots: Sequence[SealLot]) -> None:
    SealLotRow.objects.all().delete()
    SealLotRow.objects.bulk_create(
        [SealLotRow(kind=one.kind, first=one.first, last=one.last, count=one.count) for one in lots]
    )


def _keep_vehicles(vehicles: Sequence[Vehicle]) -> None:
    VehicleRow.objects.all().delete()
    VehicleRow.objects.bulk_create(
        [
            VehicleRow(name=one.name[:200], kind=one.kind[:200], capacity=one.capacity, owner=one.owner[:200])
            for one in vehicles
        ]
    )
