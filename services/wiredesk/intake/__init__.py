"""intake: what a feed sent, as clean text with its parts labelled and its wires named."""
