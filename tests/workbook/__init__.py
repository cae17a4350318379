"""The reading layer, tested by what it promises about bytes."""
