"""How bad the data of a real district is, as shares between 0 and 1."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class BadData:
    """Shares of hand-overs, phones, boxes, sites, seals and attestations that go wrong.

    paper: of hand-overs between units. silent_12h, silent_forever, wrong_clock: of phones.
    label_typo: of boxes that are mistyped once somewhere. wrong_site_point: of sites.
    seal_without_serial: of sealings. missing_attest: of hand-overs.
    """

    paper: float = 0.35
    silent_12h: float = 0.20
    silent_forever: float = 0.05
    label_typo: float = 0.01
    wrong_site_point: float = 0.05
    seal_without_serial: float = 0.20
    wrong_clock: float = 0.05
    missing_attest: float = 0.10

    @classmethod
    def clean(cls) -> BadData:
        """Return data in which nothing is late, wrong, mistyped or on paper."""
        return cls(
            paper=0.0,
            silent_12h=0.0,
            silent_forever=0.0,
            label_typo=0.0,
            wrong_site_point=0.0,
            seal_without_serial=0.0,
            wrong_clock=0.0,
            missing_attest=0.0,
        )
