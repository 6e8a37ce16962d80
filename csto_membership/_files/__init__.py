"""
Records as TOML and JSON: read with every fault and its place, written whole or not at all.

The library's own tables of states are read here. Nothing here answers a question.
"""
