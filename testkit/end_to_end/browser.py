"""The page in a real browser: clicks, themes, a phone, without JavaScript; what it asks for, and what axe finds."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FloatRect, Page, Request, expect, sync_playwright

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""As root, and without requests of the browser's own."""

DESK = (1280, 900)
PHONE = (390, 844)
NOTE_VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(event.violatedDirective + ": " + (event.blockedURI || event.sample)));
"""
LONGEST = 1800
"""Of a picture, in pixels: the page of an hour lists hundreds of listeners."""


class Visitor:
    """Somebody who looks at the page; every request is noted."""

    def __init__(self, browser: Browser, base: str, pictures: Path) -> None:
        self._browser = browser
        self._base = base
        self._pictures = pictures
        self.requests: list[str] = []

    @contextmanager
    def page(self, size: tuple[int, int] = DESK, theme: str = "light", scripts: bool = True) -> Iterator[Page]:
        context = self._browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if theme == "dark" else "light",
            java_script_enabled=scripts,
            timezone_id="Europe/Berlin",
        )
        page = context.new_page()
        page.add_init_script(NOTE_VIOLATIONS)
        page.on("request", self._note)
        yield page
        context.close()

    def _note(self, request: Request) -> None:
        if not request.url.startswith("data:"):
            self.requests.append(request.url)

    def see(self, page: Page, picture: str) -> None:
        """Takes a picture; nothing is wider than the window or against the page's policy, axe finds nothing serious."""
        # Before the picture and axe, which put styles of their own into the page.
        violations = page.evaluate("window.violations")
        assert not violations, f"{page.url}: {violations}"
        width, height = page.evaluate("[innerWidth, document.documentElement.scrollHeight]")
        clip: FloatRect = {"x": 0, "y": 0, "width": width, "height": min(height, LONGEST)}
        page.screenshot(path=self._pictures / f"{picture}.png", full_page=True, clip=clip)
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{page.url} is {wider} pixels wider than the window"
        found = [
            (violation["id"], [node["target"] for node in violation["nodes"]])
            for violation in Axe().run(page).response["violations"]
            if violation["impact"] in ("serious", "critical")
        ]
        assert not found, f"{page.url}: {found}"


def check(base: str, pictures: Path, listener: str, hour: str) -> None:
    """Visits each page. `hour`: one that is published, such as 2026-11-22T13:00Z."""
    pictures.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=[*QUIET])
        visitor = Visitor(browser, base, pictures)
        _reads_on_a_desk(visitor, base, listener, hour)
        _reads_on_a_phone(visitor, base, listener)
        _reads_without_scripts(visitor, base, listener)
        browser.close()
    foreign = [url for url in visitor.requests if not url.startswith(f"{base}/")]
    assert visitor.requests
    assert not foreign


def _reads_on_a_desk(visitor: Visitor, base: str, listener: str, hour: str) -> None:
    with visitor.page() as page:
        page.goto(base)
        expect(page.get_by_role("heading", name="What everybody played")).to_be_visible()
        visitor.see(page, "overview")
        page.get_by_role("link", name="Listeners").click()
        page.get_by_label("Name").fill(listener)
        page.get_by_role("button", name="Show").click()
        page.get_by_role("list", name="Listeners found").get_by_role("link").first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(listener)
        # The browser has told its zone.
        expect(page.get_by_label("time zone")).to_have_value("Europe/Berlin")
        visitor.see(page, "listener")
        before = page.locator("[data-name=listens]").get_attribute("data-value")
        page.get_by_label("From").fill("2020-01-01")
        page.get_by_label("to", exact=True).fill("2020-01-31")
        page.get_by_label("time zone").fill("Asia/Kolkata")
        page.get_by_role("button", name="Show").click()
        expect(page.get_by_text("No listens of this listener")).to_be_visible()
        assert before != "0"
        assert "zone=Asia%2FKolkata" in page.url
        # Days of the same zone again, since a history may begin within 30 days of another one.
        page.get_by_label("time zone").fill("Europe/Berlin")
        page.get_by_role("button", name="Show").click()
        expect(page.get_by_label("time zone")).to_have_value("Europe/Berlin")
        page.get_by_role("link", name="30 days").click()
        expect(page.locator("[data-name=listens]")).to_have_attribute("data-value", str(before))
        page.get_by_role("link", name="on one page").click()
        expect(page.get_by_role("link", name="Keep this page")).to_be_visible()
        expect(page.locator("canvas").first).to_be_visible()
        visitor.see(page, "year")
        with page.expect_download() as download:
            page.get_by_role("link", name="Keep this page").click()
        kept = visitor._pictures / "kept.html"
        download.value.save_as(kept)
        page.goto(f"{base}/hours/{hour}")
        visitor.see(page, "hour")
        songs = page.locator("table.sortable").first.locator("tbody th")
        page.get_by_role("button", name="song", exact=True).click()
        from_the_end = songs.all_inner_texts()
        page.get_by_role("button", name="song", exact=True).click()
        assert songs.all_inner_texts() == from_the_end[::-1]
        page.get_by_role("link", name="Operation").click()
        expect(page.get_by_role("heading", name="Stream")).to_be_visible()
        visitor.see(page, "operation")
    with visitor.page() as page:
        page.context.set_offline(True)
        page.goto(kept.as_uri())
        expect(page.locator("canvas").first).to_be_visible()
        visitor.see(page, "kept")
    visitor.requests[:] = [url for url in visitor.requests if url != kept.as_uri()]


def _reads_on_a_phone(visitor: Visitor, base: str, listener: str) -> None:
    for theme in ("light", "dark"):
        with visitor.page(PHONE, theme) as page:
            page.goto(base)
            visitor.see(page, f"overview-phone-{theme}")
            page.get_by_role("link", name="Listeners").click()
            page.get_by_label("Name").fill(listener[:3].upper())
            page.keyboard.press("Enter")
            expect(page.get_by_role("list", name="Listeners found")).to_be_visible()
            visitor.see(page, f"search-phone-{theme}")
            page.get_by_role("link", name=listener, exact=True).click()
            expect(page.get_by_role("heading", level=1)).to_contain_text(listener)
            visitor.see(page, f"listener-phone-{theme}")
    with visitor.page(theme="dark") as page:
        page.goto(base)
        visitor.see(page, "overview-dark")


def _reads_without_scripts(visitor: Visitor, base: str, listener: str) -> None:
    with visitor.page(scripts=False) as page:
        page.goto(f"{base}/listeners")
        page.get_by_label("Name").fill(listener)
        page.get_by_role("button", name="Show").click()
        page.get_by_role("list", name="Listeners found").get_by_role("link").first.click()
        expect(page.get_by_role("table", name="Songs played most")).to_be_visible()
        expect(page.get_by_text("What the songs were like")).to_be_visible()


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit("usage: python -m end_to_end.browser ADDRESS FOLDER LISTENER HOUR")
    check(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
