"""What goes wrong in a browser without anybody seeing it on the page."""

import re
from collections.abc import Iterable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Response

REPORT_VIOLATIONS = """addEventListener("securitypolicyviolation", (event) =>
  console.error("CSP violation:", event.violatedDirective, event.blockedURI, event.sourceFile, event.lineNumber))"""
REFUSAL = re.compile(r"Failed to load resource: the server responded with a status of (\d{3})")
MINDED = ("serious", "critical")
OVERFLOW = """() => {
  const page = document.documentElement, width = page.clientWidth;
  if (page.scrollWidth <= width) return [];
  const end = (e) => { const box = e.getBoundingClientRect(); return Math.max(box.right, box.left + e.scrollWidth); };
  const wide = [...document.querySelectorAll("body *")].filter((e) => end(e) > width + 1);
  return [`${page.scrollWidth} > ${width}`, ...wide.slice(-5).map((e) => e.outerHTML.slice(0, 120))];
}"""


class Watch:
    """Over every page of a browser: script errors, policy violations, console errors, refusals nobody asked for."""

    def __init__(self, context: BrowserContext) -> None:
        self.problems: list[str] = []
        self.provoked: set[int] = set()
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("weberror", lambda error: self.problems.append(f"script error: {error.error}"))
        context.on("console", self._heard)
        context.on("response", self._answered)

    def expect(self, *statuses: int) -> None:
        """From now on these refusals are what the test wants; the browser's own line about them is no problem."""
        self.provoked.update(statuses)

    def _heard(self, message: ConsoleMessage) -> None:
        refusal = REFUSAL.match(message.text)
        if message.type == "error" and not (refusal and int(refusal[1]) in self.provoked):
            self.problems.append(f"console at {message.location.get('url')}: {message.text}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.provoked:
            self.problems.append(f"{response.status} {response.request.method} {response.url}")


def sideways(page: Page, widths: Iterable[int] = ()) -> list[str]:
    """What makes the page scroll sideways, at its own width or at each of `widths`; empty where nothing does."""
    own, found = page.viewport_size, page.evaluate(OVERFLOW) if not widths else []
    for width in widths:
        page.set_viewport_size({"width": width, "height": own["height"]})
        found += page.evaluate(OVERFLOW)
    if widths:
        page.set_viewport_size(own)
    return found


def minded(page: Page, width: int, scheme: str) -> list[str]:
    """What axe finds serious or critical at this width, in the `light` or `dark` scheme."""
    page.set_viewport_size({"width": width, "height": page.viewport_size["height"]})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    found = [violation for violation in Axe().run(page).response["violations"] if violation["impact"] in MINDED]
    return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]
