"""Facts about entities that stand in a text; one file a kind."""

from lianfang.indicators.contact import Contact, find_contacts

__all__ = ["Contact", "find_contacts"]
