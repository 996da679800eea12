"""What each finding, state and grade is called in two or three words, in both languages."""

TITLES: dict[str, tuple[str, str]] = {
    "custody.gap": ("Celah penguasaan", "Gap in custody"),
    "custody.one-sided": ("Serah terima sepihak", "One-sided hand-over"),
    "custody.same-person": ("Penyerah dan penerima sama", "One person on both sides"),
    "custody.wrong-roles": ("Peran atau saksi serah terima", "Roles or witnesses of a hand-over"),
    "custody.seal-mismatch": ("Segel tidak cocok", "Seals do not match"),
    "custody.opened": ("Dibuka tanpa hak", "Opened without right"),
    "custody.unsealed": ("Terbuka tanpa segel", "Left unsealed"),
    "custody.two-places": ("Di dua tempat", "In two places"),
    "custody.count": ("Hitungan tidak cocok", "Count does not agree"),
    "custody.missing": ("Belum terlihat", "Missing"),
    "custody.unknown": ("Kotak tidak dikenal", "Unknown box"),
    "custody.seal-reused": ("Nomor segel terpakai dua kali", "Seal number used twice"),
    "custody.early": ("Berangkat sebelum pleno usai", "Left before its pleno closed"),
    "custody.overdue": ("Terlalu lama di jalan", "Too long on the road"),
    "custody.order": ("Diterima sebelum diserahkan", "Received before given"),
    "guard.silent": ("Pos tidak terdengar", "A post is silent"),
    "guard.uncovered": ("Penjaga kurang", "Too few guards"),
    "guard.relief-gap": ("Pos kosong saat aplusan", "Nobody on duty at a relief"),
    "guard.fatigue": ("Istirahat kurang", "Too little rest"),
    "guard.count": ("Hitungan aplusan berbeda", "Counts differ at a relief"),
    "guard.away": ("Melapor dari luar pos", "Reported from elsewhere"),
    "ledger.chain-gap": ("Catatan ponsel terputus", "Records of a phone missing"),
    "ledger.fork": ("Kunci ponsel bercabang", "A phone's key forked"),
    "ledger.clock": ("Jam ponsel salah", "A phone's clock is wrong"),
    "ledger.revoked": ("Kunci yang sudah dicabut", "A revoked key signs"),
    "ledger.unenrolled": ("Ponsel tidak terdaftar", "A phone nobody enrolled"),
    "ledger.expired": ("Di luar masa tugas", "Outside its term of duty"),
    "ledger.one-agency": ("Didaftarkan satu instansi", "Enrolled by one agency"),
    "ledger.split-view": ("Server memperlihatkan dua sejarah", "The server showed two histories"),
    "ledger.late": ("Terlambat mengirim", "Sent late"),
    "ledger.withheld": ("Catatan belum sampai", "Records withheld"),
    "damaged": ("rusak", "damaged"),
    "destroyed": ("musnah", "destroyed"),
    "seized": ("dirampas", "seized"),
    "lost": ("hilang", "lost"),
    "found": ("ditemukan kembali", "found again"),
    "dua ponsel": ("dua ponsel", "two phones"),
    "satu ponsel": ("satu ponsel", "one phone"),
    "kertas": ("kertas", "paper"),
    "tanpa bukti": ("tanpa bukti", "no evidence"),
    "tanpa daftar KPU": ("tanpa daftar KPU", "no list from KPU"),
    "lama tidak terlihat": ("lama tidak terlihat", "not seen for long"),
    "hilang": ("hilang", "lost"),
    "catatan tidak lengkap": ("catatan tidak lengkap", "incomplete record"),
    "waktu di masa depan": ("waktu di masa depan", "a time in the future"),
    "dilaporkan tidak baik": ("dilaporkan tidak baik", "reported not well"),
    "di jalan tanpa rencana": ("di jalan tanpa rencana", "on the road without a plan"),
    "segel tanpa nomor": ("segel tanpa nomor", "seals without numbers"),
}
"""Code, condition, grade or reason -> (Indonesian, English)."""


def title(name: str, *, language: str = "id") -> str:
    """The words for a code, condition, grade or reason; itself where it has none."""
    words = TITLES.get(name)
    return name if words is None else words[1 if language == "en" else 0]
