"""
One module a question.

Each gives a frozen answer with `str()`, `as_dict()` and, for notebooks, `_repr_html_`. Modules here know each other
only where one question is made of another. A new question is a new file, and one line in `History`.
"""
