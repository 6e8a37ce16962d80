"""Drawing by matplotlib: Axes in, Axes out. Nothing else of the package imports it."""
