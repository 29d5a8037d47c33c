// What a daemon that waits for years need not keep mapped.
#pragma once

namespace leadmail::daemon {

/// Unmaps the pages of program and libraries that were read from their files and never changed: most of them were
/// needed for the start alone (reading the config, looking up relocations). Those that are needed again come back from
/// the page cache one by one. Call it once, when all is up. madvise(2)
void let_go_of_start();

}  // namespace leadmail::daemon
