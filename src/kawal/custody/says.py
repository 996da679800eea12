"""The sentences of custody findings: each names the box, the time, the reason, and what to do next."""

from collections.abc import Mapping

from kawal.ledger.clock import clock, duration
from kawal.ledger.finding import Says

_SENTENCES: dict[str, tuple[str, str]] = {
    "gap-custodian": (
        (
            "Kotak {box}: sejak {since} sampai {seen} penguasaannya tidak pasti. Pemegang pasti terakhir {holder}; lalu "
            "terlihat pada {unit} tanpa serah terima yang sah. {end}"
        ),
        (
            "Box {box}: from {since} to {seen} control of it is uncertain. Last certain holder {holder}; then seen with "
            "{unit} without an accepted hand-over. {end}"
        ),
    ),
    "gap-site": (
        (
            "Kotak {box}: sejak {since} sampai {seen} penguasaannya tidak pasti. Pemegang pasti terakhir {holder}; lalu "
            "terlihat di {site}, bukan di tempat terakhirnya, tanpa pengawalan tercatat. {end}"
        ),
        (
            "Box {box}: from {since} to {seen} control of it is uncertain. Last certain holder {holder}; then seen at "
            "{site}, not at its last place, with no movement on record. {end}"
        ),
    ),
    "one-sided": (
        (
            "Kotak {box}: ditawarkan {holder} kepada {unit} pada {since}, {how} dalam {limit}. Pemegang pasti terakhir "
            "{holder}. Minta ponsel penerima mengirim, atau catat berita acara kertasnya."
        ),
        (
            "Box {box}: offered by {holder} to {unit} {since}, {how} within {limit}. Last certain holder {holder}. Ask the "
            "receiver's phone to send, or enter the paper record."
        ),
    ),
    "one-sided-conflict": (
        (
            "Kotak {box}: penawaran {holder} kepada {unit} ({since}) ditarik dan diterima sekaligus. Pastikan di "
            "tempat siapa yang memegang."
        ),
        (
            "Box {box}: the offer by {holder} to {unit} ({since}) was both withdrawn and accepted. Find out on the spot "
            "who holds it."
        ),
    ),
    "same-person": (
        (
            "Kotak {box}: diserahkan dan diterima oleh orang atau ponsel yang sama ({holder} ke {unit}) pada {since}. "
            "Ulangi dengan dua orang."
        ),
        "Box {box}: given and received by one person or phone ({holder} to {unit}) {since}. Repeat it with two people.",
    ),
    "wrong-roles": (
        (
            "Kotak {box}: {holder} ({giver}) ke {unit} ({receiver}) pada {since}; peran itu tidak boleh memegang kotak. "
            "Kembalikan kepada penyelenggara dengan serah terima."
        ),
        (
            "Box {box}: {holder} ({giver}) to {unit} ({receiver}) {since}; that role cannot hold boxes. Hand it back to an "
            "election body."
        ),
    ),
    "wrong-roles-paper": (
        "Kotak {box}: di kertas diserahkan {holder} ke {unit} pada {since}; salah satunya bukan penyelenggara. Kembalikan dengan serah terima.",
        "Box {box}: on paper {holder} gave it to {unit} {since}; one of them is no election body. Hand it back properly.",
    ),
    "unwitnessed": (
        (
            "Kotak {box}: serah terima {holder} ke {unit} pada {since} tanpa {lacking} yang menyaksikan. Minta kesaksian "
            "menyusul."
        ),
        (
            "Box {box}: the hand-over {holder} to {unit} {since} was attested by no {lacking}. Ask for the attest that is "
            "owed."
        ),
    ),
    "seal-mismatch": (
        (
            "Kotak {box}: segel tidak cocok pada {since}: terbaca {seen}, tercatat {recorded}; pemegang {holder}. Periksa "
            "segelnya bersama Panwas dan catat."
        ),
        (
            "Box {box}: seals do not match {since}: read {seen}, recorded {recorded}; holder {holder}. Examine the seals "
            "with the supervisor and record it."
        ),
    ),
    "opened": (
        "Kotak {box}: dibuka {opener} pada {since} ({why}): {reason}. Pemegang {holder}. Periksa di tempat bersama Panwas.",
        "Box {box}: opened by {opener} {since} ({why}): {reason}. Holder {holder}. Examine it on the spot with the supervisor.",
    ),
    "unsealed": (
        "Kotak {box}: terbuka sejak {since}, {how}; pemegang {holder}. Segel kembali sekarang.",
        "Box {box}: open since {since}, {how}; holder {holder}. Seal it now.",
    ),
    "two-places": (
        (
            "Kotak {box}: terlihat di {first} pada {since} dan di {second} pada {until}, berjarak {km} km: tidak mungkin "
            "kotak yang sama. Periksa labelnya di kedua tempat; pemegang tercatat {holder}."
        ),
        (
            "Box {box}: seen at {first} {since} and at {second} {until}, {km} km apart: it cannot be the same box. Examine "
            "the label at both places; recorded holder {holder}."
        ),
    ),
    "count-missing": (
        (
            "Kotak {box}: tidak ada saat dihitung di {site} pada {since}; pemegang pasti terakhir {holder}. Cari sebelum "
            "siapa pun pergi."
        ),
        (
            "Box {box}: not there when counted at {site} {since}; last certain holder {holder}. Look for it before anyone "
            "leaves."
        ),
    ),
    "count-extra": (
        (
            "Kotak {box}: ada saat dihitung di {site} pada {since}, padahal tidak dalam daftar; pemegang tercatat {holder}. "
            "Pastikan asalnya."
        ),
        (
            "Box {box}: there when counted at {site} {since} though not on the list; recorded holder {holder}. Find out "
            "where it came from."
        ),
    ),
    "count-number": (
        "{box}: terhitung {counted} kotak pada {since}, seharusnya {expected}. Hitung ulang satu per satu.",
        "{box}: {counted} boxes counted {since}, {expected} expected. Count again one by one.",
    ),
    "missing-ppk": (
        (
            "Kotak {box}: belum terlihat di PPK saat pleno dibuka ({since}); pemegang pasti terakhir {holder}. Tanyakan "
            "sekarang."
        ),
        "Box {box}: not seen at the PPK when its pleno opened ({since}); last certain holder {holder}. Ask now.",
    ),
    "missing-warehouse": (
        (
            "Kotak {box}: belum terlihat di gudang sampai {since}, {limit} setelah pleno ditutup; pemegang pasti terakhir "
            "{holder}. Tanyakan sekarang."
        ),
        (
            "Box {box}: not seen at the warehouse by {since}, {limit} after its pleno closed; last certain holder "
            "{holder}. Ask now."
        ),
    ),
    "unknown": (
        "Kotak {box}: terlihat pada {since} di {holder}, tetapi tidak ada dalam daftar KPU. Amankan dan tanyakan KPU.",
        "Box {box}: seen {since} with {holder}, but not on KPU's list. Secure it and ask KPU.",
    ),
    "slip": (
        "Kotak {box}: nomor ini tidak ada dalam daftar; dibaca sebagai {meant}, salah ketik satu huruf ({since}).",
        "Box {box}: no such number on the list; read as {meant}, one slip of the hand ({since}).",
    ),
    "seal-reused": (
        "Kotak {box}: disegel {since} dengan nomor {serial} yang masih terpasang pada {other}; pemegang {holder}. Periksa kedua kotak.",
        "Box {box}: sealed {since} with number {serial}, which is still on {other}; holder {holder}. Examine both boxes.",
    ),
    "early": (
        (
            "Kotak {box}: meninggalkan {holder} pada {since}, sebelum plenonya ditutup{until}. Tanyakan siapa yang "
            "memerintahkan."
        ),
        "Box {box}: left {holder} {since}, before its pleno was closed{until}. Ask who ordered it.",
    ),
    "overdue": (
        (
            "Kotak {box}: di jalan sejak {departed} (konvoi {convoy}), lewat batas {since}; pemegang pasti terakhir "
            "{holder}. Hubungi konvoi."
        ),
        (
            "Box {box}: on the road since {departed} (convoy {convoy}), beyond the limit {since}; last certain holder "
            "{holder}. Call the convoy."
        ),
    ),
    "order": (
        (
            "Kotak {box}: terbukti diterima {unit} (paling lambat {since}) sebelum diserahkan {holder} (paling awal "
            "{until}). Salah satu catatan palsu."
        ),
        (
            "Box {box}: provably received by {unit} (at the latest {since}) before {holder} gave it (at the earliest "
            "{until}). One record is false."
        ),
    ),
}


