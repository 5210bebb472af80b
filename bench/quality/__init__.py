"""How well the screener does, beside a naive floor, on texts that no guide was tuned on."""
