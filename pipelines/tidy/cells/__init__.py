"""What one cell says: numbers, days, shares, words and markup as people write them."""
