"""What an event, a part in it and a role are called: the words of the life line and of the audit book."""

from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from kawal.watch.titles import title

_KINDS = {
    "custody.seal": gettext_noop("Disegel"),
    "custody.check": gettext_noop("Segel diperiksa"),
    "custody.open": gettext_noop("Dibuka"),
    "custody.offer": gettext_noop("Ditawarkan"),
    "custody.accept": gettext_noop("Jawaban penerima"),
    "custody.close": gettext_noop("Ditutup penyerah"),
    "custody.void": gettext_noop("Penawaran ditarik"),
    "custody.paper": gettext_noop("Serah terima di kertas"),
    "custody.count": gettext_noop("Dihitung"),
    "custody.move": gettext_noop("Dipindahkan darurat"),
    "custody.state": gettext_noop("Keadaan dilaporkan"),
    "convoy.depart": gettext_noop("Berangkat dengan konvoi"),
    "convoy.track": gettext_noop("Jejak konvoi"),
    "convoy.stop": gettext_noop("Konvoi berhenti"),
    "convoy.resume": gettext_noop("Konvoi jalan lagi"),
    "convoy.arrive": gettext_noop("Tiba dengan konvoi"),
    "convoy.split": gettext_noop("Konvoi dibagi"),
    "guard.on": gettext_noop("Mulai jaga"),
    "guard.off": gettext_noop("Selesai jaga"),
    "guard.beat": gettext_noop("Tanda jaga"),
    "guard.log": gettext_noop("Catatan mutasi"),
    "guard.visitor": gettext_noop("Tamu pos"),
    "incident.report": gettext_noop("Kejadian dilaporkan"),
    "incident.update": gettext_noop("Kabar kejadian"),
    "incident.close": gettext_noop("Kejadian ditutup"),
    "ledger.attest": gettext_noop("Kesaksian"),
    "ledger.enrol": gettext_noop("Perangkat didaftarkan"),
    "ledger.enrol-ok": gettext_noop("Pendaftaran disetujui"),
    "ledger.revoke": gettext_noop("Kunci dicabut"),
    "ledger.revoke-ok": gettext_noop("Pencabutan disetujui"),
    "ledger.genesis": gettext_noop("Awal log"),
    "ledger.head": gettext_noop("Kepala rantai"),
    "ledger.gap": gettext_noop("Rantai terputus diakui"),
    "ledger.policy": gettext_noop("Kebijakan saksi"),
    "ledger.release": gettext_noop("Isi log dibuka"),
    "register.manifest": gettext_noop("Daftar resmi"),
    "order.issue": gettext_noop("Perintah"),
    "order.ack": gettext_noop("Perintah diterima"),
    "bko.step": gettext_noop("Langkah BKO"),
    "command.log": gettext_noop("Catatan komando"),
    "patrol.commit": gettext_noop("Rencana patroli"),
    "patrol.point": gettext_noop("Titik patroli"),
    "pleno.open": gettext_noop("Pleno dibuka"),
    "pleno.step": gettext_noop("Langkah pleno"),
    "pleno.suspend": gettext_noop("Pleno diskors"),
    "pleno.resume": gettext_noop("Pleno dilanjutkan"),
    "pleno.close": gettext_noop("Pleno ditutup"),
    "pleno.docs": gettext_noop("Dokumen pleno"),
    "sitrep.publish": gettext_noop("Laporan situasi"),
}
_ANSWERED = {
    "ok": gettext_noop("Diserahkan dan diterima"),
    "diff": gettext_noop("Diterima dengan catatan"),
    "no": gettext_noop("Ditolak penerima"),
    "void": gettext_noop("Penawaran ditarik"),
    "": gettext_noop("Ditawarkan, belum dijawab"),
}
_PARTS = {
    "signer": gettext_noop("Menandatangani"),
    "giver": gettext_noop("Penyerah menandatangani"),
    "receiver": gettext_noop("Penerima menandatangani"),
    "close": gettext_noop("Penyerah menutup"),
    "void": gettext_noop("Penyerah menarik"),
    "attest": gettext_noop("Menyaksikan"),
}
_ROLES = {
    "kpps": "KPPS",
    "pps": "PPS",
    "ppk": "PPK",
    "kpu": "KPU",
    "guard": gettext_noop("penjaga"),
    "escort": gettext_noop("pengawal"),
    "witness": gettext_noop("saksi"),
    "supervisor": gettext_noop("pengawas"),
    "observer": gettext_noop("pengamat"),
    "commander": gettext_noop("komandan"),
    "admin": gettext_noop("admin"),
}
_STANDINGS = {
    "unenrolled": gettext_noop("perangkat tidak terdaftar"),
    "one-agency": gettext_noop("didaftarkan satu instansi"),
    "expired": gettext_noop("di luar masa tugas"),
    "revoked": gettext_noop("kunci sudah dicabut"),
}
_MEMBERS = {
    "why": gettext_noop("alasan"),
    "doc": gettext_noop("dokumen"),
    "is": gettext_noop("keadaan"),
    "res": gettext_noop("jawaban"),
    "convoy": gettext_noop("konvoi"),
    "vehicle": gettext_noop("kendaraan"),
    "from": gettext_noop("dari"),
    "to": gettext_noop("kepada"),
    "kind": gettext_noop("jenis"),
    "level": gettext_noop("tingkat"),
}
_DIFFERENCES = {
    "missing": gettext_noop("tidak ada"),
    "extra": gettext_noop("lebih, tidak dalam daftar"),
    "seal": gettext_noop("segel berbeda"),
}


def kind_name(t: str) -> str:
    """An event's type in words; the type itself where it has none."""
    return _(_KINDS[t]) if t in _KINDS else t


def answered_name(answer: str) -> str:
    """What became of an offer."""
    return _(_ANSWERED.get(answer, _ANSWERED[""]))


def part_name(part: str) -> str:
    """What a signature under a step does."""
    return _(_PARTS.get(part, part))


def role_name(role: str) -> str:
    """A role in words; the role itself where it has none."""
    return _(_ROLES[role]) if role in _ROLES else role


def standing_name(standing: str) -> str:
    """Why a device's word does not count; "" where it does."""
    return _(_STANDINGS[standing]) if standing in _STANDINGS else ""


def member_name(member: str) -> str:
    """A member of an event in words."""
    return _(_MEMBERS[member]) if member in _MEMBERS else member


def value_name(member: str, value: str) -> str:
    """What a member says, in words where it has any: the condition somebody reports of a box."""
    return title(value, language=get_language() or "id") if member == "is" else value


def difference_name(difference: str) -> str:
    """What a receiver wrote of a box."""
    return _(_DIFFERENCES[difference]) if difference in _DIFFERENCES else difference
