"""How sheets lay out their rows, and how each way becomes rows that state one thing each."""
