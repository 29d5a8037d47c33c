#!/usr/bin/env python3
"""sweep.py kill|stop|fail|new|malloc [--every N] [--from N] [--to N] [--lanes N] [--seed N] [--only CALL] [--error NAME]

Takes the scenario (scenario.py) through a fault at every point, one run a point:

    kill    SIGKILL before each call that changes anything outside the daemon
    stop    SIGTERM at each of these
    fail    each call that is I/O fails once
    new     at each place where our code takes memory (a way of calls to operator new) there is none, once
    malloc  the same of the libraries, which take theirs with malloc

After each the daemon is started again with nothing in the way, and everything is counted: each mail has its row, each
lead is there once, each promised mail was taken once, twice only where the answer was cut off. --every N sweeps one point
of N, a different one for each seed; --only goes through the system calls of one name, --error lets all fail alike. Ends with status 1 when an account did not balance, and names the point.
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


class Calls:
    """Kill or fail: points are the numbers of system calls."""

    in_a_row = True  # behind the last call there is none

    def __init__(self, what, build, only, error):
        self.what = what
        self.tool = [build / "fault_calls", "--calls", "all" if what == "fail" else "changing"]
        self.tool += ["--only", only] if only else []
        self.tool += ["--error", error] if error else []

    def count(self, lane):
        total, by_name = lane.count_calls(self.tool)
        print(f"an undisturbed run: {total} calls {by_name}", flush=True)
        return total, total + total // 50  # a run with a fault in it makes a few more

    def strike(self, lane, number):
        return lane.struck(self.tool, self.what, number)


class Stops(Calls):
    def strike(self, lane, number):
        return lane.stopped(self.tool, number)


class Memory:
    """Points are places where memory is taken; of the times a place is come by, the seed takes one."""

    in_a_row = False

    def __init__(self, of, build, seed):
        self.of, self.library, self.seed = of, build / "failing_memory.so", seed

    def count(self, lane):
        self.places = lane.places(self.library, self.of)
        print(f"an undisturbed run: {sum(count for _, count in self.places)} allocations at {len(self.places)} places", flush=True)
        return len(self.places), len(self.places)

    def strike(self, lane, number):
        addresses, count = self.places[number - 1]
        for most in (count, 1):  # another run may come by less often
            struck, found = lane.without_memory(self.library, self.of, addresses, random.Random(f"{self.seed} {number}").randint(1, most))
            if struck is not None or found:
                break
        return struck, found


BEHIND_THE_END = 20  # points, one after the other, that were not come by


class Sweep:
    def __init__(self, points, what, numbers):
        self.points, self.what, self.numbers = points, what, iter(numbers)
        self.lock, self.failed, self.by_name, self.beyond, self.longest = threading.Lock(), [], collections.Counter(), 0, 0.0
        self.done, self.missed, self.began = 0, 0, time.monotonic()

    def next(self):
        with self.lock:
            return None if self.points.in_a_row and self.missed >= BEHIND_THE_END else next(self.numbers, None)

    def run_lane(self, lane):
        lane.learn()
        while (number := self.next()) is not None:
            struck = None
            try:
                struck, found = self.points.strike(lane, number)
            except Exception as error:  # a point that cannot be judged is a failed one, and the others go on
                found = [f"{type(error).__name__}: {error}"]
            with self.lock:
                self.note(number, struck, found)

    def note(self, number, struck, found):
        if struck is None:
            self.beyond += 1
            self.missed += 1
        else:
            self.missed = 0
            self.by_name[struck["name"]] += 1
            self.longest = max(self.longest, struck.get("seconds", 0.0))
            if struck["name"] == scenario.LIBRARY_CRASHED:  # not held against us, and for somebody to look at
                print(f"{self.what} {number} {struck}", flush=True)
        if found:
            self.failed.append(number)
            print(f"{self.what} {number} {struck}:")
            for line in found:
                print(f"    {line}", flush=True)
        self.done += 1
        if self.done % 250 == 0:
            print(f"{self.what}: {self.done} points, {len(self.failed)} with complaints, {time.monotonic() - self.began:.0f} s", file=sys.stderr, flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("kill", "stop", "fail", "new", "malloc"))
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--from", type=int, default=1, dest="first")
    parser.add_argument("--to", type=int, dest="last")
    parser.add_argument("--lanes", type=int, default=2 * os.cpu_count(), help="runs at a time; they wait more than they compute")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only")
    parser.add_argument("--error")
    options = parser.parse_args()
    build = pathlib.Path(os.environ.get("LEADMAIL_BUILD", "build")).resolve()
    if options.what in ("new", "malloc"):
        points = Memory(options.what, build, options.seed)
    else:
        points = (Stops if options.what == "stop" else Calls)(options.what, build, options.only, options.error)
    began = time.monotonic()
    with scenario.open_mail_system(options.lanes) as mail:
        exchanged = scenario.Exchanged(mail)
        lanes = [scenario.Lane(mail, exchanged, number) for number in range(options.lanes)]
        lanes[0].learn()
        total, last = points.count(lanes[0])
        offset = random.Random(options.seed).randrange(options.every)
        numbers = range(options.first + offset, (options.last or last) + 1, options.every)
        sweep = Sweep(points, options.what, numbers)
        threads = [threading.Thread(target=sweep.run_lane, args=(lane,)) for lane in lanes]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    took, struck = time.monotonic() - began, sum(sweep.by_name.values())
    after = f", ended {sweep.longest:.2f} s after it at the latest" if options.what == "stop" else ""
    print(f"{options.what}: {struck} points of {total} struck ({sweep.beyond} not come by), "
          f"{len(sweep.failed)} with complaints{after}, {took:.0f} s; struck: {dict(sweep.by_name)}")
    return 1 if sweep.failed or struck == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
