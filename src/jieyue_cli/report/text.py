"""The console views, one module each; importing this is what loads rich."""

from jieyue_cli.report.text_batch import batch_view
from jieyue_cli.report.text_problems import problems_view
from jieyue_cli.report.text_score import score_view

__all__ = ["batch_view", "problems_view", "score_view"]
