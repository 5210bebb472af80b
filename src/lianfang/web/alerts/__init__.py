"""What a person must look at, and what that person decided."""
