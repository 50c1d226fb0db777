"""A page in headless Chromium, as the tests use it."""

from __future__ import annotations

import json
import os
import shutil
from typing import Any
from urllib.parse import urlsplit

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

ARGUMENTS = (
    "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader", "--window-size=1280,860",
)  # fmt: skip
#: Seconds that a page may take on a slow machine; KG_TEST_PATIENCE gives a slower one more.
PATIENCE = int(os.environ.get("KG_TEST_PATIENCE", "60"))


class Page:
    """One window. Every wait ends with an error that names what never came."""

    def __init__(self) -> None:
        options = webdriver.ChromeOptions()
        options.binary_location = str(shutil.which("chromium"))
        for argument in ARGUMENTS:
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service(str(shutil.which("chromedriver"))))
        self.driver.set_page_load_timeout(PATIENCE)
        self.requests: list[str] = []

    def close(self) -> None:
        """End the browser."""
        self.driver.quit()

    def size(self, width: int, height: int) -> None:
        """Give the window another size."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def dark(self, on: bool) -> None:
        """Prefer dark, or light."""
        feature = {"name": "prefers-color-scheme", "value": "dark" if on else "light"}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})

    def open(self, address: str, fragment: str = "") -> None:
        """Load the explorer anew, and wait until it shows its graph."""
        self.driver.get("about:blank")
        self.requests = []
        self._log("performance")
        self.driver.get(f"{address}#{fragment}")
        self.wait("#nav a[aria-current]")

    def all(self, selector: str) -> list[WebElement]:
        """Elements as they are now."""
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def wait(self, selector: str, text: str = "") -> WebElement:
        """The first element of the selector that shows the text."""

        def shown(_: object) -> WebElement | None:
            return next((e for e in self.all(selector) if text in (e.get_property("textContent") or "")), None)  # type: ignore[operator]

        waiting = WebDriverWait(self.driver, PATIENCE, ignored_exceptions=[Exception])
        found = waiting.until(shown, f"no {selector} with {text!r}")
        assert found is not None
        return found

    def until(self, code: str) -> Any:
        """What a script gives, once that is something."""
        return WebDriverWait(self.driver, PATIENCE).until(lambda _: self.script(code), f"never: {code}")

    def click(self, selector: str, text: str = "") -> None:
        """Click the first element of the selector that shows the text."""
        self.script("arguments[0].scrollIntoView({block: 'center'})", self.wait(selector, text))
        self.wait(selector, text).click()

    def press(self, *keys: str) -> None:
        """Press keys, by their name or as text, wherever the focus is."""
        actions = ActionChains(self.driver)
        for key in keys:
            actions.send_keys(getattr(Keys, key) if key.isupper() else key)
        actions.perform()

    def text(self, selector: str) -> str:
        """All that the selector's elements say."""
        return str(
            self.script(
                "return [...document.querySelectorAll(arguments[0])].map(e => e.textContent).join(' ')", selector
            )
        )

    def script(self, code: str, *arguments: object) -> Any:
        """What a script gives."""
        return self.driver.execute_script(code, *arguments)

    @property
    def fragment(self) -> str:
        """The part of the address that holds the state."""
        return urlsplit(self.driver.current_url).fragment

    def _log(self, kind: str) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = self.driver.get_log(kind)  # type: ignore[no-untyped-call]
        return entries

    def errors(self) -> list[str]:
        """What the console complains about since the last look."""
        return [e["message"] for e in self._log("browser") if e["level"] == "SEVERE"]

    def foreign(self) -> list[str]:
        """Requests to another host than the page's own."""
        host = urlsplit(self.driver.current_url).netloc
        for entry in self._log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                self.requests.append(message["params"]["request"]["url"])
        return [r for r in self.requests if urlsplit(r).scheme.startswith("http") and urlsplit(r).netloc != host]
