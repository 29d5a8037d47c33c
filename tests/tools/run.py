"""Runs one file of Python tests: run.py FILE [unittest arguments]. Names are taken from the file's class and function.

With LEADMAIL_TEST_RESULTS set, the outcome of each test is also left there as JUnit XML, as the C++ tests do it, so that
script/test can count them all.
"""

import importlib.util
import os
import pathlib
import sys
import time
import unittest
import xml.etree.ElementTree as ET

TESTS = pathlib.Path(__file__).resolve().parent.parent


class Result(unittest.TextTestResult):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.suite = ET.Element("testsuite")

    def startTest(self, test):
        super().startTest(test)
        kind, name = test.id().split(".")[-2:]
        self._case = ET.SubElement(self.suite, "testcase", classname=kind, name=name)
        self._began = time.monotonic()

    def stopTest(self, test):
        self._case.set("time", f"{time.monotonic() - self._began:.3f}")
        super().stopTest(test)

    def _note(self, what, text):
        case = getattr(self, "_case", None)
        ET.SubElement(self.suite if case is None else case, what, message=text)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._note("failure", str(err[1]))

    def addError(self, test, err):
        super().addError(test, err)
        if not hasattr(test, "_testMethodName"):  # setUpClass, setUpModule
            self._case = ET.SubElement(self.suite, "testcase", classname="set-up", name=str(test))
        self._note("error", str(err[1]))

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err:
            self._note("failure", f"{subtest}: {err[1]}")

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        if not hasattr(test, "_testMethodName"):
            self._case = ET.SubElement(self.suite, "testcase", classname="set-up", name=str(test))
        self._note("skipped", reason)


def main():
    path = pathlib.Path(sys.argv[1]).resolve()
    sys.path[:0] = [str(path.parent), str(TESTS / "mailsystem"), str(TESTS / "e2e"), str(TESTS / "tools")]
    from mailsystem import end_on_signals

    end_on_signals()
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    runner = unittest.TextTestRunner(resultclass=Result, verbosity=2)
    program = unittest.main(module=module, argv=[path.name, *sys.argv[2:]], testRunner=runner, exit=False)
    if folder := os.environ.get("LEADMAIL_TEST_RESULTS"):
        ET.ElementTree(program.result.suite).write(pathlib.Path(folder, path.stem + ".xml"), encoding="utf-8")
    return 0 if program.result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
