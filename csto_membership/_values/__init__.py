"""
The words of the field as frozen values.

Days that may be unknown, acts and statuses, readings, states and their names, verdicts, and what holds from one day to
the next. A value knows its own text and JSON form. Nothing here knows a source, opens a file or answers a question.
"""
