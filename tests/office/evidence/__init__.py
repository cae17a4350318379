"""Evidence beside the forms."""
