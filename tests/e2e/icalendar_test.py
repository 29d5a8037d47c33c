"""Our invitations as an implementation reads them that shares nothing with the one that writes them."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

try:
    import icalendar
except ImportError:  # Debian's own Python has it
    if sys.executable != "/usr/bin/python3" and os.path.exists("/usr/bin/python3"):
        os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])
    raise

BUILD = pathlib.Path(os.environ.get("LEADMAIL_BUILD", pathlib.Path(__file__).resolve().parents[2] / "build"))


class Invitations(unittest.TestCase):
    def test_every_zone_is_read_as_the_instant_that_was_meant(self):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(
                [BUILD / "mail_message_test", "--gtest_filter=Ical.*"],
                env={**os.environ, "LEADMAIL_ICS_FOLDER": folder},
                stdout=subprocess.DEVNULL,
                check=True,
            )
            files = sorted(pathlib.Path(folder).iterdir())
            for path in files:
                calendar = icalendar.Calendar.from_ical(path.read_bytes())
                self.assertEqual(calendar["method"], "REQUEST")
                (event,) = calendar.walk("VEVENT")
                self.assertEqual(event.errors, [])
                start = event["dtstart"].dt
                zones = calendar.walk("VTIMEZONE")
                if zones:  # by the object's own rules alone
                    start = zones[0].to_tz().localize(start.replace(tzinfo=None))
                self.assertEqual(int(start.timestamp()), int(path.stem.partition("_")[2]), path.read_text())
                self.assertEqual(event["attendee"].params["RSVP"], "TRUE")
                self.assertIn("#status won", str(event["description"]))
        self.assertGreater(len(files), 300)
        print(f"{len(files)} invitations read")


if __name__ == "__main__":
    unittest.main()
