"""The standard: its model, its rules, and how it is read from YAML."""
