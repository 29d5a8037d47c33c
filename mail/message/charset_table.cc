#include "mail/message/charset_table.h"

#include <algorithm>
#include <array>
#include <utility>

#include "mail/message/ascii.h"

namespace leadmail::mail::message {
namespace {

/// A charset of one byte a character: what 0x80 to 0xFF mean, one character each, U+FFFD where nothing is.
struct Table {
  std::string_view name;
  std::string_view upper;
};

// From the registrations at IANA; TCVN 5712:1993 and the Macintosh pages as their vendors published them.
// clang-format off
constexpr std::array kTables{
    Table{"viscii",
     "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ"
     "ÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
     "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡư"
     "àáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"},
    Table{"tcvn5712",
     "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ"
     "\u00A0ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ"
     "ẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịò"
     "ỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"},
    Table{"iso-8859-16",
     "��������������������������������"
     "\u00A0ĄąŁ€„Š§š©Ș«Ź\u00ADźŻ°±ČłŽ”¶·žčș»ŒœŸż"
     "ÀÁÂĂÄĆÆÇÈÉÊËÌÍÎÏĐŃÒÓÔŐÖŚŰÙÚÛÜĘȚß"
     "àáâăäćæçèéêëìíîïđńòóôőöśűùúûüęțÿ"},
    Table{"armscii-8",
     "��������������������������������"
     "\u00A0�և։)(»«—.՝,-֊…՜՛՞ԱաԲբԳգԴդԵեԶզԷէ"
     "ԸըԹթԺժԻիԼլԽխԾծԿկՀհՁձՂղՃճՄմՅյՆնՇշ"
     "ՈոՉչՊպՋջՌռՍսՎվՏտՐրՑցՒւՓփՔքՕօՖֆ՚�"},
    Table{"koi8-t",
     "қғ‚Ғ„…†‡�‰ҳ‹ҲҷҶ�Қ‘’“”•–—�™�›����"
     "�ӯӮё¤ӣ¦§���«¬\u00AD®�°±²Ё�Ӣ¶·�№�»���©"
     "юабцдефгхийклмнопярстужвьызшэщчъ"
     "ЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ"},
    Table{"ptcp154",
     "ҖҒӮғ„…ҶҮҲүҠӢҢҚҺҸҗ‘’“”•–—ҳҷҡӣңқһҹ"
     "\u00A0ЎўЈӨҘҰ§Ё©Ә«¬ӯ®Ҝ°ұІіҙө¶·ё№ә»јҪҫҝ"
     "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
     "абвгдежзийклмнопрстуфхцчшщъыьэюя"},
    Table{"kz-1048",
     "ЂЃ‚ѓ„…†‡€‰Љ‹ЊҚҺЏђ‘’“”•–—�™љ›њқһџ"
     "\u00A0ҰұӘ¤Ө¦§Ё©Ғ«¬\u00AD®Ү°±Ііөµ¶·ё№ғ»әҢңү"
     "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
     "абвгдежзийклмнопрстуфхцчшщъыьэюя"},
    Table{"georgian-ps",
     "��‚ƒ„…†‡ˆ‰Š‹Œ����‘’“”•–—˜™š›œ��Ÿ"
     "\u00A0¡¢£¤¥¦§¨©ª«¬\u00AD®¯°±²³´µ¶·¸¹º»¼½¾¿"
     "აბგდევზჱთიკლმნჲოპჟრსტჳუფქღყშჩცძწ"
     "ჭხჴჯჰჵæçèéêëìíîïðñòóôõö÷øùúûüýþÿ"},
    Table{"georgian-academy",
     "��‚ƒ„…†‡ˆ‰Š‹Œ����‘’“”•–—˜™š›œ��Ÿ"
     "\u00A0¡¢£¤¥¦§¨©ª«¬\u00AD®¯°±²³´µ¶·¸¹º»¼½¾¿"
     "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯ"
     "ჰჱჲჳჴჵჶçèéêëìíîïðñòóôõö÷øùúûüýþÿ"},
    Table{"x-mac-croatian",
     "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü"
     "†°¢£§•¶ß®Š™´¨≠ŽØ∞±≤≥∆µ∂∑∏š∫ªºΩžø"
     "¿¡¬√ƒ≈Ć«Č…\u00A0ÀÃÕŒœĐ—“”‘’÷◊©⁄€‹›Æ»"
     "–·‚„‰ÂćÁčÈÍÎÏÌÓÔđÒÚÛÙıˆ˜¯πË˚¸Êæˇ"},
    Table{"x-mac-romanian",
     "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü"
     "†°¢£§•¶ß®©™´¨≠ĂȘ∞±≤≥¥µ∂∑∏π∫ªºΩăș"
     "¿¡¬√ƒ≈∆«»…\u00A0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›Țț"
     "‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ"},
    Table{"x-mac-icelandic",
     "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü"
     "Ý°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø"
     "¿¡¬√ƒ≈∆«»…\u00A0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€ÐðÞþ"
     "ý·‚„‰ÂÊÁËÈÍÎÏÌÓÔÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ"},
    Table{"x-mac-arabic",
     "Ä\u00A0ÇÉÑÖÜáàâäں«çéèêëí…îïñó»ôö÷úùûü"
     " !\"#$٪&'()*+،-./٠١٢٣٤٥٦٧٨٩:؛<=>؟"
     "❊ءآأؤإئابةتثجحخدذرزسشصضطظعغ[\\]^_"
     "ـفقكلمنهوىي\u064B\u064C\u064D\u064E\u064F\u0650\u0651\u0652پٹچەڤگڈڑ{|}ژے"},
    Table{"cp720",
     "��éâ�à�çêëèïî����\u0651\u0652ô¤ـûùءآأؤ£إئا"
     "بةتثجحخدذرزسشص«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
     "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀"
     "ضطظعغفµقكلمنهوىي≡\u064B\u064C\u064D\u064E\u064F\u0650≈°∙·√ⁿ²■\u00A0"},
};
// clang-format on

/// VISCII has six letters among the control characters. RFC 1456 §2
constexpr std::array<std::pair<unsigned char, std::string_view>, 6> kVisciiLow{
    {{0x02, "Ẳ"}, {0x05, "Ẵ"}, {0x06, "Ẫ"}, {0x14, "Ỷ"}, {0x19, "Ỹ"}, {0x1E, "Ỵ"}}};

/// How many bytes the UTF-8 character has that begins with `first`. The tables are well-formed.
std::size_t length_of(char first) {
  const auto byte = static_cast<unsigned char>(first);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : 3;
}

const Table* find(std::string_view name) {
  const auto* found = std::find_if(kTables.begin(), kTables.end(), [&](const Table& t) { return t.name == name; });
  return found == kTables.end() ? nullptr : found;
}

}  // namespace

bool has_table(std::string_view name) { return find(name) != nullptr; }

std::string convert_by_table(std::string_view bytes, std::string_view name) {
  const Table* table = find(name);
  std::array<std::string_view, 256> characters{};
  for (std::size_t i = 0, at = 0; i < 128 && table != nullptr && at < table->upper.size(); ++i) {
    characters[128 + i] = table->upper.substr(at, length_of(table->upper[at]));
    at += characters[128 + i].size();
  }
  if (name == "viscii") {
    for (const auto& [byte, letter] : kVisciiLow) characters[byte] = letter;
  }
  std::string result;
  result.reserve(bytes.size() + bytes.size() / 2);
  for (const char c : bytes) {
    const auto character = characters[static_cast<unsigned char>(c)];
    if (!character.empty()) {
      result += character;
    } else if (!ascii::is_8bit(c)) {
      result.push_back(c);
    }
  }
  return result;
}

}  // namespace leadmail::mail::message
