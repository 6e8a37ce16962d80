"""One question in five pictures, each with the words for those who do not see it: who was in the alliance, and since when?"""

import matplotlib as mpl
import matplotlib.pyplot as plt

import csto_membership as csto
from csto_membership import plots

mpl.use("Agg")
legal = csto.CSTO.under("legal")
neighbours = [csto.history(id) for id in ("cis", "csto", "eurasec", "sco")]
pictures = {
    # In law the return of 2006 took force on an unknown day: a bar with a tick at both of its ends.
    "timeline": plots.timeline(legal),
    "size": plots.size(legal),
    # Signing counts, or it does not: where the two readings part.
    "compare": plots.compare(csto.CSTO, legal),
    "together": plots.together(legal),
    "region": plots.region(neighbours, "2007-01-01"),
}
for name, axes in pictures.items():
    axes.figure.savefig(f"{name}.png", dpi=150, metadata={"Description": plots.describe(axes)})
    print(f"{name}.png\n  {plots.describe(axes)}\n")

# One state in several organisations, and an axis of one's own.
figure, (above, below) = plt.subplots(2, 1, figsize=(7, 8), layout="constrained")
plots.timeline(neighbours, states="Uzbekistan", acts=False, ax=above)
plots.timeline(neighbours, states="Georgia", acts=False, ax=below)
figure.savefig("two-paths.png")
