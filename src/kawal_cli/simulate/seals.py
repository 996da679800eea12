"""Seals as they really are on a simulated box, and the stock they are issued from."""

from dataclasses import dataclass

TIES, STICKERS = 2, 1


@dataclass(frozen=True, slots=True)
class Seals:
    """The seals on one box. Without serials only their number can be compared."""

    ties: tuple[str, ...] = ()
    stickers: tuple[str, ...] = ()
    unnumbered_ties: int = 0
    unnumbered_stickers: int = 0

    @property
    def serials(self) -> list[str]:
        """The numbers on them, as offers and manifests list them."""
        return [*self.ties, *self.stickers]

    def members(self) -> list[dict[str, object]]:
        """As `custody.seal` and `custody.check` carry them."""
        rows: list[dict[str, object]] = [{"k": "tie", "s": serial, "n": 1} for serial in self.ties]
        rows += [{"k": "sticker", "s": serial, "n": 1} for serial in self.stickers]
        unnumbered = (("tie", self.unnumbered_ties), ("sticker", self.unnumbered_stickers))
        return rows + [{"k": kind, "s": None, "n": count} for kind, count in unnumbered if count]


class SealStock:
    """Issues every serial once."""

    def __init__(self) -> None:
        self._ties = 0
        self._stickers = 0

    def take(self, *, numbered: bool) -> Seals:
        """Two ties and a sticker for one box."""
        if not numbered:
            return Seals(unnumbered_ties=TIES, unnumbered_stickers=STICKERS)
        ties = tuple(f"T{self._ties + number:07d}" for number in range(1, TIES + 1))
        stickers = tuple(f"S{self._stickers + number:07d}" for number in range(1, STICKERS + 1))
        self._ties += TIES
        self._stickers += STICKERS
        return Seals(ties, stickers)
