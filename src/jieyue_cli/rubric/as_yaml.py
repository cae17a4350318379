"""The plain data of a standard → YAML text as a person would write it: no quotes but where they are needed."""

from __future__ import annotations

import yaml

from jieyue_cli.rubric.schema import FILE_NAME
from jieyue_cli.rubric.tree import Node

_WIDTH = 120


class _Dumper(yaml.SafeDumper):
    """Every scalar is text, as ``tree`` reads it: only what is read as blank needs quotes to stay text."""

    yaml_implicit_resolvers = {  # noqa: RUF012 -- as in the base class
        first: [(tag, pattern) for tag, pattern in resolvers if tag == "tag:yaml.org,2002:null"]
        for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }

    def ignore_aliases(self, data: object) -> bool:
        """The reader refuses aliases, so none is written for what stands there twice."""
        del data
        return True


def as_yaml(data: dict[str, Node]) -> str:
    """The text of a whole standard; it is read as the same data."""
    text = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=None, width=_WIDTH)
    return f"# yaml-language-server: $schema=./{FILE_NAME}\n{text}"
