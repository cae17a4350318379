"""What a standard says, in sentences that a clerk can hold against the published text, 编号 by 编号.

What answers bring is worked out by the rules themselves (``Rule.examples``): no sentence can say other than the score.
"""
