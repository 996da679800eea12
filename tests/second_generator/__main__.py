"""Run as `python -m second_generator OUT --seed 1`."""

from __future__ import annotations

import argparse
from dataclasses import fields, replace
from pathlib import Path

from .bad_data import BadData
from .faults import FAULTS
from .generator import generate


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="second_generator", description=__doc__)
    parser.add_argument("out", type=Path, help="folder to write; must hold no kotak/ yet")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kecamatan", type=int, default=2)
    parser.add_argument("--desa", type=int, default=3, help="desa in each kecamatan")
    parser.add_argument("--stations", type=int, default=3, help="stations in each desa")
    parser.add_argument("--faults", default="all", help="all, none, or names with commas")
    parser.add_argument("--clean", action="store_true", help="all shares of bad data zero")
    parser.add_argument(
        "--share",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="set one share: " + ", ".join(field.name for field in fields(BadData)),
    )
    return parser.parse_args()


def _bad_data(arguments: argparse.Namespace) -> BadData:
    bad = BadData.clean() if arguments.clean else BadData()
    names = {field.name for field in fields(BadData)}
    for share in arguments.share:
        name, _, value = share.partition("=")
        if name not in names:
            raise SystemExit(f"no such share: {name}")
        bad = replace(bad, **{name: float(value)})
    return bad


def _faults(wanted: str) -> list[str]:
    match wanted:
        case "all":
            return list(FAULTS)
        case "none":
            return []
        case _:
            return wanted.split(",")


def main() -> None:
    """Generate one area and say what is in it."""
    arguments = _arguments()
    truths = generate(
        arguments.out,
        seed=arguments.seed,
        kecamatan=arguments.kecamatan,
        desa=arguments.desa,
        stations=arguments.stations,
        bad=_bad_data(arguments),
        faults=_faults(arguments.faults),
    )
    faults = sum(truth.kind == "fault" for truth in truths)
    print(f"{arguments.out}: {faults} faults, {len(truths) - faults} pieces of bad data")


if __name__ == "__main__":
    main()
