"""Orders, and how the command talks: who has taken an order on, the coordination log, and whom to call."""
