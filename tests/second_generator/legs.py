"""Who escorts, who supervises and who types the paper on each leg."""

from __future__ import annotations

from .crew import Crew
from .device import Device
from .hand_over import HandOver


def kecamatan_deal(
    crew: Crew,
    kecamatan: str,
    leg: str,
    giver: Device,
    receiver: Device,
    boxes: tuple[str, ...],
    *,
    site: str,
    diff: tuple[tuple[str, str], ...] = (),
    is_by_phones: bool = False,
) -> HandOver:
    """Build a hand-over escorted by the Polsek and supervised by the Panwascam."""
    return HandOver(
        leg,
        giver,
        receiver,
        boxes,
        site,
        escort=crew[f"polsek-{kecamatan}/2"],
        supervisor=crew[f"panwascam-{kecamatan}/1"],
        typist=crew[f"polsek-{kecamatan}/1"],
        diff=diff,
        is_by_phones=is_by_phones,
    )


def desa_deal(
    crew: Crew,
    desa: str,
    leg: str,
    giver: Device,
    receiver: Device,
    boxes: tuple[str, ...],
    *,
    site: str,
    diff: tuple[tuple[str, str], ...] = (),
    is_by_phones: bool = False,
    is_answered: bool = True,
) -> HandOver:
    """Build a hand-over escorted by Linmas and supervised by the PKD."""
    return HandOver(
        leg,
        giver,
        receiver,
        boxes,
        site,
        escort=crew[f"linmas-{desa}/1"],
        supervisor=crew[f"pkd-{desa}/1"],
        typist=crew[f"polsek-{desa[:6]}/1"],
        diff=diff,
        is_by_phones=is_by_phones,
        is_answered=is_answered,
    )
