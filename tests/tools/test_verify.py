"""`kawal verify` and `kawal export`: the first thing wrong is named, and what is exported proves itself."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kawal_cli.main import app
from kawal_cli.verify import Wrong, verify


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments])


def test_a_simulated_operation_verifies_to_the_last_proof(clean: Path) -> None:
    result = run("verify", clean)
    assert result.exit_code == 0, result.output
    assert "Semua benar" in result.output


def test_the_result_is_there_as_json(clean: Path) -> None:
    answer = json.loads(run("verify", clean, "--json").stdout)
    assert (answer["ok"], answer["wrong"]) == (True, None)
    assert any("consistency" in one["checked"] for one in answer["checked"])


def first(folder: Path, pattern: str) -> Path:
    return min(folder.glob(pattern))


def flip(path: Path, at: int = -5) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(bytes(data))


def swap_policy(log: Path) -> None:
    text = (log / "policy").read_text(encoding="utf-8")
    (log / "policy").write_text(text + "# lain\n", encoding="utf-8")


TAMPERINGS: dict[str, tuple[Callable[[Path], object], str]] = {
    "an entry changed in its bundle": (lambda log: flip(log / "tile/entries/000", 300), "akar dari entri"),
    "a hash changed in a tile": (lambda log: flip(log / "tile/0/000"), "ubin"),
    "a tile taken away": (lambda log: (log / "tile/0/000").unlink(), "ubin"),
    "the checkpoint's signature changed": (lambda log: flip(log / "checkpoint", -8), "checkpoint"),
    "an older checkpoint of another history": (
        lambda log: shutil.copy(log.parent / "pengamanan/checkpoint", first(log, "checkpoint.*")),
        "checkpoint.",
    ),
    "a consistency proof changed": (lambda log: flip(first(log, "cons.*.*"), 10), "cons."),
    "a manifest changed": (lambda log: flip(first(log / "blobs", "*")), "blobs"),
    "a proof for another event": (
        lambda log: shutil.copy(max(log.glob("proofs/*.jws")), min(log.glob("proofs/*.jws"))),
        "proofs",
    ),
    "the policy exchanged": (swap_policy, "policy"),
    "the witnesses' lines cut off": (
        lambda log: (log / "checkpoint").write_text(
            "\n".join((log / "checkpoint").read_text(encoding="utf-8").split("\n")[:5]) + "\n", encoding="utf-8"
        ),
        "kuorum",
    ),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_the_first_thing_wrong_is_named(clean: Path, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "salinan"
    shutil.copytree(clean, folder)
    tamper, named = TAMPERINGS[name]
    tamper(folder / "kotak")
    with pytest.raises(Wrong) as caught:
        list(verify(folder))
    assert named in str(caught.value)
    assert run("verify", folder).exit_code == 1


def test_a_copy_with_every_proof_verifies(clean: Path, tmp_path: Path) -> None:
    out = tmp_path / "salinan"
    assert run("export", out, "--from", clean, "--proofs", "0,3,7").exit_code == 0
    assert sorted(path.name for path in (out / "kotak/proofs").glob("*.jws")) == ["0.jws", "3.jws", "7.jws"]
    assert run("verify", out).exit_code == 0


def test_the_case_file_of_one_box_stands_alone(clean: Path, tmp_path: Path) -> None:
    out = tmp_path / "perkara"
    box = next(
        line.split(",")[0]
        for blob in (clean / "kotak/blobs").iterdir()
        if (text := blob.read_text(encoding="utf-8")).startswith("box,election")
        for line in text.splitlines()[1:]
        if line.startswith("GUB")
    )
    assert run("export", out, "--from", clean / "kotak", "--box", box).exit_code == 0
    events = [path.read_bytes() for path in (out / "proofs").glob("*.jws")]
    assert len(events) > 20
    assert "BACA" in " ".join(path.name for path in out.iterdir())
    result = run("verify", out)
    assert result.exit_code == 0, result.output


def test_an_export_never_writes_over_what_is_there(clean: Path) -> None:
    result = run("export", clean, "--from", clean)
    assert isinstance(result.exception, FileExistsError)


def test_the_doctor_finds_this_machine_fit() -> None:
    result = run("doctor")
    assert result.exit_code == 0, result.output
    assert "libsodium" in result.output


@pytest.mark.parametrize("word", ["audit", "verify", "simulate", "export", "doctor", "demo"])
def test_every_command_explains_itself_in_both_languages(word: str) -> None:
    text = run(word, "--help").output
    assert "(" in text.split("Options")[0]
    assert run(word, "--tidak-ada").exit_code == 2
