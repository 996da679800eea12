"""How stages and what they bind look, and what is said of them in a few words."""

from django.utils.translation import gettext as _

from kawal.command.lapsing import BoundKind, BoundState, Standing
from kawal.command.stages import StageState

SOON_S = 48 * 3600
_STATES: dict[StageState, str] = {
    "undated": "perhatian",
    "left-out": "keterangan",
    "coming": "keterangan",
    "running": "aman",
    "over": "tidak diketahui",
}


def look(one: Standing, now: int) -> str:
    """How a bound thing looks: about to lapse is a matter of attention, staying without an order is grave."""
    if one.state == "stays":
        return "bahaya"
    if one.state == "lapsed":
        return "tidak diketahui"
    return "perhatian" if one.until - now <= SOON_S else "aman"


def state_look(state: StageState) -> str:
    """The look of a stage's state."""
    return _STATES[state]


def state_word(state: StageState) -> str:
    """A stage's state in a word."""
    return {
        "undated": _("belum bertanggal"),
        "left-out": _("tidak dilaksanakan"),
        "coming": _("akan datang"),
        "running": _("berlangsung"),
        "over": _("selesai"),
    }[state]


def bound_word(state: BoundState) -> str:
    """What has become of a bound thing, in a few words."""
    return {
        "runs": _("berlaku"),
        "extended": _("diperpanjang"),
        "stays": _("tetap berdiri, perlu perintah"),
        "lapsed": _("gugur"),
    }[state]


def kind_word(kind: BoundKind) -> str:
    """A kind of bound thing."""
    return {"post": _("Pos"), "order": _("Perintah"), "roster": _("Jadwal jaga")}[kind]
