"""The binary variant of xlsx: ``sheet`` writes the binary ``records`` of its parts anew, then calamine reads the values."""
