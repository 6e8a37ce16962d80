"""The picture of the README: who was a member when, on light and on dark paper, and the words for it: [FOLDER]."""

import sys
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt

import csto_membership as csto
from csto_membership import plots

folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
mpl.use("Agg")
# The same picture gives the same file, whatever the day and whoever draws it.
fixed = {"svg.hashsalt": "csto_membership", "svg.fonttype": "path", "font.family": "DejaVu Sans"}

words = plots.describe(csto.CSTO)
for name, paper in {"light": "#ffffff", "dark": "#0d1117"}.items():
    with plt.rc_context({**mpl.rcParamsDefault, **fixed, "figure.facecolor": paper, "axes.facecolor": paper}):
        figure = plots.timeline(csto.CSTO).get_figure()
        told = {"Title": "Members of the CSTO", "Description": words, "Date": None, "Creator": None}
        figure.savefig(folder / f"csto-{name}.svg", metadata=told)
        plt.close(figure)

print(f"""<picture>
  <source media="(prefers-color-scheme: dark)" srcset="csto-dark.svg">
  <img alt="{words}" src="csto-light.svg">
</picture>""")
