"""The standing instructions (SOP card) of each kind of post: versioned, and cited by hash when somebody comes on."""

from kawal.ledger.log_of import PENGAMANAN
from kawal_cli.simulate.days import moment
from kawal_cli.simulate.polres import Polres
from kawal_cli.simulate.posts import Post
from kawal_cli.simulate.stage import Scene
from kawal_cli.simulate.story import Story

REVISED_DAY, REVISED_HOUR = 1, 5.5
REVISED = ("ppk", "warehouse")
_TITLES = {
    "warehouse": "Gudang KPU",
    "kpu": "Kantor KPU",
    "bawaslu": "Kantor Bawaslu",
    "ppk": "Gudang PPK",
    "pleno": "Ruang pleno",
}
_LINES = (
    "Serah terima pos bersama-sama: tidak ada yang pulang sebelum pengganti datang.",
    "Periksa segel pintu dan kunci; isi ruang hanya bersama KPU dan Bawaslu.",
    "Tamu: lihat surat tugas, tulis di buku mutasi, dampingi sampai keluar.",
    "Netral: jangan mencatat atau memotret hasil penghitungan.",
)
_ADDED = ("Dilarang merokok dalam radius 10 meter dari kotak; siapkan APAR di pintu.",)


def text_of(kind: str, version: int) -> str:
    """The words of a card."""
    lines = [*_LINES, *(_ADDED if version > 1 else ())]
    return "\n".join([f"DEMO. Kartu SOP pos: {_TITLES[kind]}. Versi {version}.", *(f"- {line}" for line in lines), ""])


def hand_out(story: Story, posts: list[Post], version: int) -> None:
    """Give posts a version of their card."""
    for post in posts:
        post.sop = story.stage.logs[PENGAMANAN].blob(text_of(post.kind, version).encode())


def revise(story: Story, polres: Polres) -> Scene:
    """After the vote the cards of posts with boxes gain a line; who comes on from then cites the new one."""
    yield moment(polres.zone, REVISED_DAY, REVISED_HOUR)
    posts = [post for post in polres.standing() if post.kind in REVISED]
    hand_out(story, posts, 2)
    note = "Kartu SOP pos PPK dan gudang direvisi menjadi versi 2; berlaku sejak serah terima berikutnya."
    story.stage.sign(polres.crew.commander, "command.log", log=PENGAMANAN, note=note, kind="message", about=polres.unit)
