"""The binary variant of xlsx: ``reader`` surveys the binary records of its parts, then calamine reads the values."""
