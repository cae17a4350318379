"""Forms, scores and progress for the recognition of resource-saving government agencies (节约型机关)."""

__version__ = "0.2.0"
