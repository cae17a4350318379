"""What the doctor looks at: whether the program and this computer are fit for the office's work.

Nothing here needs a library, so that a missing one can be told; only the check of it imports it.
"""
