"""The self-assessment form: one layout, a writer and a reader that both go by it."""
