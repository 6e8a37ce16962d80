"""
Wikidata: from entity JSON to claims.

`entities` are read from dumps and documents, `times` and `references` say what values of theirs mean, `statements` what one
statement says, `memberships` what all of them on one state amount to; `reading` makes records of that.
"""
