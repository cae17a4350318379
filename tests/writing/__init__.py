"""What all written files share."""
