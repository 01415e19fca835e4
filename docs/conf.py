"""Sphinx's configuration. `make docs` builds the pages; a warning is an error."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE / "_ext")]

project = "ml-grader"
author = "The authors of ml-grader"
version = release = tomllib.loads((HERE.parent / "pyproject.toml").read_text())["project"]["version"]

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx_click", "json_schema"]
exclude_patterns = ["_build", "reference/bank-table.md"]
nitpicky = False  # types of other projects are named, and there is no network to look them up

html_theme = "furo"
html_title = "ml-grader"
html_copy_source = False

# Docstrings put code between single backticks.
default_role = "code"
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
python_maximum_signature_line_length = 80

myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
