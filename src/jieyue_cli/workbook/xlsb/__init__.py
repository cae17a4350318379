"""The binary variant of xlsx: ``sheet`` writes its binary ``records`` anew, then calamine reads the values."""
