"""The contract: typed messages that mirror ``schemas/``, ids, spans, and what handlers take and give."""
