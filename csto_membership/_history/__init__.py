"""
History: a record seen under one reading, resolution, choice of sources and institution. What is queried.

One class in three steps: `seen` has the view and makes others, `on_days` what is asked about a day, `history` the rest.
Each question is a line that asks its module in `_questions/`; no answer is worked out here.
"""

from csto_membership._history.history import History, as_history

__all__ = ["History", "as_history"]
