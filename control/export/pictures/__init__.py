"""Pictures and films of the map."""
