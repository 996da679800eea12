"""The words of the page Kerawanan: instruments, secrecy, kinds of site, levels, and a value as people read it."""

from collections.abc import Mapping
from decimal import Decimal

from babel.numbers import format_decimal
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kawal.risk.classes import CLASSES, name_of
from kawal.risk.indicators import words_of
from kawal.risk.live import LEVEL_NAMES, Level
from kawal.risk.register import Entry, Value
from kawal_server.command_post.templatetags.kawal import language
from kawal_server.command_post.templatetags.kerawanan import class_name

INSTRUMENT_NAMES: Mapping[str, str] = {
    "ikp": gettext_noop("IKP (Bawaslu)"),
    "ipkp": gettext_noop("IPKP (Polri)"),
    "tps-rawan": gettext_noop("TPS rawan (Bawaslu)"),
    "local": gettext_noop("Penilaian sendiri"),
}
SECRECY_NAMES: Mapping[str, str] = {
    "public": gettext_noop("umum"),
    "internal": gettext_noop("internal"),
    "intel": gettext_noop("intelijen"),
}
SITE_NAMES: Mapping[str, str] = {
    "warehouse": gettext_noop("Gudang KPU"),
    "kpu": gettext_noop("Kantor KPU"),
    "bawaslu": gettext_noop("Kantor Bawaslu"),
    "ppk": gettext_noop("Sekretariat PPK"),
    "pleno": gettext_noop("Tempat pleno"),
    "jetty": gettext_noop("Dermaga"),
    "crossing": gettext_noop("Penyeberangan"),
    "bridge": gettext_noop("Jembatan"),
    "other": gettext_noop("Lainnya"),
}
KIND_NAMES: Mapping[str, str] = {
    "province": gettext_noop("provinsi"),
    "regency": gettext_noop("kabupaten/kota"),
    "district": gettext_noop("kecamatan"),
    "village": gettext_noop("desa/kelurahan"),
    "station": "TPS",
}


def class_choices() -> list[tuple[str, str]]:
    """The classes to choose from."""
    return [(one, class_name(one)) for one in CLASSES]


def choices(names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Keys and their words, for a list to choose from."""
    return [(key, _(name)) for key, name in names.items()]


def level_name(level: Level) -> str:
    """How grave a disturbance is, in words."""
    return LEVEL_NAMES[level][1 if language() == "en" else 0]


def value_words(value: Value) -> str:
    """What an entry said."""
    match value:
        case None:
            return _("ditarik")
        case Decimal():
            return format_decimal(value, locale=language())
        case frozenset():
            return ", ".join(words_of(one, language()) for one in sorted(value)) or _("tidak ada indikator ditemukan")
    return name_of(value, language())


def stage_words(entry: Entry) -> str:
    """A stage as people read its id."""
    return entry.stage.replace("-", " ")
