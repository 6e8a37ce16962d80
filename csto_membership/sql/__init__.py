"""
SQL: the answers of a history or a registry as tables, views and functions of a database. The text needs no extra.

`script` gives the statements for PostgreSQL, SQLite or DuckDB, `write_script` puts them into a file. They make, with the
name "membership" before each,

- the table `membership_spells`: a row for each organisation, state and spell; spells cover every day once. `member` is
  true, false, or null where it is undetermined; `statuses` has the possible ones;
- the view `membership_on`: the same with both days filled in, so that a plain join answers for rows of one's own;
- the table `membership_record`: the edition, the view and a citation of each organisation;
- on PostgreSQL and DuckDB the functions `membership_was_member(state, day)`, `membership_statuses(state, day)` and
  `membership_members_on(day)`, with the organisation before the others where there are several.
"""

from csto_membership.sql._script import DIALECTS, script, write_script

__all__ = ["DIALECTS", "script", "write_script"]
