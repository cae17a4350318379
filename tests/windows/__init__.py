"""What a Windows laptop in a Chinese office does otherwise, as far as another system can show it."""
