// One token for one mailbox, by whatever its grant needs: reads the secrets afresh, signs what has to be signed, asks
// the token server. Keeps nothing; who keeps what comes is token_keeper.h. Blocks.
#pragma once

#include <functional>
#include <string>

#include "core/base/result.h"
#include "core/base/time.h"
#include "daemon/config.h"
#include "mail/net/https_form.h"
#include "mail/net/token_answer.h"
#include "mail/net/token_request.h"

namespace leadmail::daemon {

/// How a form is posted: mail::net::post_form, or a test's own.
using Post = std::function<Result<mail::net::HttpAnswer>(const mail::net::FormPost&)>;

/// The client as the config names it, its secret read or its assertion signed afresh. Error (give_up): a file can't be
/// read, or a key is none.
Result<mail::net::TokenClient> make_client(const OAuth2Config& oauth2, Time now);

/// Posts to the token endpoint. An Error is trouble on the way or with a secret's file; what the server refuses stands
/// in the answer, with every secret of the request taken out of its words.
Result<mail::net::TokenAnswer> ask_token_server(const OAuth2Config& oauth2, mail::net::FormFields fields,
                                                const Post& post, const std::function<bool()>& is_stopped = {});

/// The fields for a token of this mailbox without a person: a refresh token of an earlier login, or the grant's own
/// proof. `refresh_token` is for grants that need a person.
Result<mail::net::FormFields> token_fields(const OAuth2Config& oauth2, const std::string& user,
                                           const std::string& refresh_token, Time now);

/// When the client's secret or certificate ends; nothing where nobody says.
std::optional<Time> end_of_secret(const OAuth2Config& oauth2);

}  // namespace leadmail::daemon
