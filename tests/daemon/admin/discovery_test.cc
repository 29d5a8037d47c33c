#include "daemon/admin/discovery.h"

#include <gtest/gtest.h>

#include <map>

namespace leadmail::daemon::admin {
namespace {

using mail::net::ServiceRecord;

/// A world of names and pages, and what was asked for.
struct World {
  std::vector<std::string> mail_hosts{};
  std::map<std::string, std::vector<ServiceRecord>, std::less<>> services{};
  std::map<std::string, std::string, std::less<>> pages{};
  std::vector<std::string> asked{};

  Sources sources() {
    return {.mail_hosts = [this](std::string_view) { return mail_hosts; },
            .service =
                [this](std::string_view service, std::string_view) {
                  const auto found = services.find(service);
                  return found == services.end() ? std::vector<ServiceRecord>{} : found->second;
                },
            .page = [this](const std::string& url) -> Result<std::string> {
              asked.push_back(url);
              const auto found = pages.find(url);
              if (found == pages.end()) return Error{Next::give_up, "404"};
              return found->second;
            }};
  }
};

std::string page_of(const std::string& host) {
  const std::string rest = "</hostname><port>993</port><socketType>SSL</socketType>";
  return "<clientConfig><emailProvider><incomingServer type=\"imap\"><hostname>imap." + host + rest +
         "</incomingServer><outgoingServer type=\"smtp\"><hostname>smtp." + host + rest +
         "</outgoingServer></emailProvider></clientConfig>";
}

TEST(Discovery, AProviderIsKnownByItsOwnDomainWithoutAsking) {
  World world;
  const auto found = discover("acme.sales@gmail.com", world.sources());
  ASSERT_NE(found.provider, nullptr);
  EXPECT_EQ(found.provider->id, "gmail");
  EXPECT_EQ(found.servers.imap, "imaps://imap.gmail.com");
  EXPECT_TRUE(found.proven);
  EXPECT_TRUE(world.asked.empty());
}

TEST(Discovery, AProviderIsKnownByWhoTakesTheMail) {
  const std::map<std::string, std::string> known = {{"aspmx.l.google.com", "gmail"},
                                                    {"Acme-Example.Mail.Protection.Outlook.COM.", "microsoft365"},
                                                    {"in1-smtp.messagingengine.com", "fastmail"},
                                                    {"mx.zoho.eu", "zoho-eu"},
                                                    {"mx01.mail.icloud.com", "icloud"}};
  for (const auto& [host, id] : known) {
    World world{.mail_hosts = {host}};
    const auto found = discover("sales@acme.example", world.sources());
    ASSERT_NE(found.provider, nullptr) << host;
    EXPECT_EQ(found.provider->id, id);
  }
  World other{.mail_hosts = {"mx.notgoogle.com", "google.com.evil.example"}};
  EXPECT_EQ(discover("sales@acme.example", other.sources()).provider, nullptr);
}

TEST(Discovery, TheDomainsOwnPageIsAskedBeforeAnybodyElses) {
  World world;
  world.pages["https://autoconfig.acme.example/mail/config-v1.1.xml?emailaddress=sales%2Bx@acme.example"] =
      page_of("own.example");
  world.pages["https://autoconfig.thunderbird.net/v1.1/acme.example"] = page_of("public.example");
  const auto found = discover("sales+x@acme.example", world.sources());
  EXPECT_EQ(found.servers.imap, "imaps://imap.own.example:993");
  EXPECT_TRUE(found.proven);
  EXPECT_EQ(world.asked.size(), 1U);
}

TEST(Discovery, ServiceRecordsOfTheDomainItselfAreBelieved) {
  World world;
  world.services = {{"_imaps._tcp", {{10, 1, 993, "mail.acme.example"}}},
                    {"_submission._tcp", {{10, 1, 587, "mail.acme.example"}}}};
  const auto found = discover("sales@acme.example", world.sources());
  EXPECT_EQ(found.servers.imap, "imaps://mail.acme.example:993");
  EXPECT_EQ(found.servers.smtp, "smtp://mail.acme.example:587");
  EXPECT_TRUE(found.proven);
}

// RFC 6186 §6: whoever can forge an answer of DNS would get the password.
TEST(Discovery, ServiceRecordsThatPointElsewhereAreOnlyAClaim) {
  World world;
  world.services = {{"_imaps._tcp", {{10, 1, 993, "imap.evil.example"}}},
                    {"_submissions._tcp", {{10, 1, 465, "mail.acme.example"}}}};
  const auto found = discover("sales@acme.example", world.sources());
  EXPECT_EQ(found.servers.imap, "imaps://imap.evil.example:993");
  EXPECT_FALSE(found.proven);
  world.services["_imaps._tcp"] = {{10, 1, 993, "evilacme.example"}};
  EXPECT_FALSE(discover("sales@acme.example", world.sources()).proven);
}

TEST(Discovery, AServiceThatIsDeclaredAbsentIsNotOffered) {
  World world;
  world.services = {{"_imaps._tcp", {{0, 0, 0, ""}}},
                    {"_imap._tcp", {{0, 0, 143, "mail.acme.example"}}},
                    {"_submissions._tcp", {{0, 0, 465, "mail.acme.example"}}}};
  EXPECT_EQ(discover("sales@acme.example", world.sources()).servers.imap, "imap://mail.acme.example:143");
}

TEST(Discovery, ThePublicCollectionIsAskedByTheMailHostsDomainLast) {
  World world{.mail_hosts = {"mx1.in.hoster.example"}};
  world.pages["https://autoconfig.thunderbird.net/v1.1/hoster.example"] = page_of("hoster.example");
  const auto found = discover("sales@acme.example", world.sources());
  EXPECT_EQ(found.servers.imap, "imaps://imap.hoster.example:993");
  EXPECT_EQ(found.servers.smtp, "smtps://smtp.hoster.example:993");
  EXPECT_TRUE(found.proven);
}

TEST(Discovery, WhereNobodyKnowsAnythingNothingIsFound) {
  World world;
  const auto found = discover("sales@acme.example", world.sources());
  EXPECT_EQ(found.servers.imap, "");
  EXPECT_EQ(found.how, "");
}

TEST(Providers, NameServersThatTheConfigTakes) {
  for (const auto& provider : providers()) {
    EXPECT_EQ(provider_named(provider.id), &provider);
    EXPECT_TRUE(provider.imap.starts_with("imaps://")) << provider.id;
    EXPECT_TRUE(provider.smtp.starts_with("smtp")) << provider.id;
  }
  EXPECT_EQ(provider_named("hotmail"), nullptr);
}

}  // namespace
}  // namespace leadmail::daemon::admin
