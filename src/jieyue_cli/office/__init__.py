"""The office's year: evidence, verification, the ledger, the way to the target; pure but for the ledger's file."""
