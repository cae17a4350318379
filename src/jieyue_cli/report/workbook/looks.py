"""How conclusions and problems appear in every report workbook."""

from __future__ import annotations

from jieyue_cli.problems import Severity
from jieyue_cli.report.workbook.sheet import Look
from jieyue_cli.scoring.scorecard import Verdict

VERDICT = {Verdict.PASS: Look.GOOD, Verdict.FAIL: Look.BAD, Verdict.UNDETERMINED: Look.OPEN}
SEVERITY = {Severity.ERROR: Look.BAD, Severity.WARNING: Look.OPEN, Severity.NOTE: Look.MIDDLE}
