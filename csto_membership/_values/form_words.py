"""The words of which forms are made (see `forms`): days, ids of states, and what can be said of them."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias


class _Said:
    """What a JSON Schema says of a text, besides that it is one."""

    def __init__(self, **said: object) -> None:
        self.said = said

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> Any:
        return {**handler(core_schema), **self.said}


Day: TypeAlias = Annotated[str, _Said(format="date")]
Date: TypeAlias = Annotated[
    str,
    _Said(
        description="a date in EDTF", examples=["1999-04-20", "1999-04", "199X", "1993?", "[2006-06-23..2006-08-16]"]
    ),
]
StateId: TypeAlias = Annotated[
    str, _Said(description="the id of a state: alpha-3, or cow:N", examples=["UZB", "cow:265"])
]
VerdictWord: TypeAlias = Annotated[str, _Said(enum=["yes", "no", "undetermined"])]
StatusWord: TypeAlias = Annotated[
    str,
    _Said(
        enum=["none", "signatory", "associate", "partner", "observer", "member", "suspended", "frozen", "former"],
    ),
]
ActWord: TypeAlias = Annotated[
    str, _Said(description="an act, such as a signature or an expiry", examples=["signature"])
]
RankWord: TypeAlias = Annotated[str, _Said(enum=["preferred", "normal", "deprecated"])]
KindWord: TypeAlias = Annotated[str, _Said(enum=["primary", "dataset", "press", "tertiary"])]
SpeaksOfWord: TypeAlias = Annotated[str, _Said(enum=["every_day", "some_day", "last_day"])]
