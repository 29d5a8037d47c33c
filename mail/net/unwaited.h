// What becomes of a coroutine's exception when nobody waits for the coroutine: completion handlers for co_spawn. With
// boost::asio::detached it would be gone in silence, and with it the part of the daemon that the coroutine was.
#pragma once

#include <exception>
#include <new>

namespace leadmail::mail::net {

/// For parts of the daemon: the exception leaves the executor's run(), and ends the process.
struct OrEnd {
  void operator()(const std::exception_ptr& thrown) const {
    if (thrown) std::rethrow_exception(thrown);
  }
};
inline constexpr OrEnd or_end{};

/// For the conversation with one client, who must not end the others': only want of memory ends the process.
struct OrLeave {
  void operator()(const std::exception_ptr& thrown) const {
    if (!thrown) return;
    try {
      std::rethrow_exception(thrown);
    } catch (const std::bad_alloc&) {
      throw;
    } catch (const std::exception&) {
      return;
    }
  }
};
inline constexpr OrLeave or_leave{};

}  // namespace leadmail::mail::net
