"""Facts about entities that stand in a text; one file a kind."""

from lianfang.indicators.contact import Contact, find_contacts
from lianfang.indicators.find import find_indicators
from lianfang.indicators.hidden import hide, masked, masked_in
from lianfang.indicators.mask import mask

__all__ = ["Contact", "find_contacts", "find_indicators", "hide", "mask", "masked", "masked_in"]
