"""The pages: what the history says, drawn."""
