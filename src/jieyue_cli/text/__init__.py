"""The ground floor: how Chinese text is folded and exact numbers are written; nothing here knows a meaning."""
