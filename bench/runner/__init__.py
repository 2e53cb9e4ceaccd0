"""What a message costs in our runner, beside other ways to write the same loop: ``python -m bench.runner``."""
