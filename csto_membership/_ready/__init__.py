"""
What a fresh process answers at once, from answers made before: those of `CSTO` on exact days.

`python tests/support/made.py` writes the answers to `data/made`, and tests hold them to be what `CSTO` gives. Whatever
else is asked goes to `CSTO` itself. Nothing here derives anything.
"""
