"""kill -9 again and again while mail comes and goes: nothing is lost and nothing is done twice.

The moments are spread over start, intake and sending by a fixed seed. Which system call each one hits differs from run to
run (tests/faults goes through them one by one); what has to be true afterwards does not. LEADMAIL_KILLS says how many
(50); 500 take some minutes.
"""

import os
import random
import time
import unittest

from story import Story
from world import World

KILLS = int(os.environ.get("LEADMAIL_KILLS", "50"))


class Kill(Story):
    settings = {"acknowledge": True}
    running = False

    def test_nothing_is_lost_or_doubled(self):
        dice = random.Random(50)
        with World.writes(self) as world:
            for number in range(KILLS):
                self.leadmail.launch()
                # Every second time the daemon gets as far as working, else it dies while it starts.
                time.sleep(dice.uniform(0.0, 0.15) if number % 2 else dice.uniform(0.15, 1.0))
                self.leadmail.kill()
        world.settle()
        world.check()
        self.assertGreater(len(world.inquiries), KILLS)
        self.assertGreater(len(world.answered), 5)
        print(f"kills: {KILLS}; {len(world.inquiries)} inquiries, {len(world.answered)} answers: 0 lost, 0 doubled")


if __name__ == "__main__":
    unittest.main()
