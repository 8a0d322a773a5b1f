"""A real browser without a window, driven over a pipe in its own protocol: https://chromedevtools.github.io."""

import base64
import fcntl
import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

PROGRAM = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-default-apps",
    "--host-resolver-rules=MAP * ~NOTFOUND", "--remote-debugging-pipe", "--force-color-profile=srgb",
)  # fmt: skip
"""Nothing that it does beside showing a page: no network, no updates, no drawing on a card."""


class Browser:
    """One browser for all pages of a test run."""

    def __init__(self, profile: Path) -> None:
        """Start it, with its files in the folder `profile`."""
        program = next(found for name in PROGRAM if (found := shutil.which(name)))
        ends = [*os.pipe(), *os.pipe()]
        # The browser reads and writes at 3 and 4, so that none of these may be there already.
        commands, self._commands, self._answers, answers = (fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in ends)
        for end in ends:
            os.close(end)
        script = f'exec "$@" 3<&{commands} 4>&{answers}'
        self._process = subprocess.Popen(
            ["bash", "-c", script, "bash", program, *QUIET, f"--user-data-dir={profile}", "about:blank"],
            pass_fds=(commands, answers),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(commands)
        os.close(answers)
        self._buffer = bytearray()
        self._number = 0
        self.events: list[dict[str, Any]] = []
        """What was reported since a page was opened."""

    def ask(self, method: str, session: str | None = None, **parameters: Any) -> Any:
        """Send a command, and return its answer."""
        self._number += 1
        command = {"id": self._number, "method": method, "params": parameters}
        if session is not None:
            command["sessionId"] = session
        os.write(self._commands, json.dumps(command).encode() + b"\0")
        while (message := self._read()).get("id") != self._number:
            self.events.append(message)
        assert "error" not in message, f"{method}: {message['error']}"
        return message["result"]

    def wait_for(self, event: str, session: str) -> None:
        """Wait until something has happened."""
        while not any(each["method"] == event and each.get("sessionId") == session for each in self.events):
            self.events.append(self._read())

    def _read(self) -> dict[str, Any]:
        while (end := self._buffer.find(b"\0")) < 0:
            piece = os.read(self._answers, 1 << 20)
            assert piece, "the browser is gone"
            self._buffer += piece
        message: dict[str, Any] = json.loads(self._buffer[:end])
        del self._buffer[: end + 1]
        return message

    def close(self) -> None:
        """End it."""
        with suppress(AssertionError, OSError):
            self.ask("Browser.close")
        self._process.wait(timeout=120)
        os.close(self._commands)
        os.close(self._answers)


class Tab:
    """A page that is open."""

    def __init__(self, browser: Browser, width: int = 1280, height: int = 900, *, script: bool = True) -> None:
        """Open an empty one, so wide, with or without script."""
        self.browser = browser
        self._target = browser.ask("Target.createTarget", url="about:blank")["targetId"]
        found = browser.ask("Target.attachToTarget", targetId=self._target, flatten=True)
        self._session: str = found["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "Audits"):
            self.ask(f"{domain}.enable")
        self.resize(width, height)
        if not script:
            self.ask("Emulation.setScriptExecutionDisabled", value=True)

    def __enter__(self) -> Self:
        """Use it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.browser.ask("Target.closeTarget", targetId=self._target)

    def ask(self, method: str, **parameters: Any) -> Any:
        """Send a command for this page."""
        return self.browser.ask(method, self._session, **parameters)

    def resize(self, width: int, height: int) -> None:
        """Make it so wide; a narrow one is a telephone."""
        self.ask(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )

    def look(self, *, dark: bool = False, media: str = "") -> None:
        """Show it in light or dark, on a screen or as it is printed."""
        features = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        features.append({"name": "prefers-reduced-motion", "value": "reduce"})
        self.ask("Emulation.setEmulatedMedia", media=media, features=features)

    def open(self, path: Path) -> None:
        """Open a file, and wait until it is there."""
        self.browser.events.clear()
        self.ask("Page.navigate", url=path.as_uri())
        self.browser.wait_for("Page.loadEventFired", self._session)

    def run(self, expression: str) -> Any:
        """Return what an expression is on the page."""
        answer = self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def press(self, key: str, code: int, text: str = "") -> None:
        """Press a key and let it go."""
        known = {"key": key, "code": key, "windowsVirtualKeyCode": code}
        self.ask("Input.dispatchKeyEvent", type="keyDown", **known, **({"text": text} if text else {}))
        self.ask("Input.dispatchKeyEvent", type="keyUp", **known)

    def picture(self, path: Path, *, whole: bool = True) -> None:
        """Write what is seen of it, or all of it, as a picture."""
        data = self.ask("Page.captureScreenshot", captureBeyondViewport=whole)["data"]
        path.write_bytes(base64.b64decode(data))

    def print(self) -> bytes:
        """Return it as a PDF."""
        return base64.b64decode(self.ask("Page.printToPDF", printBackground=True)["data"])

    @property
    def complaints(self) -> list[Mapping[str, Any]]:
        """What was logged, thrown or refused since it was opened."""
        wanted = {"Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Audits.issueAdded"}
        mine = [each["params"] for each in self._mine if each["method"] in wanted]
        return [each for each in mine if each.get("issue", {}).get("code") != "GenericIssue"]

    @property
    def asked_for(self) -> list[str]:
        """The addresses that it has asked for."""
        asked = [each["params"] for each in self._mine if each["method"] == "Network.requestWillBeSent"]
        return [each["request"]["url"] for each in asked]

    @property
    def _mine(self) -> list[dict[str, Any]]:
        return [each for each in self.browser.events if each.get("sessionId") == self._session]
