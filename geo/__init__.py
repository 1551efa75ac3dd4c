"""Where: places, their names, and the ground around them. Nothing here knows of control."""