GRADES: dict[str, tuple[str, str]] = {
    "dua ponsel": ("dua ponsel", "two phones"),
    "satu ponsel": ("satu ponsel", "one phone"),
    "kertas": ("kertas", "paper"),
}


def graded(unit: str, grade: str | None) -> tuple[str, str]:
    """A holder with the grade of the hand-over that made it one, in both languages: `ppk-530305 (kertas)`."""
    unknown = ("tidak diketahui", "unknown")
    if not unit:
        return unknown
    words = GRADES.get(grade or "")
    return (unit, unit) if words is None else (f"{unit} ({words[0]})", f"{unit} ({words[1]})")


def sentence(
    name: str,
    zone: str,
    *,
    times: Mapping[str, int] | None = None,
    spans: Mapping[str, int] | None = None,
    **words: str | int | tuple[str, str] | None,
) -> Says:
    """Fill a sentence. times: UNIX seconds; spans: seconds; words: a pair where the languages differ (id, en)."""
    templates = _SENTENCES[name]
    made = []
    for place, language in enumerate(("id", "en")):
        filled: dict[str, object] = {
            key: value[place] if isinstance(value, tuple) else value or "-" for key, value in words.items()
        }
        filled.update({key: clock(at, zone, language=language) for key, at in (times or {}).items()})
        filled.update({key: duration(span, language=language) for key, span in (spans or {}).items()})
        made.append(templates[place].format(**filled).strip())
    return Says(made[0], made[1])
