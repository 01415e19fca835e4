from __future__ import annotations

import hashlib
import importlib.util
import re
import sys
from pathlib import Path

import pandas as pd
import pytest

from grader.datasets import load, names, read_manifest
from grader.errors import ChallengeError
from grader.resources import folder

CSV = "when,kind,size,ok\n2024-01-02,NA,1.5,true\n2024-01-03,,,false\n"


def write_dataset(root: Path, csv: str = CSV, **changes: str) -> Path:
    values = {
        "file": '"t.csv"', "rows": "2", "columns": "4", "missing": "2", "changes": "[]", "title": '"T"',
        "source": '"s"', "licence": '"CC0-1.0"', "sha256": f'"{hashlib.sha256(csv.encode()).hexdigest()}"',
        "dtypes": '{ when = "datetime64[s]", kind = "str", size = "float64", ok = "bool" }',
    } | changes  # fmt: skip
    place = root / "tiny"
    place.mkdir(parents=True)
    lines = "\n".join(f"{key} = {value}" for key, value in values.items())
    (place / "dataset.toml").write_text(f"format = 1\n{lines}\n", encoding="utf-8")
    (place / "t.csv").write_text(csv, encoding="utf-8")
    return root


@pytest.mark.parametrize("name", names())
def test_every_data_set_is_what_its_manifest_says(name: str) -> None:
    place = folder("datasets") / name
    manifest = read_manifest(place)
    table = load(name)
    assert [str(dtype) for dtype in table.dtypes] == list(manifest.dtypes.values())
    readme = (place / "README.md").read_text(encoding="utf-8")
    for column in table.columns:
        assert f"`{column}`" in readme, f"the README does not explain {column}"
    assert manifest.licence in {"CC0-1.0", "Public domain"}


@pytest.mark.parametrize("name", names())
def test_every_data_set_says_how_it_was_prepared(name: str) -> None:
    path = folder("datasets") / name / "prepare.py"
    spec = importlib.util.spec_from_file_location(f"prepare_{name.replace('-', '_')}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert callable(module.main)
    assert module.__doc__
    imported = set(re.findall(r"^(?:from|import) (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE))
    assert imported - {"__future__", "numpy", "pandas"} <= sys.stdlib_module_names


def test_penguins_have_the_documented_missing_values() -> None:
    missing = load("penguins").isna().sum()
    assert missing.to_dict() == {
        "species": 0, "island": 0, "bill_length_mm": 2, "bill_depth_mm": 2, "flipper_length_mm": 2,
        "body_mass_g": 2, "sex": 11, "year": 0,
    }  # fmt: skip


def test_each_load_is_a_fresh_table() -> None:
    table = load("penguins")
    table.loc[0, "species"] = "Emu"
    assert load("penguins").loc[0, "species"] == "Adelie"


def test_dtypes_are_as_declared_and_only_empty_cells_are_missing(tmp_path: Path) -> None:
    table = load("tiny", write_dataset(tmp_path))
    assert [str(dtype) for dtype in table.dtypes] == ["datetime64[s]", "str", "float64", "bool"]
    assert table.loc[0, "when"] == pd.Timestamp("2024-01-02")
    assert table.loc[0, "kind"] == "NA"
    assert table.isna().sum().to_dict() == {"when": 0, "kind": 1, "size": 1, "ok": 0}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"rows": "3"}, r"rows: says 3, but the file has 2"),
        ({"columns": "5"}, r"columns: says 5, but the file has 4"),
        ({"missing": "0"}, r"missing: says 0, but the file has 2"),
        ({"sha256": f'"{"0" * 64}"'}, r"t.csv: its SHA-256 is"),
        ({"dtypes": '{ kind = "str", when = "str", size = "str", ok = "str" }'}, r"dtypes: says"),
        ({"dtypes": '{ when = "str", kind = "str", size = "int64", ok = "bool" }'}, r"does not fit"),
        ({"dtypes": '{ when = "str", kind = "datetime64[s]", size = "str", ok = "str" }'}, r"does not fit"),
        ({"dtypes": '{ when = "text" }'}, r"dtypes.when: "),
        ({"file": '"../t.csv"'}, r"file: string should match pattern"),
        ({"file": '"other.csv"'}, r"other.csv: cannot be read"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_as_promised_is_refused(
    tmp_path: Path, changes: dict[str, str], message: str
) -> None:
    with pytest.raises(ChallengeError, match=message):
        load("tiny", write_dataset(tmp_path, **changes))


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    root = write_dataset(tmp_path)
    (root / "tiny" / "t.csv").write_text(CSV.replace("1.5", "1.6"), encoding="utf-8")
    with pytest.raises(ChallengeError, match="SHA-256"):
        load("tiny", root)


def test_a_bank_of_ones_own_can_use_the_graders_data_sets(tmp_path: Path) -> None:
    assert len(load("penguins", write_dataset(tmp_path))) == 344


@pytest.mark.parametrize("name", ["penguin", "../penguins", "", "/etc"])
def test_an_unknown_name_is_refused_with_what_there_is(name: str) -> None:
    with pytest.raises(ChallengeError, match=r"there is .*penguins"):
        load(name)
