"""Profiles of hypothesis: `quick` for the ordinary run, `deep` for a long one (`--hypothesis-profile deep`)."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

_CALM = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("quick", max_examples=100, deadline=None, suppress_health_check=_CALM)
settings.register_profile("deep", max_examples=5000, deadline=None, suppress_health_check=_CALM)
settings.load_profile("quick")
