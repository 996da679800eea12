"""A clerk at the set-up: what she does in the browser, step by step, and what she is told."""

import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.server.operasi import lists
from tests.server.post import Post


class Clerk:
    """One who is signed in as an operator."""

    def __init__(self, post: Post) -> None:
        self.browser: Client = post.client("operator")

    def read(self, path: str) -> str:
        return self.browser.get(path).content.decode()

    def describe(self, **other: Any) -> Any:
        form = {
            "nama": "Operasi Mantap Praja Turangga",
            "sandi": "Turangga 2024",
            "wilayah": list(lists.AREAS),
            "hari": "2024-11-27",
            "domain": "kawal.example",
        }
        return self.browser.post("/operasi/pokok/", {**form, **other})

    def upload(self, word: str, content: bytes, name: str = "daftar.xlsx") -> Any:
        return self.browser.post(f"/operasi/daftar/{word}/unggah/", {"berkas": SimpleUploadedFile(name, content)})

    def read_as(self, word: str, **form: Any) -> Any:
        """Press "Baca ulang daftar": the form as the page shows it, with some fields filled otherwise."""
        shown = _fields(self.read(f"/operasi/daftar/{word}/"), f"/operasi/daftar/{word}/baca/")
        return self.browser.post(f"/operasi/daftar/{word}/baca/", {**shown, **form})

    def accept(self, word: str, *, confirm: bool = True, remember: bool = True, mark: str | None = None) -> Any:
        page = self.read(f"/operasi/daftar/{word}/")
        form: dict[str, Any] = {"tanda": mark or _found(r'name="tanda" value="(\w*)"', page)}
        if confirm:
            form["pasti"] = re.findall(r'name="pasti" value="(\w+)"', page)
        if remember:
            form["ingat"] = "ya"
        return self.browser.post(f"/operasi/daftar/{word}/terima/", form)

    def take(self, word: str, content: bytes) -> None:
        """Upload and accept, every doubt confirmed."""
        assert self.upload(word, content).status_code == 302
        assert self.accept(word).status_code == 302

    def open(self, **form: Any) -> Any:
        return self.browser.post("/operasi/buka/", {"mengerti": "ya", **form})


def _found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    assert match is not None, f"{pattern} is not on the page"
    return match[1]


def _fields(page: str, action: str) -> dict[str, str]:
    form = _found(rf'(?s)<form[^>]*action="{action}">(.*?)</form>', page)
    values = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form))
    for name, options in re.findall(r'(?s)<select name="([^"]+)">(.*?)</select>', form):
        chosen = re.search(r'value="([^"]*)" selected', options)
        values[name] = chosen[1] if chosen else ""
    return values
