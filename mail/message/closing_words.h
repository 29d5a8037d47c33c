// The words by which people begin and end letters, and the notices that companies put below them: tables only, like
// those of reply_words.h.
#pragma once

#include "mail/message/reply_words.h"

namespace leadmail::mail::message {

// clang-format off
// A line of nothing else closes a letter.
inline constexpr auto kFormalSignOffs = std::to_array<WordRow>({
    {"en", "regards|best regards|kind regards|warm regards|warmest regards|kindest regards|with kind regards|with best regards|with warm regards|many regards|rgds|brgds|br|kr|best wishes|with best wishes|warm wishes|yours sincerely|yours faithfully|yours truly|yours|respectfully|respectfully yours|with regards|thanks and regards|thanks & regards|thank you and regards|thanks and best regards|thanks & best regards|thanks and kind regards|thanks, regards|best|all the best|sincerely yours|very truly yours|cordially yours|with gratitude"},
    {"de", "mit freundlichen grüßen|mit freundlichen grüssen|mit freundlichen gruessen|mit freundlichem gruß|mit freundlichem gruss|freundliche grüße|freundliche grüsse|freundlichen gruß|freundlichen gruss|viele grüße|viele grüsse|viele gruesse|beste grüße|beste grüsse|mit besten grüßen|mit besten grüssen|schöne grüße|liebe grüße|herzliche grüße|herzliche grüsse|mit herzlichen grüßen|sonnige grüße|gruß|grüße|mfg|lg|vg|bg|hochachtungsvoll|mit vielen grüßen|freundlich grüsst|freundlich grüßt"},
    {"nl", "met vriendelijke groet|met vriendelijke groeten|vriendelijke groet|vriendelijke groeten|met hartelijke groet|met hartelijke groeten|mvg|groeten|groet|hartelijke groet|hartelijke groeten|hoogachtend|met groet|met beste groeten"},
    {"fr", "cordialement|bien cordialement|très cordialement|sincères salutations|meilleures salutations|bien à vous|salutations distinguées|salutations|cdlt|cdt|bàv|bien à toi|amicalement|respectueusement|sincèrement|avec mes salutations|cordiales salutations"},
    {"es", "saludos|saludos cordiales|un saludo|un cordial saludo|cordiales saludos|cordialmente|atentamente|atte|muy atentamente|un abrazo|saludos atentos|reciba un cordial saludo|un saludo cordial|atentos saludos|mis saludos|slds|le saluda atentamente"},
    {"pt", "atenciosamente|cumprimentos|com os melhores cumprimentos|melhores cumprimentos|att|abraços|abs|cordialmente|um abraço|saudações|com estima|os meus cumprimentos|grato|grata"},
    {"it", "cordiali saluti|distinti saluti|saluti|un cordiale saluto|cordialmente|un saluto|cordialità|i migliori saluti|con i migliori saluti|buona giornata e cordiali saluti|in fede"},
    {"ca gl ro", "salutacions|atentament|salutacions cordials|ben cordialment|cu stimă|cu respect|cu stima|toate cele bune|cu drag|cu considerație"},
    {"sv", "med vänliga hälsningar|med vänlig hälsning|vänliga hälsningar|vänlig hälsning|mvh|hälsningar|med bästa hälsningar|bästa hälsningar|varma hälsningar|vänligen|hälsar"},
    {"da no is", "med venlig hilsen|venlig hilsen|med venlige hilsner|venlige hilsner|med vennlig hilsen|vennlig hilsen|vennlige hilsener|hilsen|mange hilsner|de bedste hilsner|bedste hilsner|beste hilsener|beste hilsen|mvh|vh|kær hilsen|kveðja|með kveðju|bestu kveðjur"},
    {"fi et", "ystävällisin terveisin|terveisin|t.|terv.|parhain terveisin|yst. terv.|ystävällisesti|kunnioittavasti|terveisin,|lugupidamisega|parimate soovidega|tervitades|heade soovidega"},
    {"lv lt", "ar cieņu|ar laba vēlējumiem|pagarbiai|su pagarba|geriausi linkėjimai"},
    {"pl", "z poważaniem|pozdrawiam|serdecznie pozdrawiam|z wyrazami szacunku|pozdrowienia|z pozdrowieniami|łączę pozdrowienia|pozdrawiam serdecznie|z uszanowaniem|pzdr"},
    {"cs sk", "s pozdravem|s pozdravom|s úctou|s přátelským pozdravem|s priateľským pozdravom|zdraví|hezký den|pekný deň|s přáním hezkého dne"},
    {"sl hr sr", "lep pozdrav|lp|s spoštovanjem|srdačan pozdrav|lijep pozdrav|s poštovanjem|pozdrav|pozdravi|srdačno|lepo pozdravljeni|с поштовањем|поздрав|срдачан поздрав"},
    {"hu", "üdvözlettel|tisztelettel|üdv|szívélyes üdvözlettel|üdvözlet|köszönettel|barátsággal"},
    {"ru", "с уважением|с наилучшими пожеланиями|всего доброго|всего наилучшего|с почтением|искренне ваш|с уважением и наилучшими пожеланиями"},
    {"uk bg", "з повагою|з найкращими побажаннями|щиро ваш|с уважение|поздрави|поздрав|с най-добри пожелания|сърдечни поздрави"},
    {"el", "με εκτίμηση|φιλικά|με φιλικούς χαιρετισμούς|με τιμή|χαιρετισμούς|με εκτιμηση"},
    {"tr", "saygılarımla|iyi çalışmalar|saygılar|saygılarımızla|iyi günler|selamlar|sevgiler|iyi günler dilerim"},
    {"vi", "trân trọng|trân trọng cảm ơn|kính thư|thân mến|trân trọng kính chào|thân ái|trân trọng,|thân|kính|kính chào"},
    {"id ms", "salam|hormat saya|hormat kami|salam hormat|salam hangat|dengan hormat|yang benar|salam sejahtera"},
    {"ja", "よろしくお願いいたします|よろしくお願いします|以上、よろしくお願いいたします|敬具|何卒よろしくお願いいたします|宜しくお願い致します|よろしくお願い致します|宜しくお願いいたします|以上"},
    {"zh", "此致|此致敬礼|顺祝商祺|祝好|顺颂商祺|敬上|祝商祺|順頌商祺|此致敬禮|祝您工作愉快|敬祝|順祝商祺"},
    {"ko", "감사합니다|드림|올림|감사드립니다|안녕히 계세요"},
    {"th", "ด้วยความเคารพ|ขอแสดงความนับถือ|ด้วยความนับถือ"},
    {"he", "בברכה|בכבוד רב|בברכה רבה|ברכות"},
    {"ar fa", "مع تحياتي|تحياتي|مع أطيب التحيات|مع خالص التحية|وتفضلوا بقبول فائق الاحترام|أطيب التحيات|مع التحية|با احترام|با تشکر"},
});

// Ends many a sentence too: closes a letter only above a block that looks like a signature.
inline constexpr auto kWeakSignOffs = std::to_array<WordRow>({
    {"en", "thanks|thank you|many thanks|thanks a lot|thanks again|thank you again|thanks in advance|thank you in advance|thanks so much|thank you very much|thx|cheers|sincerely|cordially|love|take care|talk soon|see you"},
    {"de nl", "danke|vielen dank|besten dank|danke schön|herzlichen dank|vielen dank im voraus|danke im voraus|bedankt|alvast bedankt|dank u|dank je|hartelijk dank|bij voorbaat dank"},
    {"fr", "merci|merci d'avance|merci d’avance|merci beaucoup|merci par avance"},
    {"es pt it", "gracias|muchas gracias|gracias de antemano|mil gracias|obrigado|obrigada|muito obrigado|muito obrigada|desde já obrigado|grazie|grazie mille|grazie in anticipo|ciao|a presto"},
    {"sv da no fi", "tack|tack på förhand|takk|tak|på forhånd tak|på forhånd takk|mange tak|kiitos|kiitos etukäteen"},
    {"pl cs sk hu ro", "dziękuję|z góry dziękuję|děkuji|předem děkuji|ďakujem|vopred ďakujem|köszönöm|előre is köszönöm|mulțumesc|multumesc|vă mulțumesc"},
    {"ru uk bg el tr", "спасибо|заранее спасибо|благодарю|дякую|благодаря|ευχαριστώ|σας ευχαριστώ|teşekkürler|şimdiden teşekkürler|teşekkür ederim"},
    {"vi id th", "cảm ơn|xin cảm ơn|cám ơn|xin chân thành cảm ơn|terima kasih|terimakasih|ขอบคุณ|ขอบคุณครับ|ขอบคุณค่ะ"},
    {"ja zh he ar", "ありがとうございます|谢谢|謝謝|多谢|תודה|תודה רבה|شكرا|شكراً"},
});

// A letter begins so.
inline constexpr auto kGreetings = std::to_array<WordRow>({
    {"en", "hi|hello|hey|dear|good morning|good afternoon|good evening|greetings"},
    {"de nl", "hallo|guten tag|guten morgen|sehr geehrte|sehr geehrter|liebe|lieber|moin|grüß gott|beste|goedemorgen|goedemiddag|goedendag|geachte|dag"},
    {"fr", "bonjour|bonsoir|salut|cher|chère|madame|monsieur"},
    {"es pt it", "hola|buenos días|buenos dias|buenas|buenas tardes|estimado|estimada|estimados|querido|querida|olá|ola|oi|bom dia|boa tarde|boa noite|prezado|prezada|prezados|caro|cara|ciao|buongiorno|buonasera|salve|gentile|egregio|spett"},
    {"sv da no fi is", "hej|hei|god dag|kära|kære|moi|terve|hyvä|sæl|sæll"},
    {"pl cs sk hu ro", "dzień dobry|witam|cześć|szanowny|szanowna|szanowni|dobrý den|dobrý deň|ahoj|vážený|vážená|üdv|kedves|tisztelt|bună|bună ziua|stimate|stimată"},
    {"sl hr sr", "pozdravljeni|spoštovani|poštovani|bok|dobar dan|поштовани"},
    {"ru uk bg", "здравствуйте|добрый день|привет|уважаемый|уважаемая|доброго дня|добрий день|вітаю|шановний|здравейте|уважаеми"},
    {"el tr", "γεια|καλημέρα|αγαπητέ|αγαπητή|merhaba|sayın|merhabalar"},
    {"vi id th", "chào|xin chào|kính gửi|dạ chào|thưa|halo|yth|selamat|kepada|สวัสดี|เรียน"},
    {"ja zh ko", "こんにちは|お世話になっております|お世話になります|你好|您好|尊敬的|안녕하세요"},
    {"he ar", "שלום|היי|مرحبا|السلام عليكم|عزيزي"},
});

// "See my answers below, in red": what is meant stands among the lines of the mail that is answered.
inline constexpr auto kBelow = std::to_array<WordRow>({
    {"en", "see below|answers below|comments below|replies below|responses below|answered below|below in |see inline|inline below|answers inline|comments inline|in line below|answers in red|answers in blue|in red below|comments in red|see red|see in red|please find below my|see my comments|see my answers|see my answer|see my repl|see my response|see my remarks|see answer|answer below|answer is below|answers are below|reply below|reply is below|replies are below|response below|comment below|remarks below|answer inline|replies inline|replied inline|answered inline|between the lines|answers in your|answer in your|replies in your|reply in your|comments in your|answers in the text|answer in the text|comments in the text|in the mail below|in the email below|answers in bold|answers in green|comments in blue|comments in green|comments in bold|replies in red|replies in blue|see in blue|see in bold|see in green|answered in red|answered in blue|replied in red|replied in blue|marked in red|marked in blue"},
    {"de", "siehe unten|s.u.|s. u.|siehe unterhalb|antworten unten|siehe im text|antworten im text|antworten in rot|unten in rot|siehe rot|in rot markiert|in blau markiert|antwort unten|antwort im text|antwort in rot|antworten in ihrer|antwort in ihrer|antworten in deiner|antwort in deiner|antworten in blau|antwort in blau|siehe blau|zwischen den zeilen|meine anmerkungen|siehe weiter unten"},
    {"nl", "zie onder|zie hieronder|hieronder in|antwoorden in rood|in het rood"},
    {"fr", "voir ci-dessous|réponses ci-dessous|cf. ci-dessous|cf ci-dessous|voir plus bas|réponses en rouge|en rouge ci-dessous|voir en rouge|ci-dessous en|réponse ci-dessous|mes réponses|ma réponse|réponses en bleu|réponse en bleu|voir en bleu|réponses dans|réponse dans|je réponds ci-dessous|réponds dans"},
    {"es", "ver abajo|vea abajo|véase abajo|ver más abajo|ver mas abajo|respuestas abajo|comentarios abajo|abajo en rojo|respuestas en rojo|contesto abajo|respondo abajo|ver en rojo|respondo en rojo|ver debajo|entre líneas|respuesta abajo|respondo debajo|contesto debajo|respondo en azul|respuestas en azul|ver en azul|respondo en tu|respondo en su|respuestas en tu|respuestas en su|respuesta en tu|respuesta en su|respuestas en el texto|respondo más abajo|respuestas más abajo|respondo en el"},
    {"pt", "ver abaixo|veja abaixo|vide abaixo|respostas abaixo|abaixo em|respostas em vermelho|segue abaixo em|respostas em azul|respondo em vermelho|respondo em azul|resposta em vermelho|resposta abaixo|respondo abaixo|respostas no seu|respondo no seu"},
    {"it ca ro", "vedi sotto|vedi qui sotto|risposte sotto|risposte in rosso|risposta in rosso|rispondo in rosso|vedi in rosso|rispondo sotto|risposte di seguito|vegeu a sota|vezi mai jos|răspunsuri mai jos|mai jos cu"},
    {"sv da no fi", "se nedan|svar nedan|se under|se nedenfor|svar nedenfor|se nedenstående|se nedenunder|svar i rött|svaren i rött|svar med rött|se i rött|svar med rødt|svar i rødt|svarer i rødt|svarer med rødt|se i rødt|katso alla|ks. alla|vastaukset alla|vastaukset punaisella|vastaan punaisella"},
    {"pl cs sk hu", "patrz poniżej|zobacz poniżej|odpowiedzi poniżej|odpowiedzi na czerwono|odpowiedź na czerwono|odpowiadam na czerwono|viz níže|odpovědi níže|odpovědi červeně|odpověď červeně|odpovídám červeně|viď nižšie|odpovede nižšie|odpovede červenou|odpoveď červenou|lásd lent|lásd alább|válaszok lent|válaszok alább|válaszok pirossal|válaszaim pirossal|válasz pirossal"},
    {"ru uk bg", "см. ниже|см ниже|смотрите ниже|смотри ниже|ответы ниже|ответы красным|ответ красным|отвечаю красным|выделено красным|выделил красным|выделила красным|див. нижче|дивіться нижче|відповіді нижче|відповіді червоним|відповідь червоним|виділено червоним|виж по-долу|вижте по-долу|отговорите по-долу|отговорите в червено|отговорите са в червено"},
    {"el tr", "δείτε παρακάτω|βλ. παρακάτω|δες παρακάτω|απαντήσεις με κόκκινο|απαντώ με κόκκινο|aşağıya bakınız|aşağıda cevapla|cevaplar aşağıda|cevaplar kırmızı ile|cevaplarım kırmızı ile"},
    {"vi id th", "xem bên dưới|xem dưới|xem phía dưới|trả lời bên dưới|trả lời ở dưới|trả lời phía dưới|trả lời trong thư|trả lời màu đỏ|trả lời màu xanh|chữ màu đỏ|chữ màu xanh|phần màu đỏ|phần màu xanh|chữ đỏ|lihat di bawah|jawaban di bawah|jawaban warna merah|ดูด้านล่าง|ตอบด้านล่าง|ตอบสีแดง|ตัวสีแดง"},
    {"ja zh ko", "下記をご|下記に回答|以下に回答|以下に記載|赤字で|インライン|见下|見下|红字|紅字|红色字|紅色字|아래 참조|아래를 참|아래에 답|빨간 글"},
    {"he ar fa", "ראה למטה|ראו למטה|תשובות באדום|עניתי באדום|ראה באדום|انظر أدناه|أنظر أدناه|انظر اسفل|الإجابات بالأحمر|الردود بالأحمر|انظر بالأحمر|پاسخ به رنگ قرمز"},
});

// The first words of a confidentiality notice, or of what scanners and mailing programs put below.
inline constexpr auto kDisclaimers = std::to_array<WordRow>({
    {"en", "this email and any|this e-mail and any|this email is confidential|this e-mail is confidential|this email (|this e-mail (|this email message|this e-mail message|this message and any|this message is confidential|this message is intended|this email is intended|this e-mail is intended|this message contains confidential|this email contains|this e-mail contains|this email may contain|this e-mail may contain|this message may contain|this message (|this electronic message|this communication is|this communication may|this transmission|the information contained in this|the information in this e|the information transmitted|the contents of this e|the content of this e|confidentiality notice|confidentiality note|confidentiality:|confidential:|disclaimer|legal notice|legal disclaimer|privileged and confidential|private and confidential|important notice|notice: this|please consider the environment|think before you print|before printing|p please consider|if you are not the intended recipient|if you have received this|any views or opinions|registered in england|registered office|caution: this email|external email|external:|virus-free.|this email has been scanned|this email has been checked|this message has been scanned|this mail has been|scanned by|avast"},
    {"de", "diese e-mail enthält|diese email enthält|diese nachricht enthält vertrauliche|diese nachricht ist vertraulich|diese e-mail ist vertraulich|der inhalt dieser e-mail|der inhalt dieser nachricht|vertraulichkeitshinweis|diese mail enthält|diese e-mail und|diese e-mail kann|wichtiger hinweis:|hinweis: diese|bitte denken sie an die umwelt|bitte prüfen sie, ob diese|diese e-mail wurde von avast|virenfrei.|geschäftsführer:|sitz der gesellschaft|amtsgericht|handelsregister"},
    {"nl", "dit bericht is|dit e-mailbericht|deze e-mail|de informatie in dit|dit bericht kan|dit bericht en|de inhoud van dit|aan dit bericht|denk aan het milieu|disclaimer:|virusvrij."},
    {"fr", "ce message et toutes|ce message et ses|ce message est confidentiel|ce message (|ce message peut|ce courriel|avis de confidentialité|cet e-mail|les informations contenues dans|l'intégrité de ce message|avant d'imprimer|pensez à l'environnement|pensez à l’environnement|n'imprimez|garanti sans virus|sans virus."},
    {"es", "este mensaje y sus|este mensaje y cualquier|este mensaje va dirigido|este mensaje es confidencial|este mensaje se dirige|este mensaje contiene|este mensaje puede|este correo electrónico y|este correo electrónico contiene|este correo electrónico puede|este correo es confidencial|este correo y|aviso de confidencialidad|aviso legal|la información contenida en este|la información contenida|antes de imprimir|nota de confidencialidad|cláusula de confidencialidad|de conformidad con lo|en cumplimiento de|libre de virus.|protección de datos"},
    {"pt", "esta mensagem pode conter|esta mensagem e|esta mensagem, incluindo|esta mensagem contém|esta mensagem é|aviso de confidencialidade|este e-mail|este email|as informações contidas|a informação contida|antes de imprimir|esta comunicação|o conteúdo deste|livre de vírus."},
    {"it", "il presente messaggio|questo messaggio e|questa e-mail|questo messaggio è|questo messaggio|le informazioni contenute|avviso di riservatezza|ai sensi del|il contenuto di|la presente e-mail|prima di stampare|privacy:|informativa privacy|privo di virus."},
    {"ro", "acest mesaj|acest e-mail|acest email|informațiile conținute"},
    {"sv da no fi", "detta meddelande|detta e-postmeddelande|detta mail|denna e-post|denne e-mail|denne e-posten|denne meddelelse|denne mail|tænk på miljøet|tämä viesti|tämä sähköposti|virusfri."},
    {"pl", "ta wiadomość|niniejsza wiadomość|treść tej wiadomości|informacja zawarta|niniejszy e-mail|wiadomość ta|informacje zawarte|wolny od wirusów"},
    {"cs sk hu", "tato zpráva|tento e-mail|tento email|obsah této zprávy|táto správa|obsah tejto|ez az üzenet|jelen üzenet|ez az e-mail|az üzenet|vírusmentes"},
    {"ru uk bg", "данное сообщение|это сообщение и|настоящее сообщение|это электронное сообщение|информация, содержащаяся|содержание данного|это письмо|данное электронное|цей лист|це повідомлення|тези съобщение|това съобщение|този имейл|без вирусов"},
    {"el tr", "αυτό το μήνυμα|το παρόν μήνυμα|το παρόν ηλεκτρονικό|bu e-posta|bu mesaj|bu elektronik posta|bu ileti|virüs bulunmuyor"},
    {"vi id", "email này|thư này|nội dung email này|thông tin trong|thư điện tử này|pesan ini|email ini|informasi yang"},
    {"ja zh ko", "本邮件|此邮件|本郵件|このメールには|このメールは|本メール|此郵件|這封郵件|本电子邮件|声明：|本電子郵件|본 메일|이 메일은|본 이메일|이 이메일|이 메시지"},
    {"he ar", "הודעה זו|דוא\"ל זה|هذه الرسالة|هذا البريد|إخلاء مسؤولية"},
});
// clang-format on

}  // namespace leadmail::mail::message
