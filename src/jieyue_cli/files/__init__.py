"""The disk: files that are read, also from archives, and files that are written. Nothing else opens one."""
