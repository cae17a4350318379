"""Whose turn it is to fill in the form. A module of its own: the processes that write forms need no more of them."""

from __future__ import annotations

from enum import Enum


class Turn(Enum):
    """Whose turn it is; the value is what the form is called then."""

    AGENCY = "自评打分表"
    """The agency's: what it claims is entered, and the office's part is printed on pages of its own."""
    OFFICE = "核查表"
    """The office's: the claims are there to be checked, and both parts are printed side by side."""
