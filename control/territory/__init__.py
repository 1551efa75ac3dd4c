"""Whose the ground is: estimates between reported places, areas, front lines, enclaves, and figures of area and people."""
