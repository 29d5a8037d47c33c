#include "daemon/login_ends.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "daemon/alarm_loop.h"
#include "daemon/log.h"

namespace leadmail::daemon {
namespace {

using What = LoginEnd::What;

/// The last first: a daemon that was off for long tells the most urgent one only.
constexpr std::array kWarnings{0, 1, 7, 30};

std::string day_of(Time end) { return to_rfc3339(end).substr(0, 10); }

/// In English, Spanish, Vietnamese. {0} mailbox, {1} the day.
struct Words {
  std::string_view language;
  std::string_view secret_title;
  std::string_view secret;
  std::string_view login_title;
  std::string_view login;
};
constexpr std::array kWords{
    Words{
        "en", "Mailbox {0}: the secret of its login ends",
        "The client secret or certificate by which mailbox {0} logs in is good until {1}. Make a new one at the "
        "provider, put it into its file, and set secret_expires; nothing has to be started again. `leadmail login {0}` "
        "tells whether it works.",
        "Mailbox {0}: its login ends",
        "The provider lets mailbox {0} in until {1}. Log in again before: `leadmail login {0}`. Where this happens "
        "every seven days with Google, publish the app in its console."},
    Words{
        "es", "Buzón {0}: caduca el secreto de su acceso",
        "El secreto o certificado con el que accede el buzón {0} vale hasta el {1}. Cree uno nuevo en el proveedor, "
        "póngalo en su archivo y ajuste secret_expires; no hay que reiniciar nada. `leadmail login {0}` dice si "
        "funciona.",
        "Buzón {0}: termina su acceso",
        "El proveedor da acceso al buzón {0} hasta el {1}. Acceda de nuevo antes: `leadmail login {0}`. Si con Google "
        "ocurre cada siete días, publique la aplicación en su consola."},
    Words{"vi", "Hộp thư {0}: mã bí mật đăng nhập sắp hết hạn",
          "Mã bí mật hoặc chứng chỉ đăng nhập của hộp thư {0} có hiệu lực đến {1}. Hãy tạo cái mới ở nhà cung cấp, ghi "
          "vào tệp của nó và sửa secret_expires; không cần khởi động lại. `leadmail login {0}` cho biết có dùng được "
          "không.",
          "Hộp thư {0}: phiên đăng nhập sắp hết hạn",
          "Nhà cung cấp cho hộp thư {0} đăng nhập đến {1}. Hãy đăng nhập lại trước đó: `leadmail login {0}`. Nếu với "
          "Google cứ bảy ngày lại xảy ra, hãy xuất bản ứng dụng trong bảng điều khiển."},
};

const Words& words_in(std::string_view language) {
  const auto* const found = std::ranges::find(kWords, language, &Words::language);
  return found == kWords.end() ? kWords.front() : *found;
}

Result<void> tell(Engine& engine, const LoginEnd& one) {
  const auto settings = engine.settings();
  const bool secret = one.what == What::secret;
  const auto& words = words_in(settings->config.rules.language);
  return tell_admins(engine, one.mailbox, one.cause(),
                     {fmt::format(fmt::runtime(secret ? words.secret_title : words.login_title), one.mailbox),
                      fmt::format(fmt::runtime(secret ? words.secret : words.login), one.mailbox, day_of(one.end))});
}

}  // namespace

std::string LoginEnd::cause() const {
  return "login-end:" + mailbox + (what == What::secret ? ":secret:" : ":login:") + day_of(end) + ":" +
         std::to_string(days);
}

std::optional<int> warning_for(Time end, Time now) {
  const auto* const found =
      std::ranges::find_if(kWarnings, [&](int days) { return end - now <= std::chrono::days{days}; });
  return found == kWarnings.end() ? std::nullopt : std::optional(*found);
}

std::vector<LoginEnd> login_ends(const std::vector<LoginState>& states, Time now) {
  std::vector<LoginEnd> ends;
  const auto add = [&](const LoginState& state, What what, const std::optional<Time>& end) {
    const auto days = end ? warning_for(*end, now) : std::nullopt;
    if (days) ends.push_back({state.mailbox, what, *end, *days});
  };
  for (const auto& state : states) {
    add(state, What::secret, state.secret_ends);
    add(state, What::login, state.login_ends);
  }
  return ends;
}

void tell_login_ends(Engine& engine) {
  for (const auto& one : login_ends(engine.logins().states(), engine.now())) {
    if (auto told = tell(engine, one); !told) log("alarm-untold", told.error().what, {{"MAILBOX", one.mailbox}});
  }
}

}  // namespace leadmail::daemon
