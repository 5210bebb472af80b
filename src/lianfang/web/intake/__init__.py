"""Files come in: captured, read row by row, freed of personal values, screened, kept."""
