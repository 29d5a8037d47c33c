#!/usr/bin/env python3
"""sweep.py kill|fail [--every N] [--from N] [--to N] [--lanes N] [--seed N] [--tool fault_calls]

Takes the scenario (scenario.py) through a fault at every system call, one run a call: `kill` ends the daemon with SIGKILL
before each call that changes anything outside it, `fail` lets each call that is I/O fail once. After each the daemon is
started again with nothing in the way, and everything is counted: each mail has its row, each lead is there once, each
promised mail was taken once, twice only where the answer was cut off. --every N sweeps one call of N, a different one
for each seed. Ends with status 1 when an account did not balance, and names the call.
"""

import argparse
import collections
import os
import pathlib
import random
import sys
import threading
import time

import scenario


class Sweep:
    def __init__(self, options, numbers):
        self.options, self.numbers = options, iter(numbers)
        self.lock, self.failed, self.by_name, self.points, self.beyond = threading.Lock(), [], collections.Counter(), 0, 0

    def next(self):
        with self.lock:
            return next(self.numbers, None)

    def run_lane(self, lane):
        lane.learn()
        report = lane.mail.dir / f"{lane.user}.json"
        calls = "changing" if self.options.what == "kill" else "all"
        while (number := self.next()) is not None:
            try:
                told, found = lane.struck(self.options.tool, self.options.what, number, calls, report)
            except Exception as error:  # a point that cannot be judged is a failed one, and the others go on
                told, found = {"struck": None, "calls": 0}, [f"{type(error).__name__}: {error}"]
            with self.lock:
                self.points += told["struck"] is not None
                self.beyond += told["struck"] is None
                if told["struck"]:
                    self.by_name[told["struck"]["name"]] += 1
                if found:
                    self.failed.append(number)
                    print(f"{self.options.what} {number} {told['struck']}:")
                    for line in found:
                        print(f"    {line}", flush=True)


def count_calls(lane, options):
    """How many calls an undisturbed run makes."""
    lane.learn()
    told, _ = lane.struck(options.tool, options.what, 10**9, "changing" if options.what == "kill" else "all", lane.mail.dir / "count.json")
    return told["calls"], told["by_name"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("kill", "fail"))
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--from", type=int, default=1, dest="first")
    parser.add_argument("--to", type=int, dest="last")
    parser.add_argument("--lanes", type=int, default=os.cpu_count())
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tool", default=str(scenario.pathlib.Path(os.environ.get("LEADMAIL_BUILD", "build")) / "fault_calls"))
    options = parser.parse_args()
    options.tool = str(pathlib.Path(options.tool).resolve())
    began = time.monotonic()
    with scenario.open_mail_system(options.lanes) as mail:
        exchanged = scenario.Exchanged(mail)
        lanes = [scenario.Lane(mail, exchanged, number) for number in range(options.lanes)]
        total, by_name = count_calls(lanes[0], options)
        print(f"an undisturbed run: {total} calls {by_name}", flush=True)
        last = options.last or total + total // 50  # a run with a fault in it makes a few more
        offset = random.Random(options.seed).randrange(options.every)
        numbers = range(options.first + offset, last + 1, options.every)
        sweep = Sweep(options, numbers)
        threads = [threading.Thread(target=sweep.run_lane, args=(lane,)) for lane in lanes]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    took = time.monotonic() - began
    print(f"{options.what}: {sweep.points} points of {total} calls struck ({sweep.beyond} beyond the end), "
          f"{len(sweep.failed)} with complaints, {took:.0f} s; struck: {dict(sweep.by_name)}")
    return 1 if sweep.failed or sweep.points == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
