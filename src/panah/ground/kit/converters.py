"""What stands in addresses besides Django's own."""

from django.urls import register_converter


class NumberConverter:
    """A number as it is written: ``4TQ-7MX-R``."""

    regex = "[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(NumberConverter, "number")
