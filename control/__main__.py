"""`python -m control`."""

from control.cli.main import main

if __name__ == "__main__":
    main()
