// leadmail: the administrator's tool. Like the daemon it reads foreign mail in confined copies of itself.
#include <csignal>
#include <cstdio>
#include <stdexcept>
#include <string>

#include "daemon/admin/commands.h"
#include "mail/worker/pool.h"

int main(int argc, char** argv) {
  if (leadmail::mail::worker::is_worker(argc, argv)) return leadmail::mail::worker::worker_main();
  std::signal(SIGPIPE, SIG_IGN);
  try {
    return leadmail::daemon::admin::run_tool(argc, argv);
  } catch (const std::runtime_error& trouble) {  // no thread or descriptor left for us
    std::fputs(("leadmail: trouble of this machine: " + std::string(trouble.what()) + "\n").c_str(), stderr);
    return 1;
  }
}
