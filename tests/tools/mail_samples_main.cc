// Writes a sample of each of our mails into a folder: NAME.LANG.eml as it leaves, .html and .txt as they are read.
// script/screenshots takes the pictures of the documentation from them.
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "mail/message/parse.h"
#include "tests/daemon/fixtures/mail_samples.h"

namespace {

bool write(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << bytes;
  return static_cast<bool>(file.flush());
}

}  // namespace

int main(int argc, char** argv) {
  using namespace leadmail;
  if (argc != 2) {
    std::fputs("usage: mail_samples FOLDER\n", stderr);
    return 2;
  }
  const std::filesystem::path folder(argv[1]);
  std::filesystem::create_directories(folder);
  for (const std::string language : {"en", "es", "vi"}) {
    const auto settings = tests::sample_settings(language);
    for (const auto& sample : tests::mail_samples(settings, language, tests::a_stranger(language))) {
      const auto content = mail::message::parse(sample.bytes);
      const auto name = sample.name + "." + language;
      if (!write(folder / (name + ".eml"), sample.bytes) || !write(folder / (name + ".html"), content.html) ||
          !write(folder / (name + ".txt"), content.text)) {
        std::fprintf(stderr, "mail_samples: can't write %s\n", (folder / name).c_str());
        return 1;
      }
    }
  }
  return 0;
}
