"""What arrived, as it came; and personal values, apart and encrypted."""
