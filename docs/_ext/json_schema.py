"""The directive `json-schema FILE`: one section for each object of a JSON Schema, with a table of its fields.

The path is relative to the folder above docs/. Descriptions are parsed as the page's own markup.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

HEADINGS = ("Field", "Type", "Meaning")
WIDTHS = (22, 28, 50)
BOUNDS = {
    "minimum": "at least",
    "maximum": "at most",
    "exclusiveMinimum": "more than",
    "exclusiveMaximum": "less than",
    "minLength": "characters at least",
    "maxLength": "characters at most",
    "minItems": "items at least",
    "pattern": "matching",
}

Schema = dict[str, Any]


class JsonSchema(SphinxDirective):
    """See the module."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        path = Path(self.env.srcdir).parent / self.arguments[0]
        self.env.note_dependency(str(path))
        schema = json.loads(path.read_text(encoding="utf-8"))
        self.prefix = path.name.partition(".")[0]
        self.definitions = schema.get("$defs", {})
        objects = {name: one for name, one in self.definitions.items() if "properties" in one}
        if "properties" in schema:
            objects = {"top level": schema, **objects}
        return [self._section(name, one) for name, one in objects.items()]

    def _section(self, name: str, schema: Schema) -> nodes.section:
        section = nodes.section(ids=[self._anchor(name)], names=[name.lower()])
        section += nodes.title("", "", nodes.Text(name))
        if description := schema.get("description"):
            section += nodes.paragraph("", "", *self._inline(description))
        section += self._table(schema)
        return section

    def _anchor(self, name: str) -> str:
        return nodes.make_id(f"{self.prefix}-{name}")

    def _inline(self, text: str) -> list[nodes.Node]:
        found, messages = self.state.inline_text(text, self.lineno)
        return [*found, *messages]

    def _table(self, schema: Schema) -> nodes.table:
        group = nodes.tgroup(cols=len(HEADINGS))
        for width in WIDTHS:
            group += nodes.colspec(colwidth=width)
        head = nodes.thead()
        head += _row([[nodes.Text(heading)] for heading in HEADINGS])
        body = nodes.tbody()
        needed = schema.get("required", [])
        for name, field in schema["properties"].items():
            optional = [] if name in needed else [nodes.Text(" (optional)")]
            kind = list(_joined(self._kinds(field)))
            body += _row([[nodes.literal("", name), *optional], kind, self._inline(self._described(field))])
        group += head
        group += body
        table = nodes.table(classes=["colwidths-given"])
        table += group
        return table

    def _kinds(self, field: Schema) -> Iterator[list[nodes.Node]]:
        """The types that a field may have, each as nodes."""
        if reference := field.get("$ref"):
            yield self._reference(reference.rpartition("/")[2])
        elif "const" in field:
            yield [nodes.literal("", json.dumps(field["const"]))]
        elif "enum" in field:
            yield from ([nodes.literal("", json.dumps(value))] for value in field["enum"])
        elif "anyOf" in field:
            for choice in field["anyOf"]:
                yield from self._kinds(choice)
        elif field.get("type") == "array" and "prefixItems" in field:
            yield [nodes.Text("array of "), *self._listed(field["prefixItems"])]
        elif field.get("type") == "array":
            inner = list(_joined(self._kinds(field["items"])))
            yield [nodes.Text("array of "), *inner, *_bounds(field)]
        elif field.get("type") == "object" and "additionalProperties" in field:
            inner = list(_joined(self._kinds(field["additionalProperties"])))
            yield [nodes.Text("object of "), *inner]
        else:
            yield [nodes.Text(field.get("type", "any")), *_bounds(field)]

    def _listed(self, fields: list[Schema]) -> Iterator[nodes.Node]:
        """The types of an array whose places differ, in their order."""
        for number, field in enumerate(fields):
            if number:
                yield nodes.Text(", ")
            yield from _joined(self._kinds(field))

    def _reference(self, name: str) -> list[nodes.Node]:
        if "enum" in self.definitions[name]:
            return list(_joined(self._kinds(self.definitions[name])))
        return [nodes.reference("", name, internal=True, refid=self._anchor(name))]

    def _described(self, field: Schema) -> str:
        """The description of the field, or of the one of its types that has one; then its default."""
        target = self.definitions.get(field.get("$ref", "").rpartition("/")[2], {})
        sources = [field, target, *field.get("anyOf", [])]
        text = next((source["description"] for source in sources if "description" in source), "")
        if field.get("default") not in (None, {}, []):
            text += f" (default `{json.dumps(field['default'])}`)"
        return text.strip()


def _bounds(field: Schema) -> list[nodes.Node]:
    parts: list[nodes.Node] = []
    for key, words in BOUNDS.items():
        if key in field:
            parts += [nodes.Text(f", {words} "), nodes.literal("", str(field[key]))]
    return parts


def _joined(kinds: Iterator[list[nodes.Node]]) -> Iterator[nodes.Node]:
    for number, kind in enumerate(kinds):
        if number:
            yield nodes.Text(" or ")
        yield from kind


def _row(cells: list[list[nodes.Node]]) -> nodes.row:
    row = nodes.row()
    for cell in cells:
        entry = nodes.entry()
        entry += nodes.paragraph("", "", *cell)
        row += entry
    return row


def setup(app: Sphinx) -> dict[str, bool]:
    """Called by Sphinx."""
    app.add_directive("json-schema", JsonSchema)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
