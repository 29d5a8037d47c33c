// `leadmail person export`: all that the book holds about one person, as one archive to hand over.
#pragma once

#include "daemon/admin/commands.h"

namespace leadmail::daemon::admin {

int run_person_export(Desk& desk, const PersonArguments& arguments);

}  // namespace leadmail::daemon::admin
