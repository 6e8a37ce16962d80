"""
Values as fields of pydantic models, and so in the requests and responses of web back ends.

pydantic is imported by its users alone. What is told of a value that is refused is short and can be written as JSON:
whoever sends ten megabytes, or half a pair of surrogates, gets a line back, with what was probably meant.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, LiteralString, Self

#: So many characters of what was given, and of what is wrong with it, are told.
_LONGEST_GIVEN, _LONGEST_REASON = 80, 500


class Formed:
    """
    A value that has a form in JSON, which its `as_dict` gives and `forms` describes under the name of its class.

    A field of a pydantic model takes a value of the class and nothing else, since answers follow from evidence and none
    is read from what somebody sends; it is written as its `as_dict`.
    """

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, handler: Any) -> Any:
        """As a field of a pydantic model: a value of the class, written as its `as_dict`."""
        return formed_field(cls, handler)


def formed_field(cls: type[Any], handler: Any) -> Any:
    """The core schema of a class that `forms` has a form of."""
    from csto_membership._values import forms

    form = handler.generate_schema(getattr(forms, cls.__name__))
    return _only(cls, form, cls.as_dict)


def listed_field(cls: type[Any], item: type[Any], handler: Any) -> Any:
    """The core schema of a class of tuples of such values."""
    from pydantic_core import core_schema

    return _only(cls, core_schema.list_schema(handler.generate_schema(item)), list)


def text_field(
    read: Callable[[Any], Any], write: Callable[[Any], str], kind: LiteralString, description: str, **said: object
) -> Any:
    """The core schema of a value that is read from whatever `read` takes, and written as a text in JSON."""
    from pydantic_core import core_schema

    text = core_schema.str_schema(metadata={"pydantic_js_updates": {"description": description, **said}})
    return _field(read, kind, text, text, write)


def _only(cls: type[Any], form: Any, write: Callable[[Any], object]) -> Any:
    def read(value: Any) -> Any:
        if not isinstance(value, cls):
            raise ValueError(f"{cls.__name__} is an answer of csto_membership: it is written, and never read")  # noqa: TRY004 - pydantic takes no TypeError
        return value

    return {
        **_field(read, "answer_never_read", form, form, write),
        "metadata": {"pydantic_js_updates": {"readOnly": True}},
    }


def _field(
    read: Callable[[Any], Any], kind: LiteralString, taken: Any, written: Any, write: Callable[[Any], object]
) -> Any:
    from pydantic_core import PydanticCustomError, core_schema

    def refused(error: Exception) -> PydanticCustomError:
        meant = next((getattr(error, name) for name in ("nearest", "meant", "allowed") if hasattr(error, name)), ())
        told = {"reason": _told(str(error), _LONGEST_REASON), "meant": [*meant]}
        return PydanticCustomError(kind, "{reason}", told)

    def attempt(value: Any) -> Any:
        try:
            return read(value)
        except ValueError as error:
            if value is None or isinstance(value, bool):
                raise refused(error) from None
            # pydantic tells what was given to the step that refuses: so the next one refuses it, cut.
            return _Refused(value, error)

    def admit(value: Any) -> Any:
        if isinstance(value, _Refused):
            raise refused(value.error) from None
        return value

    return core_schema.chain_schema(
        [
            core_schema.no_info_plain_validator_function(attempt, json_schema_input_schema=taken),
            core_schema.no_info_plain_validator_function(admit),
        ],
        serialization=core_schema.plain_serializer_function_ser_schema(write, return_schema=written, when_used="json"),
    )


class _Refused(str):
    """What was given, as a short text, with what is wrong with it."""

    __slots__ = ("error",)
    error: Exception

    def __new__(cls, value: object, error: Exception) -> Self:
        given = value if isinstance(value, str) else repr(value)
        refused = super().__new__(cls, _told(given, _LONGEST_GIVEN))
        refused.error = error
        return refused


def _told(text: str, most: int) -> str:
    """A text that is short, and that can be written as UTF-8: half a pair of surrogates is spelt out."""
    short = text if len(text) <= most else f"{text[:most]}..."
    return short.encode("utf-8", "backslashreplace").decode("utf-8")
