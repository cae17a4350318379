"""The published table typed by hand: found, split into sentences, its points read and held against the rules."""
