"""Every figure, as pure functions of frames; start at `compute` and `catalogue`."""
