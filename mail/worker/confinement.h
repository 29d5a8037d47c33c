// What a parser worker gives up before it reads its first foreign byte: files, sockets, processes, signals to others,
// executable memory.
#pragma once

#include "core/base/result.h"

namespace leadmail::mail::worker {

/// Confines the calling process for ever: no_new_privs, not dumpable, rlimits (address space, CPU, no new descriptors,
/// no file growth, no core), and a seccomp filter that allows reading, writing, memory and time. Opening a file answers
/// EACCES, so that a library that would like one goes without; any other call kills the process. Sanitizer builds lift
/// the address space limit and allow what the sanitizers need, nothing else. Error (stop): the kernel refused; then
/// nothing may be parsed here.
Result<void> confine();

/// The same for the process that workers are copied from (nursery.h), before it makes the first: it keeps of the rest
/// only what it takes to be handed a descriptor, to copy itself, and to confine the copy.
Result<void> confine_nursery();

}  // namespace leadmail::mail::worker
