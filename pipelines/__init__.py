"""From OKR files to figures: everything that makes sense without a screen."""
