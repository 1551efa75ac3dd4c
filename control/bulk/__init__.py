"""Claims by the million: the rules of `control.events`, `control.chain` and `control.resolve` over columns of numbers."""
