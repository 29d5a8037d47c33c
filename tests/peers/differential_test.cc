// Every mail of tests/corpus, and of the sets of LEADMAIL_CORPORA where it is set, read by us and by GMime. Where the
// two differ, one is wrong: if it is not us, the class of the difference stands in allowed.cc with the reason.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/peers/compare.h"

namespace leadmail::peers {
namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<fs::path> mails_below(const fs::path& folder) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.path().extension() == ".eml") paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  return paths;
}

/// How often each reason was needed; a difference without one is a failure.
std::map<std::string_view, int> compare(const std::vector<fs::path>& paths) {
  std::map<std::string_view, int> reasons;
  static const Gmime gmime;
  for (const auto& path : paths) {
    const auto raw = read_file(path);
    const auto theirs = gmime.read(raw);
    if (!theirs) continue;  // no header at all: nothing to compare with
    const Ours ours(raw);
    const Mail mail{raw, ours, *theirs};
    for (const auto& difference : differences(mail)) {
      const auto reason = reason_of(mail, difference);
      if (!reason.empty()) ++reasons[reason];
      EXPECT_FALSE(reason.empty()) << path << ": " << difference.field
                                   << "\n  ours:   " << difference.ours.substr(0, 500)
                                   << "\n  GMime's: " << difference.theirs.substr(0, 500);
    }
  }
  return reasons;
}

TEST(Differential, WhatGMimeReadsOtherwiseHasAReason) {
  const auto paths = mails_below("tests/corpus");
  ASSERT_GE(paths.size(), 19U);
  compare(paths);
}

TEST(Differential, TheSameOnMailThatWeDidNotWrite) {
  const char* folder = std::getenv("LEADMAIL_CORPORA");
  if (folder == nullptr) GTEST_SKIP() << "LEADMAIL_CORPORA names no folder";
  for (const auto& [reason, count] : compare(mails_below(folder))) std::cout << count << "  " << reason << "\n";
}

}  // namespace
}  // namespace leadmail::peers
