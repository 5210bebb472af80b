"""What every room of the site shares: frame, words, access, audit."""
