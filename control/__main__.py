"""`python -m control`."""

from control.cli import main

if __name__ == "__main__":
    main()
