"""Charts: a frame goes in, a figure comes out."""
