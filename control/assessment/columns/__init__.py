"""Events and intervals over whole columns of numbers, for tens of thousands of places, without the claims behind them."""
