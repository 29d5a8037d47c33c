"""Says how many tests a run had, from the JUnit files that each program left in a folder. Skipped ones are named."""

import pathlib
import sys
import xml.etree.ElementTree as ET


def main():
    passed, failed, skipped = 0, [], []
    for path in sorted(pathlib.Path(sys.argv[1]).glob("*.xml")):
        for case in ET.parse(path).iter("testcase"):
            name = f"{case.get('classname')}.{case.get('name')}"
            if case.find("failure") is not None or case.find("error") is not None:
                failed.append(name)
            elif case.find("skipped") is not None:
                reason = (case.find("skipped").get("message") or "").strip().splitlines()
                skipped.append(f"{name}: {reason[-1] if reason else 'no reason given'}")
            elif case.get("status") != "notrun":
                passed += 1
    for name in failed:
        print(f"  failed   {name}")
    for line in skipped:
        print(f"  skipped  {line}")
    print(f"tests: {passed} passed, {len(failed)} failed, {len(skipped)} skipped")


if __name__ == "__main__":
    main()
