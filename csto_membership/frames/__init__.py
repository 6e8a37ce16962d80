"""
Frames: whole tables of rows at once, on the engine that they are in. Extras bring the engines.

`annotate` tells of each row whether its state was a member on its date, `annotate_file` of the rows of a file of any
length. The lines of a history as frames, for joins and regressions of one's own, are `spells_frame`, `wide_frame`,
`panel_frame` and `dyads_frame`; `write_spells` puts spells into Parquet and Arrow files.

No library of frames is imported before a frame is given or asked for: `sql` and the command line, which use this room,
work without one.
"""

from csto_membership.frames._annotate import annotate, report
from csto_membership.frames._report import Report
from csto_membership.frames._tables import dyads_frame, panel_frame, spells_frame, wide_frame
from csto_membership.frames._tables_in_files import annotate_file, write_spells

__all__ = [
    "Report",
    "annotate",
    "annotate_file",
    "dyads_frame",
    "panel_frame",
    "report",
    "spells_frame",
    "wide_frame",
    "write_spells",
]
