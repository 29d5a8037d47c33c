"""Pictures of our mails and of the report as a browser shows them: screenshots.py SAMPLES OUT.

SAMPLES holds NAME.LANG.html (build/mail_samples and build/report_samples write them). OUT gets NAME.LANG.WIDTH.png: each
mail in English at the width of a phone and of a desk, in Spanish and Vietnamese at that of a phone, and some in the dark; the
report by day and by night at both widths. The browser is spoken to through two pipes, in the protocol of its developer tools;
it has no network.
"""

import base64
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

PHONE, DESK = 375, 1200
REPORT_DESK = 1280
IN_THE_DARK = ("notice", "result")


class Browser:
    """A headless Chromium with one page."""

    def __init__(self, profile):
        to_browser, self.write_end = os.pipe()
        self.read_end, from_browser = os.pipe()
        # The browser reads from descriptor 3 and writes to 4.
        wires = f"exec 3<&{to_browser} 4>&{from_browser}; exec chromium \"$@\""
        self.process = subprocess.Popen(
            ["sh", "-c", wires, "sh", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
             "--remote-debugging-pipe", "--proxy-server=127.0.0.1:9", f"--user-data-dir={profile}", "about:blank"],
            pass_fds=(to_browser, from_browser), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self.last_id = 0
        self.rest = b""
        self.events = []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = None
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.ask("Page.enable")

    def message(self):
        while b"\0" not in self.rest:
            piece = os.read(self.read_end, 1 << 20)
            if not piece:
                raise RuntimeError("the browser has gone")
            self.rest += piece
        one, self.rest = self.rest.split(b"\0", 1)
        return json.loads(one)

    def ask(self, method, **parameters):
        self.last_id += 1
        question = {"id": self.last_id, "method": method, "params": parameters}
        if getattr(self, "session", None):
            question["sessionId"] = self.session
        os.write(self.write_end, json.dumps(question).encode() + b"\0")
        while True:
            answer = self.message()
            if answer.get("id") == self.last_id:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer.get("method"))

    def picture(self, page, width, scheme="light"):
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=100, deviceScaleFactor=1,
                 mobile=width < 500)
        self.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.events = []
        self.ask("Page.navigate", url=page.as_uri())
        while "Page.loadEventFired" not in self.events:
            self.events.append(self.message().get("method"))
        size = self.ask("Page.getLayoutMetrics")["cssContentSize"]
        if size["width"] > width:
            raise SystemExit(f"{page.name}: {size['width']} px wide where the window has {width}")
        clip = {"x": 0, "y": 0, "width": width, "height": size["height"], "scale": 1}
        shot = self.ask("Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True)
        return base64.b64decode(shot["data"])

    def close(self):
        self.session = None
        self.ask("Browser.close")
        self.process.wait(timeout=30)


def wanted(page):
    """(width, scheme, name of the picture) for each picture of that mail."""
    name, language, _ = page.name.split(".")
    if name == "report":
        if language != "en":
            return [(PHONE, "light", f"{name}.{language}.{PHONE}.png")]
        return [(width, scheme, f"{name}.{language}.{width}.{scheme}.png")
                for width in (PHONE, REPORT_DESK) for scheme in ("light", "dark")]
    widths = (PHONE, DESK) if language == "en" else (PHONE,)
    pictures = [(width, "light", f"{name}.{language}.{width}.png") for width in widths]
    if language == "en" and name in IN_THE_DARK:
        pictures.append((PHONE, "dark", f"{name}.{language}.dark.png"))
    return pictures


def main():
    samples, out = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
    out.mkdir(parents=True, exist_ok=True)
    profile = tempfile.mkdtemp(prefix="leadmail-browser-")
    browser = Browser(profile)
    try:
        for page in sorted(samples.glob("*.html")):
            for width, scheme, name in wanted(page):
                picture = out / name
                picture.write_bytes(browser.picture(page, width, scheme))
                # Few colours, so a palette loses nothing that one sees.
                subprocess.run(["pngquant", "--force", "--skip-if-larger", "--output", picture, "32", picture],
                               check=False)
    finally:
        browser.close()
        shutil.rmtree(profile, ignore_errors=True)


if __name__ == "__main__":
    main()
