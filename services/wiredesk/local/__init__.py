"""The whole line on this machine: its five processes, and a watch on its topics. For the demo and for tests."""
