"""The picture of the README: who was a member when, on light and on dark paper, and the words for it: [FOLDER]."""

import sys
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt

import csto_membership as csto
from csto_membership import plots

folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
# The same record gives the same file, on whatever day and in whatever style of one's own.
mpl.rcdefaults()
mpl.use("Agg")
plt.rcParams["svg.hashsalt"] = "csto_membership"

words = plots.describe(csto.CSTO)
for name, paper in {"light": "#ffffff", "dark": "#0d1117"}.items():
    with plt.rc_context({"figure.facecolor": paper, "axes.facecolor": paper}):
        plots.timeline(csto.CSTO)
        told = {"Title": "Members of the CSTO", "Description": words, "Date": None, "Creator": None}
        plt.savefig(folder / f"csto-{name}.svg", metadata=told)
        plt.close()

print(f"""<picture>
  <source media="(prefers-color-scheme: dark)" srcset="csto-dark.svg">
  <img alt="{words}" src="csto-light.svg">
</picture>""")
