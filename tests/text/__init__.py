"""The ground floor: text, whatever it is about."""
