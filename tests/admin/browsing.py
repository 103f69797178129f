"""What the browser tests of the admin do on its pages."""

import re

PHONE = {"width": 375, "height": 812}


def press(page, name):
    """Press the button that begins with `name`, and wait for the next page."""
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile(rf"^{name}(, .*)?$")).click()
