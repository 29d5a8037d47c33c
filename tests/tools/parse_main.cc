// Prints what is understood of each file, one JSON object a line, in this very process: for developing the parser and
// for measuring it. `leadmail parse` does the same in the confined worker.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

#include "mail/message/json.h"
#include "mail/message/parse.h"

int main(int argc, char** argv) {
  namespace message = leadmail::mail::message;
  for (int i = 1; i < argc; ++i) {
    std::ifstream file(argv[i], std::ios::binary);
    if (!file) {
      std::fprintf(stderr, "%s: cannot be read\n", argv[i]);
      return 1;
    }
    const std::string raw{std::istreambuf_iterator<char>(file), {}};
    message::Message mail{.identity = message::read_identity(raw), .content = message::parse(raw)};
    message::classify(mail);
    std::puts(message::to_json(mail, argv[i]).c_str());
  }
  return 0;
}
