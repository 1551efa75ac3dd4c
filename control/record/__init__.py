"""What was said: the places, actors, sources and reports of a theatre, and the claims that reports become."""
