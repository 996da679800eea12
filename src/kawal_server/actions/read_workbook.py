"""Reads one workbook in a process of its own: bytes on standard input, sheets as JSON on standard output.

The parser is native code fed with a stranger's file, and it makes room for every cell between the first and the last.
So this process limits its own memory and time first; when it dies, the server says that the file is too big.
"""

import io
import json
import resource
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

MEMORY_LIMIT = 1536 * 1024 * 1024
CPU_SECONDS = 45
CELLS_LIMIT = 5_000_000


def main() -> None:
    """Read the workbook on standard input and print it."""
    rows_limit, columns_limit = (int(text) for text in sys.argv[1:3])
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    json.dump(read_workbook(sys.stdin.buffer.read(), rows_limit, columns_limit), sys.stdout)


def read_workbook(content: bytes, rows_limit: int, columns_limit: int) -> dict[str, Any]:
    """The sheets of a workbook, or `refused`: encrypted, big or unreadable."""
    from python_calamine import CalamineError, PasswordError, SheetTypeEnum, SheetVisibleEnum, load_workbook

    try:
        with load_workbook(io.BytesIO(content)) as workbook:
            sheets, cells = [], 0
            for about in workbook.sheets_metadata:
                if about.typ != SheetTypeEnum.WorkSheet:
                    continue
                sheet = workbook.get_sheet_by_name(about.name)
                last_row, last_column = sheet.end or (-1, -1)
                cells += (last_row + 1) * (last_column + 1)
                if last_row >= rows_limit or last_column >= columns_limit or cells > CELLS_LIMIT:
                    return {"refused": "big", "why": f"{last_row + 1} x {last_column + 1}"}
                sheets.append(
                    {
                        "name": about.name,
                        "is_hidden": about.visible != SheetVisibleEnum.Visible,
                        "rows": [[_plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)],
                        "merged": [[*start, *end] for start, end in sheet.merged_cell_ranges or []],
                    }
                )
            return {"sheets": sheets}
    except PasswordError:
        return {"refused": "encrypted"}
    except CalamineError as error:
        return {"refused": "unreadable", "why": str(error)[:200]}


def _plain(cell: Any) -> Any:
    match cell:
        case datetime():
            return {"datetime": cell.isoformat()}
        case date():
            return {"date": cell.isoformat()}
        case time():
            return {"time": cell.isoformat()}
        case timedelta():
            return cell.total_seconds() / 86_400
    return cell


if __name__ == "__main__":
    main()
