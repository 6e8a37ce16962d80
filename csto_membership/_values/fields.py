"""Values as fields of pydantic models: a text in JSON and in its schema. pydantic is imported by its users alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def text_field(read: Callable[[Any], object], write: Callable[[Any], str], description: str) -> Any:
    """
    The core schema of a value that is read from whatever `read` takes, and written as a text in JSON.

    An error of this library is a ValueError, which pydantic makes a validation error of.
    """
    from pydantic_core import core_schema

    return core_schema.no_info_plain_validator_function(
        read,
        json_schema_input_schema=core_schema.str_schema(metadata={"pydantic_js_updates": {"description": description}}),
        serialization=core_schema.plain_serializer_function_ser_schema(
            write, return_schema=core_schema.str_schema(), when_used="json"
        ),
    )
