"""A JSON Schema for editors, made from the models: completion and red lines while a standard is being written.

A standard that extends another states only its differences, so there everything but the ids may be left out, and a
part may be removed or moved.
"""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from typing_extensions import override

from jieyue_cli.rubric.model import Rubric

FILE_NAME = "jieyue-rubric.schema.json"
_PRICED, _INHERITED = ("Criterion", "Gate"), {"points"}
"""A part of either/or and all-of takes these from the whole, and a gate has none."""
_OF_INPUT = ("answer", "unit", "choices", "none", "positive")
_FILLED_IN = {
    "Operand": ("name", *_OF_INPUT),
    "UnitDeduction": ("name", *_OF_INPUT),
    "Reference": _OF_INPUT,
    "Input": ("not_applicable",),
}
"""What ``defaults`` fills in and nobody writes."""
_DIFFERENCE = "Difference"
_NUMBER = r"^-?[0-9]+(\.[0-9]+)?$"


class _Generator(GenerateJsonSchema):
    """Like pydantic's, but an amount or a share is titled by no field: it is one type wherever it stands."""

    @override
    def field_title_should_be_set(self, schema: Any) -> bool:  # pydantic does not export the type
        return schema["type"] != "function-plain" and super().field_title_should_be_set(schema)


def schema() -> JsonSchemaValue:
    """The schema of a standard's file, whole or as a difference."""
    whole = Rubric.model_json_schema(mode="validation", schema_generator=_Generator)
    parts = whole.pop("$defs")
    for name in _PRICED:
        parts[name]["required"] = [key for key in parts[name]["required"] if key not in _INHERITED]
    del parts["Gate"]["properties"]["points"]
    for name, keys in _FILLED_IN.items():
        for key in keys:
            del parts[name]["properties"][key]
    parts["Operand"]["required"] = ["input"]
    parts["Reference"]["anyOf"] = [{"required": [key]} for key in ("name", "input")]
    parts["Rubric"] = whole
    for part in parts.values():
        _as_written(part)
    different = {f"{name}{_DIFFERENCE}": _as_difference(part) for name, part in parts.items() if "properties" in part}
    different[f"Rubric{_DIFFERENCE}"]["properties"]["extends"] = {
        "type": "string",
        "description": "上级标准：内置名称，或相对于本文件的路径；这里只写与它不同之处。",
    }
    different[f"Rubric{_DIFFERENCE}"]["required"] = ["extends"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "节约型机关评价标准",
        "if": {"required": ["extends"]},
        "then": {"$ref": f"#/$defs/Rubric{_DIFFERENCE}"},
        "else": {"$ref": "#/$defs/Rubric"},
        "$defs": {**parts, **different},
    }


def _as_written(part: JsonSchemaValue) -> None:
    """Allow what YAML makes of a value: a date or a number where text is meant, but only numbers for a number."""
    for name, field in part.get("properties", {}).items():
        field.pop("default", None)
        bounded = any("maximum" in kind for kind in field.get("anyOf", ()))
        for kind in field.get("anyOf", ()):
            if bounded and kind["type"] == "string":
                kind["pattern"] = _NUMBER
        if name in {"version", "id"}:
            part["properties"][name] = {"anyOf": [field, {"type": "number"}]}
        if name == "by" and "what" in part["properties"]:
            part["properties"][name] = {"type": "string"}
    if "kind" in part.get("properties", {}):
        part["required"] = ["kind", *part.get("required", [])]
    part.pop("description", None)


def _as_difference(part: JsonSchemaValue) -> JsonSchemaValue:
    """The same part where only what differs is written."""
    different: JsonSchemaValue = {key: _pointing(value) for key, value in part.items()}
    required = different.pop("required", [])
    if "id" in required:
        different["required"] = ["id"]
        different["properties"]["remove"] = {"const": True, "description": "从上级标准中删除这一部分。"}
        different["properties"]["after"] = {"type": "string", "description": "排在哪个编号之后。"}
    different["properties"] = {name: _or_none(field) for name, field in different["properties"].items()}
    return different


def _or_none(field: JsonSchemaValue) -> JsonSchemaValue:
    """A value, or ``~`` that takes it away; in a mapping of values that one alone."""
    if "additionalProperties" in field:
        field = {**field, "additionalProperties": _or_none(field["additionalProperties"])}
    return {"anyOf": [field, {"type": "null"}]}


def _pointing(part: object) -> object:
    """A copy in which every reference points to the difference of what it points to, where there is one."""
    if isinstance(part, dict):
        target = part.get("$ref", "")
        if isinstance(target, str) and target.rpartition("/")[2] not in _WHOLE:
            part = {key: value if key != "$ref" else f"{target}{_DIFFERENCE}" for key, value in part.items()}
        # a rule that keeps its kind need not say it, and then may look like several
        return {{"oneOf": "anyOf"}.get(key, key): _pointing(value) for key, value in part.items() if key != _BRANCHES}
    return [_pointing(value) for value in part] if isinstance(part, list) else part


_BRANCHES = "discriminator"
_WHOLE = {"", "NotApplicable"}
"""What is no mapping with keys of its own."""
