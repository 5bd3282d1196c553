"""Where a PIN must never stand."""

import re

# No token's, and nothing else: where it is found, somebody kept what was typed.
CANARY_PIN = "bay-mau-chim-yen-48151623"


def pins_in(text: str, pins: list[str]) -> list[str]:
    """Which of the PINs stand in a text for themselves: six digits in a row are in many a digest or second."""
    text = re.sub(r"\d{2}:\d{2}:\d{2}\.\d+", "", text)
    return [pin for pin in pins if re.search(rf"(?<![0-9A-Za-z.]){re.escape(pin)}(?![0-9A-Za-z])", text)]
