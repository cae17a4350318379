"""Who is assessed and how far the city is: roster and progress."""
