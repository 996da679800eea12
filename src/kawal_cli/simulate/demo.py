"""The mark on every simulation: this is a demonstration, and what its figures rest on."""

from kawal_cli.simulate.counts import known_counts
from kawal_cli.simulate.world import World
from kawal_machine.regions import official_codes


def demo_text(world: World, *, area: str, seed: int, scale: float) -> str:
    """The text of DEMO.txt."""
    exact = sum(district.code in known_counts() for district in world.districts)
    names = ", ".join(regency.name for regency in world.regencies[:6]) + (" …" if len(world.regencies) > 6 else "")
    return (
        "DEMONSTRASI. Tidak ada orang, kotak, atau kejadian sungguhan: semuanya disimulasikan oleh `kawal simulate`.\n"
        "Kunci log dan saksi diperankan dan dapat dihitung siapa pun dari angka awal: jangan pakai untuk apa pun.\n"
        "Kode dan nama wilayah asli; letak TPS dan kantor karangan. Tidak ada perolehan calon di mana pun.\n\n"
        "DEMONSTRATION. No real people, boxes or events: all of it is simulated by `kawal simulate`.\n"
        "Log and witness keys are played and anyone can compute them from the seed: use them for nothing.\n"
        "Region codes and names are real; positions of stations and offices are made up. No results anywhere.\n\n"
        f"area {area} ({names}); seed {seed}; scale {scale:g}\n"
        f"{len(world.districts)} kecamatan, {world.station_count} TPS, {len(world.boxes)} kotak / boxes\n"
        f"kode / codes: {official_codes().version}; jumlah TPS asli / known TPS numbers: "
        f"{exact} kecamatan\n"
        "kotak/, pengamanan/: ekspor lengkap / full exports. truth.jsonl: gangguan yang disisipkan / injected faults.\n"
    )
