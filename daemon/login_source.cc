#include "daemon/login_source.h"

#include <boost/asio/async_result.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <utility>

namespace leadmail::daemon {

namespace asio = boost::asio;
using asio::awaitable;
using Answer = std::shared_ptr<Result<mail::net::Login>>;

namespace {

awaitable<Result<mail::net::Login>> ask(Engine& engine, std::string mailbox, bool refused) {
  auto begin = [&engine, mailbox = std::move(mailbox), refused](auto handler) {
    // The loop must not run out of work while a server is asked on another thread.
    const auto executor =
        asio::prefer(asio::get_associated_executor(handler), asio::execution::outstanding_work.tracked);
    const auto shared = std::make_shared<decltype(handler)>(std::move(handler));
    engine.logins().get_later(mailbox, refused, [shared, executor](Result<mail::net::Login> login) {
      asio::post(executor, [shared, login = std::make_shared<Result<mail::net::Login>>(std::move(login))] {
        std::move (*shared)(login);
      });
    });
  };
  const Answer answer =
      co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Answer)>(std::move(begin), asio::use_awaitable);
  co_return std::move(*answer);
}

}  // namespace

mail::imap::LoginSource login_source(Engine& engine, std::string mailbox) {
  return [&engine, mailbox = std::move(mailbox)](bool refused) { return ask(engine, mailbox, refused); };
}

}  // namespace leadmail::daemon
