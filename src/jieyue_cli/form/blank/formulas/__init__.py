"""The form's live formulas: the same scores as ``scoring``, while the clerk is typing.

They are a preview; the score of record is computed from the answers. A formula understands what the form's own
input checks let through and the plain spellings of 是 and 否; anything else shows 待更正 and brings nothing.
"""
