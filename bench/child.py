"""One work in a process of its own: `simulate OUT AREA SCALE FAULTS`, or `audit DIR`; its last line says all."""

import json
import resource
import sys
import time
from pathlib import Path

from kawal_cli import simulate
from kawal_cli.audit import audit


def main(arguments: list[str]) -> dict[str, float]:
    start = time.perf_counter()
    answer: dict[str, float] = {}
    if arguments[0] == "simulate":
        out, area, scale, faults = arguments[1:5]
        simulate.run(Path(out), area=area.split(","), seed=1, faults=faults, scale=float(scale))
    else:
        done = audit(Path(arguments[1]))
        answer["events"] = sum(len(log.events) for log in done.history.logs.values())
        answer["boxes"] = len(done.board.lines)
        answer["findings"] = len(done.findings)
    answer["wall"] = time.perf_counter() - start
    answer["peak_kb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return answer


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
