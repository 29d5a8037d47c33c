// The control socket of a running daemon: `leadmail` and whoever is in the group may ask for changes there. Connections
// are read on the event loop; requests run on a thread of their own, for they wait for the writer.
#pragma once

#include <boost/asio/io_context.hpp>
#include <memory>
#include <string>

#include "core/base/result.h"
#include "daemon/actions.h"

namespace leadmail::daemon {

class Control {
 public:
  /// Listens at `path`; the references outlive it. Error (stop): the socket can't be made, or somebody else listens
  /// there.
  static Result<std::unique_ptr<Control>> open(boost::asio::io_context& loop, const std::string& path, Engine& engine,
                                               Intake& intake, Running running);
  ~Control();  ///< removes the socket; waits for the request that is under way
  /// Closes everything; the event loop can run out of work.
  void stop();

 private:
  struct Server;
  explicit Control(std::shared_ptr<Server> server) : server_(std::move(server)) {}
  std::shared_ptr<Server> server_;
};

}  // namespace leadmail::daemon
