"""
Many organisations under one identity for each state.

An entry answers for one organisation, from its history or from prepared lines; the registry finds the entry and the
state.
"""

from csto_membership.registry._memberships import Memberships, Shared, SharedRuns
from csto_membership.registry._registry import Registry

__all__ = ["Memberships", "Registry", "Shared", "SharedRuns"]
