"""What answers are worth: scorecards, the reasons for every point, and the way to the pass mark."""
