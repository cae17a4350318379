"""``jieyue verify sheets``: which agencies get a checking form, and what it says."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest

from jieyue_cli.assessment import Result, assess
from jieyue_cli.form.layout import SHEET, Column
from jieyue_cli.form.head import Field
from jieyue_cli.rubric.catalogue import DEFAULT
from jieyue_cli.rubric.source import find
from jieyue_cli.submission import VerificationState
from program import Call
from returns import returned
