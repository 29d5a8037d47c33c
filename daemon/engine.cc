#include "daemon/engine.h"

#include <algorithm>
#include <future>

#include "daemon/keys.h"
#include "daemon/log.h"
#include "daemon/mailbox_change.h"

namespace leadmail::daemon {
namespace {

Result<std::shared_ptr<const Settings>> make_settings(Config config) {
  auto keys = load_keys(config.keys_path);
  if (!keys) return std::move(keys.error()).in("keys");
  auto wording = Wording::load(config.templates_path, template_fields(config.rules.record));
  if (!wording) return std::move(wording.error()).in("templates");
  auto erasure_key = load_erasure_key(config.keys_path);
  if (!erasure_key) return std::move(erasure_key.error()).in("keys");
  config.rules.tokens = std::move(*keys);
  return std::shared_ptr<const Settings>(
      std::make_shared<Settings>(Settings{std::move(config), std::move(*wording), std::move(*erasure_key)}));
}

mail::worker::PoolOptions pool_options(const Limits& limits) {
  mail::worker::PoolOptions options;
  options.workers = static_cast<std::size_t>(std::max(1, limits.parsers));
  options.deadline = limits.parse_time;
  return options;
}

}  // namespace

Result<std::unique_ptr<Engine>> Engine::open(Config config, std::optional<Time> fixed) {
  auto book = store::Book::open(config.store_path);
  if (!book) return std::move(book.error());
  auto settings = make_settings(std::move(config));
  if (!settings) return std::move(settings.error());
  std::unique_ptr<Engine> engine(new Engine());
  engine->clock_ = Clock(fixed);
  engine->settings_ = std::move(*settings);
  engine->logins_ = std::make_unique<Logins>([self = engine.get()] { return self->settings(); });
  engine->parsers_ = std::make_unique<mail::worker::Pool>(pool_options(engine->settings_->config.limits));
  Engine* self = engine.get();
  engine->writer_ = std::make_unique<store::Writer>(std::move(*book), [self](const Error& error) {
    log("book-fatal", error.what);
    const std::lock_guard lock(self->fatal_mutex_);
    if (self->fatal_) self->fatal_(error);
  });
  return engine;
}

Engine::~Engine() = default;

std::shared_ptr<const Settings> Engine::settings() const {
  const std::lock_guard lock(mutex_);
  return settings_;
}

Result<void> Engine::reload(Config config) {
  if (auto allowed = may_follow(settings()->config, config); !allowed) return allowed;
  auto fresh = make_settings(std::move(config));
  if (!fresh) return std::move(fresh.error());
  const std::lock_guard lock(mutex_);
  settings_ = std::move(*fresh);
  return {};
}

void Engine::renew_settings() {
  const std::lock_guard lock(mutex_);
  settings_ = std::make_shared<Settings>(*settings_);
}

Result<void> Engine::write(std::function<Result<void>(store::Transaction&)> work) {
  auto committed = std::make_shared<std::promise<Result<void>>>();
  auto answer = committed->get_future();
  writer_->submit({std::move(work), [committed](Result<void> result) { committed->set_value(std::move(result)); }});
  return answer.get();
}

Result<void> Engine::upkeep(std::function<Result<void>(store::Book&)> work) {
  auto ended = std::make_shared<std::promise<Result<void>>>();
  auto answer = ended->get_future();
  store::Job job;
  job.done = [ended](Result<void> result) { ended->set_value(std::move(result)); };
  job.upkeep = std::move(work);
  writer_->submit(std::move(job));
  return answer.get();
}

void Engine::on_news(std::function<void()> listener) {
  const std::lock_guard lock(news_mutex_);
  news_ = std::move(listener);
}

void Engine::tell_news() {
  const std::lock_guard lock(news_mutex_);
  if (news_) news_();
}

void Engine::on_fatal(std::function<void(const Error&)> listener) {
  const std::lock_guard lock(fatal_mutex_);
  fatal_ = std::move(listener);
}

Result<void> Engine::close() {
  writer_->stop();
  if (writer_->failure()) return *writer_->failure();
  return {};
}

}  // namespace leadmail::daemon
