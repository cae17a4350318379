"""名录: all agencies in scope, the denominator of every rate, read with the same care as a form."""

from jieyue_cli.agencies.roster.model import Roster, RosterEntry, key
from jieyue_cli.agencies.roster.reading import read_roster, understood

__all__ = ["Roster", "RosterEntry", "key", "read_roster", "understood"]
