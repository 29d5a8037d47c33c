// report_samples FOLDER: the report of a sample company as FOLDER/report.LANG.html, for script/screenshots.
#include <cstdio>
#include <fstream>
#include <string>

#include "daemon/admin/report_page.h"
#include "tests/daemon/admin/fixtures/report_sample.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: report_samples FOLDER\n", stderr);
    return 2;
  }
  for (const std::string language : {"en", "es", "vi"}) {
    const auto rules = leadmail::tests::report_rules(language);
    std::ofstream file(std::string(argv[1]) + "/report." + language + ".html");
    file << leadmail::daemon::admin::report_page(leadmail::tests::sample_report(rules), rules);
    if (!file.flush()) return 1;
  }
  return 0;
}
