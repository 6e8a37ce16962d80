"""Who was in the alliance, and since when: one question in five pictures, each with words for those who do not see it."""

from functools import partial

import matplotlib as mpl
import matplotlib.pyplot as plt

import csto_membership as csto
from csto_membership import plots

mpl.use("Agg")
legal = csto.CSTO.under("legal")
neighbours = [csto.history(name) for name in ("cis", "csto", "eurasec", "sco")]
pictures = {
    # In law the return of 2006 took force on an unknown day: a bar with a tick at both of its ends.
    "timeline": partial(plots.timeline, legal),
    "size": partial(plots.size, legal),
    # Signing counts, or it does not: where the two readings part.
    "compare": partial(plots.compare, csto.CSTO, legal),
    "together": partial(plots.together, legal),
    "region": partial(plots.region, neighbours, "2007-01-01"),
}
for name, draw in pictures.items():
    words = plots.describe(draw())
    plt.savefig(f"{name}.png", dpi=150, metadata={"Description": words})
    print(f"{name}.png\n  {words}\n")

# The paths of two states through several organisations, on axes of one's own.
figure, (above, below) = plt.subplots(2, 1, figsize=(7, 6), layout="constrained")
plots.timeline(neighbours, states="Uzbekistan", acts=False, ax=above)
plots.timeline(neighbours, states="Georgia", acts=False, ax=below)
figure.savefig("two-paths.png")
