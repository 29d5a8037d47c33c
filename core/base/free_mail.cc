#include "core/base/free_mail.h"

#include <algorithm>
#include <array>

namespace leadmail {
namespace {

using std::string_view;

// clang-format off
/// Names that a provider uses under many suffixes: yahoo.es, hotmail.co.uk, gmx.de.
constexpr auto kNames = std::to_array<string_view>({
    "gmail", "googlemail", "hotmail", "outlook", "live", "msn", "windowslive", "passport", "yahoo", "ymail", "rocketmail", "aol", "aim", "gmx", "icloud",
    "yandex", "protonmail", "tutanota", "fastmail", "terra", "hispavista", "mailinator", "yopmail", "hushmail", "rediffmail", "rediff",
});

constexpr auto kDomains = std::to_array<string_view>({
    // everywhere
    "me.com", "mac.com", "pm.me", "proton.me", "hey.com", "tuta.io", "tuta.com", "tutamail.com", "keemail.me", "mail.com", "email.com", "usa.com", "post.com",
    "europe.com", "consultant.com", "engineer.com", "zoho.com", "zoho.eu", "zoho.in", "zohomail.com", "zohomail.eu", "zohomail.in", "inbox.com", "lycos.com",
    "excite.com", "runbox.com", "mailbox.org", "posteo.de", "posteo.net", "posteo.org", "riseup.net", "disroot.org", "startmail.com", "mailfence.com",
    "duck.com", "fastmail.fm", "privaterelay.appleid.com", "mozmail.com", "relay.firefox.com", "guerrillamail.com", "10minutemail.com", "qmail.com",
    // United States, Canada
    "comcast.net", "verizon.net", "att.net", "sbcglobal.net", "cox.net", "bellsouth.net", "charter.net", "spectrum.net", "rr.com", "roadrunner.com",
    "earthlink.net", "juno.com", "netzero.net", "optonline.net", "optimum.net", "frontier.com", "frontiernet.net", "windstream.net", "centurylink.net",
    "embarqmail.com", "suddenlink.net", "mindspring.com", "pacbell.net", "ameritech.net", "swbell.net", "prodigy.net", "q.com", "cableone.net", "tds.net",
    "wowway.com", "rcn.com", "insightbb.com", "netscape.net", "rogers.com", "shaw.ca", "telus.net", "sympatico.ca", "bell.net", "videotron.ca", "cogeco.ca",
    "eastlink.ca", "mts.net", "sasktel.net",
    // Mexico, Central and South America
    "prodigy.net.mx", "telmex.com", "infinitum.com.mx", "uol.com.br", "bol.com.br", "ig.com.br", "globo.com", "globomail.com", "oi.com.br", "r7.com", "zipmail.com.br",
    "fibertel.com.ar", "arnet.com.ar", "speedy.com.ar", "ciudad.com.ar", "argentina.com", "vtr.net", "entelchile.net", "une.net.co", "etb.net.co", "cantv.net",
    "adinet.com.uy", "ice.co.cr", "racsa.co.cr",
    // Spain, Portugal
    "telefonica.net", "movistar.es", "orange.es", "ono.com", "jazztel.es", "euskaltel.net", "wanadoo.es", "latinmail.com", "sapo.pt", "netcabo.pt", "iol.pt", "mail.pt",
    "clix.pt", "mail.telepac.pt", "nos.pt",
    // France, Belgium, Netherlands, Luxembourg
    "orange.fr", "wanadoo.fr", "free.fr", "laposte.net", "sfr.fr", "neuf.fr", "bbox.fr", "numericable.fr", "club-internet.fr", "cegetel.net", "aliceadsl.fr", "voila.fr",
    "noos.fr", "libertysurf.fr", "9online.fr", "skynet.be", "telenet.be", "proximus.be", "scarlet.be", "voo.be", "ziggo.nl", "planet.nl", "kpnmail.nl", "home.nl",
    "xs4all.nl", "hetnet.nl", "casema.nl", "upcmail.nl", "quicknet.nl", "chello.nl", "zonnet.nl", "tele2.nl", "onsbrabantnet.nl", "pt.lu",
    // Germany, Austria, Switzerland
    "web.de", "t-online.de", "freenet.de", "arcor.de", "mail.de", "email.de", "online.de", "vodafone.de", "vodafonemail.de", "o2online.de", "1und1.de", "kabelmail.de",
    "unitybox.de", "ewetel.net", "ewe.net", "netcologne.de", "alice.de", "alice-dsl.net", "magenta.de", "lycos.de", "aon.at", "a1.net", "chello.at", "utanet.at",
    "inode.at", "bluewin.ch", "hispeed.ch", "sunrise.ch", "swissonline.ch", "tele2.ch",
    // Italy
    "libero.it", "virgilio.it", "tiscali.it", "alice.it", "tin.it", "tim.it", "fastwebnet.it", "inwind.it", "iol.it", "email.it", "teletu.it", "vodafone.it", "poste.it",
    "pec.it", "legalmail.it", "aruba.it", "arubapec.it",
    // United Kingdom, Ireland
    "btinternet.com", "btopenworld.com", "talktalk.net", "talk21.com", "sky.com", "virginmedia.com", "virgin.net", "blueyonder.co.uk", "ntlworld.com", "tiscali.co.uk",
    "plus.com", "plus.net", "o2.co.uk", "orange.net", "freeserve.co.uk", "mail.co.uk", "eircom.net", "eir.ie", "iol.ie",
    // North
    "telia.com", "bredband.net", "comhem.se", "spray.se", "home.se", "tele2.se", "swipnet.se", "online.no", "broadpark.no", "lyse.net", "mail.dk", "tdcadsl.dk",
    "stofanet.dk", "youmail.dk", "jubii.dk", "ofir.dk", "kolumbus.fi", "luukku.com", "elisanet.fi", "saunalahti.fi", "suomi24.fi", "pp.inet.fi", "simnet.is", "internet.is",
    // East
    "seznam.cz", "email.cz", "post.cz", "centrum.cz", "volny.cz", "atlas.cz", "quick.cz", "azet.sk", "zoznam.sk", "centrum.sk", "pobox.sk", "post.sk", "wp.pl", "o2.pl",
    "interia.pl", "interia.eu", "onet.pl", "onet.eu", "op.pl", "vp.pl", "poczta.onet.pl", "poczta.fm", "tlen.pl", "gazeta.pl", "buziaczek.pl", "autograf.pl", "go2.pl",
    "freemail.hu", "citromail.hu", "t-online.hu", "upcmail.hu", "indamail.hu", "vipmail.hu", "abv.bg", "mail.bg", "dir.bg", "net.hr", "inet.hr", "siol.net", "email.si",
    "t-2.net", "amis.net", "eunet.rs", "sbb.rs", "ptt.rs", "mail.ee", "hot.ee", "online.ee", "inbox.lv", "apollo.lv", "inbox.lt", "takas.lt", "mail.ru", "bk.ru", "list.ru",
    "inbox.ru", "internet.ru", "rambler.ru", "lenta.ru", "ya.ru", "narod.ru", "ukr.net", "i.ua", "meta.ua", "bigmir.net", "online.ua", "email.ua", "tut.by", "mail.kz",
    // South East, Greece, Israel, Arab countries
    "otenet.gr", "forthnet.gr", "hol.gr", "mail.gr", "in.gr", "mynet.com", "ttmail.com", "superonline.com", "turk.net", "walla.co.il", "walla.com", "netvision.net.il",
    "bezeqint.net", "012.net.il", "zahav.net.il", "emirates.net.ae", "eim.ae", "maktoob.com",
    // Asia, Pacific, Africa
    "qq.com", "vip.qq.com", "foxmail.com", "163.com", "126.com", "yeah.net", "vip.163.com", "188.com", "139.com", "189.cn", "wo.cn", "sina.com", "sina.cn", "sohu.com",
    "tom.com", "21cn.com", "aliyun.com", "netvigator.com", "hinet.net", "pchome.com.tw", "seed.net.tw", "naver.com", "hanmail.net", "daum.net", "nate.com", "kakao.com",
    "dreamwiz.com", "korea.com", "docomo.ne.jp", "ezweb.ne.jp", "au.com", "softbank.ne.jp", "i.softbank.jp", "ybb.ne.jp", "nifty.com", "ocn.ne.jp", "biglobe.ne.jp",
    "so-net.ne.jp", "plala.or.jp", "dti.ne.jp", "excite.co.jp", "goo.jp", "vnn.vn", "fpt.vn", "hcm.fpt.vn", "viettel.vn", "hcm.vnn.vn", "hn.vnn.vn", "singnet.com.sg",
    "starhub.net.sg", "streamyx.com", "telkom.net", "indosat.net.id", "plasa.com", "pldtdsl.net", "globe.com.ph", "bsnl.in", "sify.com", "indiatimes.com", "in.com",
    "sancharnet.in", "bigpond.com", "bigpond.net.au", "optusnet.com.au", "tpg.com.au", "iinet.net.au", "internode.on.net", "westnet.com.au", "ozemail.com.au", "xtra.co.nz",
    "slingshot.co.nz", "orcon.net.nz", "vodafone.co.nz", "mweb.co.za", "telkomsa.net", "vodamail.co.za", "webmail.co.za", "iafrica.com", "absamail.co.za", "menara.ma",
});
// clang-format on

/// "yahoo" of "yahoo.es" and of "yahoo.co.jp": the label that names the provider.
string_view label_of(string_view domain) {
  const auto last = domain.rfind('.');
  if (last == string_view::npos) return {};
  auto head = domain.substr(0, last);
  const auto label = [](string_view text) { return text.substr(text.rfind('.') + 1); };
  constexpr auto kSecond = std::to_array<string_view>({"co", "com", "net", "ne", "or", "org"});
  if (head.find('.') != string_view::npos && std::find(kSecond.begin(), kSecond.end(), label(head)) != kSecond.end())
    head = head.substr(0, head.rfind('.'));
  return label(head);
}

}  // namespace

bool is_free_mail_domain(string_view domain) {
  if (std::find(kNames.begin(), kNames.end(), label_of(domain)) != kNames.end()) return true;
  for (auto rest = domain; rest.find('.') != string_view::npos; rest.remove_prefix(rest.find('.') + 1)) {
    if (std::find(kDomains.begin(), kDomains.end(), rest) != kDomains.end()) return true;
  }
  return false;
}

}  // namespace leadmail
