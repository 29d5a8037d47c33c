// What a library throws becomes an error of the one mail it was given, not the end of all others.
#pragma once

#include <exception>
#include <new>
#include <string>
#include <system_error>

#include "core/base/result.h"

namespace leadmail {

/// The result of `work`. Where it throws: `retry` when the system had something not to give (std::system_error), else
/// `quarantine`, for then its input is damaged, as far as anybody knows. Want of memory is passed on: it ends the
/// process.
template <typename Work>
Result<void> run_guarded(const Work& work) {
  try {
    return work();
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::system_error& refused) {
    return Error{Next::retry, std::string("refused: ") + refused.what()};
  } catch (const std::exception& thrown) {
    return Error{Next::quarantine, std::string("unexpected: ") + thrown.what()};
  }
}

}  // namespace leadmail
