"""The server around the page: who may ask, how long a visit is remembered, what is cleared away."""
