"""WHERE: places, their names, and the ground they stand for. Knows nothing of control."""
