"""Building: the data that ``entities`` links with, made from published packages; nothing here runs in a stage."""
