"""A page to look at: the data of a batch in one HTML file beside a small renderer, to be opened offline."""
