"""The record as JSON, `grader/state/v1`, and back.

Left out is what is particular to a machine: where workspaces are, and what was answered to the grader's own
questions. A file from elsewhere can therefore neither point at a folder nor agree to anything.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from grader.errors import StateError
from grader.store.rows import RECORD, AttemptRow, EventRow, ReviewRow, Row, Table, select
from grader.store.values import to_text, to_time

if TYPE_CHECKING:
    from pydantic import BaseModel

    from grader.store.schema import AttemptPart, ReviewPart

FORMAT = "grader/state/v1"


def export(connection: sqlite3.Connection) -> dict[str, object]:
    """The whole record as plain JSON values, in the order in which it was written."""
    connection.execute("BEGIN")  # so that all tables are of one moment
    try:
        return {"format": FORMAT, **{table: _exported(connection, table) for table in RECORD}}
    finally:
        connection.execute("COMMIT")


def _exported(connection: sqlite3.Connection, table: Table) -> list[dict[str, Any]]:
    kinds: dict[Table, type[Row]] = {"attempts": AttemptRow, "events": EventRow, "reviews": ReviewRow}
    found = [asdict(kinds[table](*row)) for row in select(connection, table, None, "id")]
    for row in found:
        for name in ("metrics", "report", "card"):
            if name in row:
                row[name] = json.loads(row[name])
        if "official" in row:
            row["official"] = bool(row["official"])
    return found


def parse(data: object) -> list[tuple[Table, Row]]:
    """The rows of an export. Raises StateError with every error and where it is."""
    # Only an import needs it, and it takes longer to load than most commands take to run.
    from pydantic import ValidationError

    from grader.store.schema import State

    if isinstance(data, dict) and isinstance(data.get("format"), str) and data["format"] != FORMAT:
        raise StateError(f"this is {data['format'][:60]!r}; what can be imported is {FORMAT!r}, as exported")
    try:
        state = State.model_validate_json(json.dumps(data))
    except (TypeError, ValueError, RecursionError) as error:
        if not isinstance(error, ValidationError):
            raise StateError(f"this is not JSON: {error}") from error
        wrong = [
            f"{'.'.join(map(str, one['loc'])) or 'the whole'}: {one['msg']}"
            for one in error.errors(include_url=False, include_input=False)
        ]
        raise StateError("\n".join([f"this is not {FORMAT}:", *wrong])) from None
    return [
        *(("attempts", _attempt_row(one)) for one in state.attempts),
        *(("events", EventRow(**_plain(one, "at"))) for one in state.events),
        *(("reviews", _review_row(one)) for one in state.reviews),
    ]


def _attempt_row(part: AttemptPart) -> AttemptRow:
    plain = _plain(part, "started")
    return AttemptRow(**plain | {name: _compact(plain[name]) for name in ("metrics", "report")})


def _review_row(part: ReviewPart) -> ReviewRow:
    plain = _plain(part, "at")
    return ReviewRow(**plain | {"card": _compact(plain["card"])})


def _plain(part: BaseModel, time: str) -> dict[str, Any]:
    """The part's values as JSON has them, with its time as the store writes times."""
    plain = part.model_dump(mode="json")
    return plain | {time: to_text(to_time(plain[time]))}


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
