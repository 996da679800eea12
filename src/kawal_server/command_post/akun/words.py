"""Offices, agencies and account events as people say them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

OFFICES = {
    "operator": gettext_noop("Operator posko"),
    "kaops": gettext_noop("Kaops"),
    "karendalops": gettext_noop("Karendalops"),
    "kasetops": gettext_noop("Kasetops"),
    "kasatgas": gettext_noop("Kasatgas"),
    "padal": gettext_noop("Padal"),
    "pamatwil": gettext_noop("Pamatwil"),
    "humas": gettext_noop("Humas"),
    "auditor": gettext_noop("Auditor"),
    "kpu": gettext_noop("Petugas KPU"),
    "bawaslu": gettext_noop("Petugas Bawaslu"),
}
AGENCIES = {
    "polri": "Polri",
    "kpu": "KPU",
    "bawaslu": "Bawaslu",
    "tni": "TNI",
    "linmas": "Linmas",
    "satpolpp": "Satpol PP",
    "pemda": gettext_noop("Pemda"),
    "post": gettext_noop("Posko"),
}
EVENTS = {
    "created": gettext_noop("akun dibuat"),
    "invited": gettext_noop("undangan diberikan"),
    "office-changed": gettext_noop("jabatan diganti"),
    "confirmed": gettext_noop("jabatan disahkan"),
    "deactivated": gettext_noop("akun ditutup"),
    "activated": gettext_noop("akun dibuka lagi"),
    "password-changed": gettext_noop("kata sandi diganti"),
    "factor-added": gettext_noop("faktor kedua ditambah"),
    "factor-removed": gettext_noop("faktor kedua dihapus"),
    "factor-reset": gettext_noop("faktor kedua direset"),
    "codes-made": gettext_noop("kode cadangan dibuat"),
    "code-used": gettext_noop("kode cadangan dipakai"),
    "sessions-ended": gettext_noop("sesi diakhiri"),
    "waits": gettext_noop("tebakan diperlambat"),
    "glass-begun": gettext_noop("darurat dimulai"),
    "glass-ended": gettext_noop("darurat diakhiri"),
    "glass-confirmed": gettext_noop("darurat disahkan"),
}


def office_name(office: str) -> str:
    """An office as people say it."""
    return _(OFFICES[office]) if office in OFFICES else office


def agency_name(agency: str) -> str:
    """An agency as people say it; a dash for none."""
    return _(AGENCIES[agency]) if agency in AGENCIES else agency or "—"


def event_name(kind: str) -> str:
    """What happened to an account."""
    return _(EVENTS[kind]) if kind in EVENTS else kind
