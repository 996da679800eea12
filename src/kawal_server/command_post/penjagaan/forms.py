"""The form of one planned post: rings a line each, hours in the zone of the operation."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from kawal.election.lists.dates import ZONE_HOURS
from kawal_server.store.models import PostPlan

_RING = re.compile(r"(\d{1,2})\s+(.+?)\s+(\d{1,3})")
_HOURS = re.compile(r"([01]?\d|2[0-4])[.:]([0-5]\d)\s*[-–]\s*([01]?\d|2[0-4])[.:]([0-5]\d)")
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{2,63}")
DAY_S = 86_400


class BadForm(ValueError):
    """The form cannot be read. The message says what is so and what to do."""


def new_form(now: int, zone: str) -> dict[str, str]:
    """An empty form."""
    return {
        "kode": "",
        "nama": "",
        "lokasi": "",
        "satuan": "",
        "ring": "1 ruang 2",
        "denyut": "60",
        "senyap": "",
        "mulai": _local(now, zone),
        "selesai": _local(now + 14 * DAY_S, zone),
        "kartu": "",
        "tahapan": "",
    }


def as_form(row: PostPlan, zone: str) -> dict[str, str]:
    """The form as a plan fills it."""
    return {
        "kode": row.post,
        "nama": row.name,
        "lokasi": row.site,
        "satuan": row.unit,
        "ring": "\n".join(f"{one['ring']} {one['name']} {one['strength']}" for one in row.zones),
        "denyut": str(row.beat_s // 60),
        "senyap": ", ".join(f"{since}-{until}" for since, until in row.quiet),
        "mulai": _local(row.starts, zone),
        "selesai": _local(row.ends, zone),
        "kartu": row.card,
        "tahapan": row.stage,
    }


def read_plan(form: Mapping[str, str], zone: str, *, post: str = "") -> PostPlan:
    """Read the form. post: the plan it changes, "" for a new one. Raises: BadForm."""
    code = post or form["kode"].strip().lower()
    if _CODE.fullmatch(code) is None:
        raise BadForm(
            "Kode pos: 3 sampai 64 huruf kecil, angka dan tanda hubung, misalnya pos-ppk-530305. / "
            "The code of a post: 3 to 64 small letters, digits and dashes, such as pos-ppk-530305."
        )
    minutes = form["denyut"].strip()
    if not (minutes.isascii() and minutes.isdigit() and len(minutes) < 5):
        raise BadForm("Jarak denyut: menit, 0 bila tidak ada. / Heartbeat: minutes, 0 where there is none.")
    before = PostPlan.objects.filter(post=code).first() if post else None
    fields: dict[str, Any] = {
        "name": " ".join(form["nama"].split())[:120] or code,
        "site": form["lokasi"].strip()[:64],
        "unit": form["satuan"].strip()[:64],
        "zones": _rings(form["ring"]),
        "beat_s": 60 * int(minutes),
        "quiet": _quiet(form["senyap"]),
        "starts": _moment(form["mulai"], zone),
        "ends": _moment(form["selesai"], zone),
        "card": form["kartu"].strip()[:40],
        "stage": form["tahapan"].strip()[:40],
    }
    if not fields["site"]:
        raise BadForm("Isi lokasi pos, misalnya ppk-530305. / Fill where the post stands, such as ppk-530305.")
    if before is None:
        return PostPlan(post=code, **fields)
    for name, value in fields.items():
        setattr(before, name, value)
    return before


def _rings(text: str) -> list[dict[str, object]]:
    made: list[dict[str, object]] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        found = _RING.fullmatch(line)
        if found is None:
            raise BadForm(
                f"Ring: tulis nomor, nama dan jumlah, misalnya 1 ruang 2; bukan {line[:40]}. / "
                f"A ring: write its number, name and strength, such as 1 room 2; not {line[:40]}."
            )
        made.append({"ring": int(found[1]), "name": found[2][:40], "strength": int(found[3])})
    return made


def _quiet(text: str) -> list[list[str]]:
    made = []
    for part in filter(None, (part.strip() for part in re.split(r"[,;\n]", text))):
        found = _HOURS.fullmatch(part)
        if found is None:
            raise BadForm(
                f"Jam senyap: tulis 22.00-05.00; bukan {part[:40]}. / Silent hours: write 22.00-05.00; not {part[:40]}."
            )
        made.append([f"{int(found[1]):02d}.{found[2]}", f"{int(found[3]):02d}.{found[4]}"])
    return made


def _ahead(zone: str) -> timezone:
    return timezone(timedelta(hours=ZONE_HOURS.get(zone, 0)))


def _local(at: int, zone: str) -> str:
    return datetime.fromtimestamp(at, _ahead(zone)).strftime("%Y-%m-%dT%H:%M")


def _moment(text: str, zone: str) -> int:
    try:
        return int(datetime.fromisoformat(text.strip()).replace(tzinfo=_ahead(zone)).timestamp())
    except ValueError as error:
        raise BadForm("Isi tanggal dan jamnya. / Fill the date and the hour.") from error
