"""The parts of `bench/scrub.py`: made-up history, stock maps, small apps, and eyes that see when the map has changed."""
