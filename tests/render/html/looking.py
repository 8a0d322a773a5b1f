"""Write the pages, and pictures of them: `python -m tests.render.html.looking FOLDER [PAGE.html...]`.

Without pages of your own, those of the tests are taken. It also says how long each takes to open.
"""

import sys
import tempfile
from pathlib import Path

from tests.render.html.browser import Browser, Tab
from tests.render.html.pages import write

OPENED = """new Promise((done) => requestAnimationFrame(() => setTimeout(() => {
  const there = Math.round(performance.now())
  new PerformanceObserver((seen) => seen.getEntriesByName("first-contentful-paint").forEach((first) =>
    done([Math.round(first.startTime), there, document.querySelectorAll("*").length])
  )).observe({type: "paint", buffered: true})
})))"""
"""When the first of a page was seen, when all of it was there, both in milliseconds, and how many elements it has."""


def main(folder: Path, *files: str) -> None:
    """Write pictures of pages, two for each width, and say what was measured."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = {Path(file).stem: Path(file).absolute() for file in files} or write(folder)
    with tempfile.TemporaryDirectory() as profile:
        browser = Browser(Path(profile))
        for name, path in pages.items():
            for width in (1280, 390):
                with Tab(browser, width) as tab:
                    for dark in (False, True):
                        tab.look(dark=dark)
                        tab.open(path)
                        seen, there, elements = tab.run(OPENED)
                        said = f"{name}: {width} wide, first seen after {seen} ms, all there after {there} ms"
                        sys.stdout.write(f"{said}, {elements:,} elements, {path.stat().st_size:,} bytes\n")
                        tall = tab.run("document.documentElement.scrollHeight")
                        tab.resize(width, min(tall, 8_000))
                        tab.run("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
                        tab.picture(folder / f"{name}-{width}-{'dark' if dark else 'light'}.png", whole=False)
                        tab.resize(width, 900)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
