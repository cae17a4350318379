"""What ``jieyue doctor`` finds."""
