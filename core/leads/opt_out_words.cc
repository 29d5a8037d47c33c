// How people ask to be left alone, in twelve languages. Folded: no accents, no case, no apostrophes.
#include <array>

#include "core/leads/opt_out.h"

namespace leadmail::leads {
namespace {

// clang-format off: tables
constexpr OptOutWords kEnglish{
    "en",
    R"(stop|cease|quit .. emailing|mailing|spamming|messaging|contacting|calling|texting|writing|bothering|pestering .. me|us
^ ?please stop emailing|mailing|spamming|contacting|writing $
stop|cease|quit sending .. emails|mails|e_mails|messages|newsletter*|spam|advert*|promotion*|this_stuff
dont|do_not|never ?ever ?please contact|email|e_mail|mail|write|write_to|message|bother|disturb|spam|solicit me|us|this_address $
dont|do_not|never ?ever ?please contact|email|e_mail|mail|write|write_to|message|bother|disturb|call|phone|text|reach_out_to me|us again|anymore|any_more|any_longer|ever|further|in_future|in_the_future
dont|do_not|never ?ever call|contact|write|phone|text|email|mail or|and|nor email|write|call|mail|contact|text me|us
dont|do_not|never send ?me|us ?any|no more|further|other|anymore .. emails|mails|e_mails|messages|newsletter*|offers|anything|stuff|spam|advert*
dont|do_not|never send me|us anything|emails|mails|spam|newsletters|advert* $
dont|do_not get_in_touch ?with ?me|us again|anymore|any_more|ever
^ ?please ?and no_more|no_further emails|mails|e_mails|messages|newsletters|contact|spam|calls ?please|thanks|thank_you $
no_longer|dont|do_not|not|never want|wish|like|wanna|care ?to receive|get|hear|receiving .. emails|mails|e_mails|messages|newsletter*|mailings|offers|advert*|communication*|from_you
remove|delete|take|erase|drop|strike me|us|our_company|my_company|my_name|our_name|my_email|my_e_mail|my_mail|my_address|our_address|our_email|this_address ?address ?immediately from|off|out_of .. list|lists|database|mailing*|records|system|newsletter*
be|get|being removed|taken|deleted|dropped from|off .. list|lists|database|mailing*|records|newsletter*
delete|erase|remove ?all my|our data|details|information|personal_data|contact_details
unsubscribe me|us|my_email|my_address|this_address|this_email
want|wish|like|trying|tried|need to_unsubscribe
want|wish|like|request|choose .. opt_out|opting_out|optout
^ ?please opt me|us out
removed|remove|take me|us from|off .. mailing*|emails|newsletter*|communication*
dont|do_not send me|us anything ?else|more|further $
refrain|desist|abstain from .. contacting|emailing|mailing|calling|writing|sending .. me|us|emails|mails|messages
^ ?please|pls|plz ?just unsub|unsubscribe ?me $
^ ?please ?kindly take me|us off|out
want|wish|like stop|to_stop receiving|getting .. emails|mails|e_mails|messages|newsletter*|mailings|offers
leave me|us alone
^ ?please cease all|any|further contact|communication*|correspondence)",
    R"(unsubscribe
please unsubscribe
stop
stop stop
please stop
remove
remove me
take me off
opt out
optout
unsubscribe me
cancel subscription
cancel my subscription
end)",
    "if_you_dont button* link* broken booth hesitate colleague* instead customer* users subscriber* contacts supplier* "
    "website "
    "until before resend old new rather"};

constexpr OptOutWords kSpanish{
    "es",
    R"(darme|denme|deme|dadme|dame|darnos|dennos|denos|dar de_baja
den|de de_baja mi|mis|nuestro|este
no|ni|nunca me|nos escriban|escriba|escribas|manden|mande|mandes|envien|envie|envies|contacten|contacte|contactes|molesten|moleste|molestes|llamen|llame|llames|busquen ?nunca|jamas mas $
ya_no me|nos escriban|escriba|escribas|manden|mande|mandes|envien|envie|envies|contacten|contacte|molesten|moleste|llamen|llame ?nada|mas ?correo*|publicidad|mensajes|mail*|email* ?porfa|porfavor|por_favor|gracias $
no me|nos escriban|manden|mande|mandes|envien|envie|envies mas|ningun|ninguna correo*|publicidad|mensajes|mail*|email*|propaganda|ofertas|informacion|boletin*
no me|nos manden|mande|mandes|envien|envie|envies nada ?mas|nunca $
no ?me|nos vuelvan|vuelva|vuelvas|volver a contactar*|escribir*|llamar*|mandar*|enviar*|molestar*
dejen|deje|dejad|deja|paren|pare de mandarme|mandarnos|enviarme|enviarnos|escribirme|escribirnos|contactarme|contactarnos|llamarme|llamarnos|molestarme|molestarnos|molestar
no|ya_no quiero|queremos|deseo|deseamos|quisiera ?seguir|volver ?a recibir|recibiendo .. correo*|mail*|email*|publicidad|informacion|mensajes|boletin*|nada|ofertas|newsletter*|comunicacion*
eliminen|elimine|borren|borre|quiten|quite|saquen|saque|retiren|retire|eliminar|borrar|quitar ?a mi|mis|nuestro|nuestros|nuestra|esta|este correo|mail|email|direccion|nombre|cuenta .. base|bases|lista*|registro*|sistema
eliminen|elimine|borren|borre|eliminar|borrar ?todos mis|nuestros datos
quitenme|saquenme|borrenme|eliminenme|sacarme|quitarme|borrarme|eliminarme|quiteme|saqueme|borreme de .. lista*|base|envios|correos|boletin
me|nos eliminen|elimine|borren|borre|quiten|quite|saquen|saque|retiren|retire .. lista*|base|registro*|boletin|envios
no quiero|queremos|deseo|deseamos ?que me|nos vuelvan|vuelva|escriban|escriba|contacten|llamen|manden|envien ?a ?contactar|escribir|llamar|mandar ?mas $
no quiero|queremos|deseo|deseamos que_me|que_nos vuelvan|sigan|contacten|escriban|llamen
solicito|solicitamos|pido|pedimos|quiero|queremos .. baja .. envio*|lista*|correo*|boletin*|newsletter*|suscripcion
no enviarme|enviarnos|mandarme|mandarnos|escribirme|escribirnos|contactarme|contactarnos|llamarme mas)",
    R"(baja
dar de baja
darse de baja
solicito baja
cancelar suscripcion
cancelar la suscripcion
desuscribir
desuscribirme
no molestar
no contactar
remover
eliminar)",
    "boton enlace dude duden companer* sistema cliente* proveedor* antes reenviar pagina medica"};

constexpr OptOutWords kVietnamese{
    "vi",
    R"(xoa|go|loai|rut|bo .. toi|chung_toi|email|dia_chi|ten .. khoi|ra_khoi .. danh_sach|he_thong|co_so_du_lieu|du_lieu
dung|khong|ngung|thoi gui ?them email|mail|thu|tin|tin_nhan|quang_cao .. nua
dung|khong|ngung gui them email|mail|thu|tin|tin_nhan
ngung|cham_dut ?viec gui ?email|mail|thu|tin .. quang_cao|toi|chung_toi
muon|xin|yeu_cau|vui_long|hay|de_nghi huy dang_ky|nhan
khong muon|can|he_muon ?tiep_tuc nhan .. email|thu|tin|mail|quang_cao .. nua
khong nhan thu|email|mail|tin|quang_cao .. nua
dung|khong|ngung|thoi lien_he|lien_lac|lam_phien|goi|goi_dien|nhan_tin .. nua
ngung|cham_dut lien_lac|lien_he|goi|goi_dien .. toi|chung_toi
tu_choi nhan thu|email|mail|tin|quang_cao
xoa email|dia_chi|du_lieu|thong_tin|dia_chi_email cua_toi|cua_chung_toi)",
    R"(huy dang ky
huy nhan tin
tu choi nhan thu
ngung gui
dung gui nua
huy
tu choi)",
    "nut loi khach ngai don truoc phan_mem nha_cung_cap"};

constexpr OptOutWords kFrench{
    "fr",
    R"(me|nous|mon_adresse|notre_adresse retirer|supprimer|enlever|rayer|effacer .. liste*|base|fichier*|diffusion|envois|mailing*|newsletter
retirer|supprimer|enlever|effacer|supprimez|retirez|enlevez|effacez|rayer mon|mes|notre|nos|cette|mon_nom adresse|mail|email|courriel|donnees|coordonnees|nom|contact
enlevez|retirez|supprimez|rayez|effacez moi|nous .. liste*|base|fichier*|diffusion|envois|mailing*|newsletter
ne mecrivez|me_contactez|menvoyez|mappelez|nous_contactez|nous_ecrivez|nous_sollicitez|me_sollicitez|me_derangez|nous_derangez|nous_envoyez|nous_appelez|me_relancez plus|jamais ?jamais|rien|de_mail*|de_courriel*|de_pub*|de_message* ?svp|merci $
ne plus ?jamais me|nous contacter|ecrire|solliciter|envoyer|appeler|demarcher|deranger|relancer
ne plus ?jamais mecrire|menvoyer|mappeler|mimportuner
arretez|arreter|darreter|cessez|cesser|stoppez de ?me|nous menvoyer|mecrire|mappeler|contacter|demarcher|solliciter|envoyer|ecrire|appeler|spammer|harceler|deranger
merci|priere|veuillez ne pas ?nous|me recontacter|mecrire|solliciter|relancer|demarcher
ne souhaite|souhaitons|veux|voulons|desire|desirons plus ?recevoir|etre|de .. courriel*|mail*|message*|newsletter*|publicite*|pub|offres|contacte*|sollicite*|demarche*|communication*|rien
me|nous desabonner|desinscrire
desabonnez|desinscrivez moi|nous)",
    R"(desinscription
desabonnement
desinscrire
desabonner
stop svp
stop
stop merci
arret)",
    "bouton lien hesitez collegue* abonnes logiciel fournisseur* devis verifier"};

constexpr OptOutWords kGerman{
    "de",
    R"(nehmen|nimm|streichen|loschen|loeschen|entfernen|tragen sie ?bitte mich|uns|meine|unsere|meinen .. aus|von|vom .. verteiler|liste|listen|datenbank|kartei|adressliste|mailingliste|newsletter|system|bestand
mich|uns|meine_adresse aus|von|vom .. verteiler|liste|datenbank|newsletter|mailingliste .. nehmen|streichen|loschen|loeschen|entfernen|austragen
schreiben|kontaktieren|schicken|senden|belastigen|mailen|rufen sie mir|mich|uns ?bitte ?auch nicht|nie|niemals mehr|wieder ?an ?bitte $
bitte|wunsche*|mochte*|will|wollen keine|kein weiteren|weitere|weiterer e_mails|mails|emails|werbung|anrufe|newsletter|zusendung*|kontaktaufnahme*|nachrichten|werbemails
^ ?bitte keine|kein werbung|e_mails|mails|emails|newsletter|anrufe|werbemails mehr
mochte*|will|wollen|wunsche* ?auch keine|keinen|kein .. werbung|mails|e_mails|emails|newsletter|nachrichten|anrufe|kontakt* .. mehr
mochte*|will|wollen .. newsletter|werbung|mails|e_mails nicht_mehr
loschen|loeschen|entfernen sie ?bitte|umgehend|sofort meine|unsere|alle_meine|samtliche .. adresse|daten|mailadresse|e_mail*|kontaktdaten
horen|hoeren sie ?bitte auf ?damit .. mir|uns|mich .. mails|zu_schicken|zu_schreiben|zu_kontaktieren|anzurufen|zu_senden|zu_mailen
widerspreche*|widerspruch .. nutzung|verwendung|verarbeitung .. daten|werbung|werbezwecken
uns|mich ?nicht weiter|weiterhin|mehr anzuschreiben|zu_kontaktieren|anzurufen|anzumailen|zu_belastigen
tragen|trage|trag sie mich|uns ?bitte aus
melden sie mich|uns .. ab $
sehen sie .. von .. weiteren|weiterer anrufen|mails|kontakt*|e_mails|werbung|zusendung* .. ab
mochte*|will|wollen|wunsche* nicht mehr|weiter ?von_ihnen kontaktiert|angeschrieben|angerufen|belastigt|angemailt
unterlassen|unterlassung .. anzuschreiben|zu_kontaktieren|kontaktaufnahme*|werbung|werbemails|zusendung*
mochte*|will|wollen mich|uns .. abmelden|austragen
mir|uns ?bitte keine|keinerlei .. mails|e_mails|emails|werbung|newsletter|post|angebote mehr zu_schicken|zu_senden|zusenden|schicken|senden
mich|uns ?bitte nicht_mehr|nie_wieder zu_kontaktieren|kontaktieren|anzuschreiben|anschreiben|anrufen|anzurufen|belastigen
lassen sie mich|uns ?bitte in_ruhe)",
    R"(abmelden
abbestellen
austragen
abmeldung
newsletter abmelden
stopp
stop
bitte abmelden
bitte austragen)",
    "knopf button zogern kollege* software kunden lieferant* stand prufen"};

constexpr OptOutWords kPortuguese{
    "pt",
    R"(retirem|retire|remova|removam|remover|tirem|tire|excluam|exclua|excluir|retirar ?o|a|os ?me meu|meus|nosso|nossos|minha .. lista*|cadastro*|base|sistema|mailing|banco
me remov*|retir*|tirem|tire|tirar|exclu* .. lista*|cadastro*|base|mailing|contatos
apaguem|apague|apagar|excluam|exclua|excluir ?todos ?os meus|nossos dados
nao ?nunca me|nos escreva*|mande*|envie*|contate*|contacte*|ligue*|procure*|perturbe*|incomode* mais ?nada|e_mail*|email*|mensage*|propaganda*|nunca ?por_favor|pfv|obrigad* $
nao ?nunca me|nos escreva*|mande*|envie*|contate*|contacte*|ligue*|procure*|perturbe*|incomode* novamente|nunca_mais|nada
parem|pare|deixem|deixe de me|nos mandar|enviar|ligar|escrever|contatar|contactar|incomodar|perturbar
nao quero|queremos|desejo|desejamos|gostaria|gostariamos ?mais ?de receber .. e_mail*|email*|mensage*|comunica*|propaganda*|nada|newsletter*|ofertas|publicidade
nao entrem|entre|entrar mais em_contato|em_contacto
nao entrem|entre em_contato|em_contacto comigo|conosco novamente|nunca_mais|$
solicito|peco|pedimos|solicitamos .. exclusao|remocao|descadastr*|cancelamento .. endereco|e_mail|email|cadastro|lista|dados|mailing
nao quero|queremos|desejo|desejamos mais|nenhum ?nenhum contato|contacto
quero|queremos|gostaria|gostariamos|desejo ?de me_descadastrar|cancelar_a_inscricao|cancelar_minha_inscricao|sair_da_lista|sair_desta_lista|cancelar_a_assinatura
descadastrem|descadastre meu|minha|me|o)",
    R"(descadastrar
descadastre
descadastrar me
sair
remover
cancelar inscricao
parar
stop
cancelar)",
    "botao hesite colega* cliente* sistema fornecedor* antes reenviar verificar pecas"};

constexpr OptOutWords kItalian{
    "it",
    R"(cancellarmi|cancellatemi|cancellami|toglietemi|togliermi|rimuovetemi|rimuovermi|eliminatemi|eliminarmi|levatemi|cancellarci|toglieteci|rimuoveteci ?subito da*|dalla|dalle|dal|dai .. lista|liste|list|mailing|newsletter|database|archivi*|elenco|elenchi
non scrivetemi|scriveteci|contattatemi|contattateci|chiamatemi|chiamateci|mandatemi|mandateci|inviatemi|inviateci|disturbatemi|disturbateci|cercatemi ?mai piu|ulteriormente ?niente|nulla|email*|mail*|pubblicita $
non mi|ci chiami|scriva|contatti|mandi|invii|disturbi|scrivete|contattate|chiamate|mandate|inviate|disturbate ?mai piu|ulteriormente $|e|ne|email*|mail*|pubblicita|niente|nulla
di_non contattarci|contattarmi|scriverci|scrivermi|chiamarci|chiamarmi|disturbarci|disturbarmi|inviarmi|inviarci|mandarmi|mandarci ?mai piu|ulteriormente|altro|altre
smettetela|smettete|smetta|smettila|smetti|finitela|basta di|con .. mandarmi|mandarci|scrivermi|scriverci|inviarmi|inviarci|contattarmi|contattarci|chiamarmi|disturbarmi|spam
^ basta ?con ?le mail*|email*|spam|pubblicita
non desidero|desideriamo|voglio|vogliamo|vorrei|intendo ?piu ricever* .. pubblicita|comunicazion*|mail*|email*|newsletter|messaggi|offerte|niente|nulla
essere|venire rimosso|rimossa|rimossi|cancellato|cancellata|cancellati|tolto|tolta|eliminato|eliminata da*|dalla|dalle|dal|dai .. lista|liste|mailing|newsletter|database|archivi*|elenco
non inviarmi|inviarci|mandarmi|mandarci|scrivermi|scriverci|contattarmi|contattarci|chiamarmi piu
chiedo|chiediamo|richiedo .. cancellazione|rimozione .. indirizzo|dati|nominativo|lista|archivi*|contatto
rimuovete|rimuova|cancellate|cancelli|eliminate|elimini|togliete|tolga|togliere|rimuovere|cancellare|eliminare ?il|i|la|lo mio|miei|nostro|nostri|mia indirizzo|email|mail|dati|nominativo|contatto
vorrei|voglio|vogliamo|desidero|desideriamo disiscriver*|cancellarmi|annullare_liscrizione
mi_oppongo|ci_opponiamo .. trattamento .. dati)",
    R"(disiscrizione
disiscrivimi
disiscrivetemi
cancellami
cancellatemi
cancellazione
stop
basta)",
    "pulsante esitate esiti collega* clienti programma fornitore* preventivo controllare"};

constexpr OptOutWords kDutch{
    "nl",
    R"(haal|haalt|halen|verwijder|verwijdert|verwijderen|schrap|schrapt mij|me|ons|mijn|onze ?adres|naam|e_mailadres|mailadres van|uit .. lijst|mailinglijst|mailinglist|bestand|database|systeem|adressenlijst|nieuwsbrief
mij|me|ons van|uit .. lijst|mailinglijst|bestand|database halen|verwijderen|schrappen
schrijf|schrijft|mail|mailt|bel|belt|benader|benadert|contacteer|contacteert|stuur|stuurt ?u me|mij|ons niet|nooit meer ?iets|e_mails|mails|reclame|lastig|aub $
geen contact meer
stop|stopt met .. mailen|bellen|schrijven|contacteren|benaderen|spammen|reclame
wil|willen|wens|wensen|hoef geen .. e_mail*|mails|reclame|nieuwsbrie*|berichten|post meer
wil|willen|wens|wensen niet_meer|niet_langer .. gebeld|gemaild|benaderd|gecontacteerd|aangeschreven|lastig
geen reclame|mails|e_mails|nieuwsbrie* meer .. sturen
wil|willen|graag .. mij|me|ons uitschrijven|afmelden
schrijf|meld me|mij|ons ?aub uit|af
gelieve|graag mij|me|ons uit|af te schrijven|melden
mij|me|ons uit_te_schrijven|af_te_melden
stop|stopt ?aub met .. sturen|zenden|versturen .. mail*|e_mail*|reclame|nieuwsbrie*|berichten
wil|willen niets meer .. horen|ontvangen
bezwaar .. gebruik|verwerking .. gegevens
verwijder|wis ?al mijn|onze adres|gegevens|e_mailadres|mailadres|data
laat mij|me|ons met_rust)",
    R"(afmelden
uitschrijven
uitschrijving
afmelding
stop
graag uitschrijven
graag afmelden)",
    "knop aarzel collega* klanten software leverancier* nakijken"};

constexpr OptOutWords kPolish{
    "pl",
    R"(usun|usuncie|usunac|wykreslic|wykreslcie|skreslic|wypisac|wypiszcie ?prosze mnie|nas|moj|mojego|moje|nasz|naszego ?adres|mail|email|adresu z|ze .. listy|bazy|mailing*|newsletter*|systemu
wypisanie mnie|nas
usuniecie mojego|naszego|moich|naszych .. adres*|danych|maila
do_mnie|do_nas|ze_mna|z_nami|mi|nam ?juz wiecej|juz nie pisac|kontaktowac|wysylac|przysylac|dzwonic|niepokoic
juz|wiecej do_mnie|do_nas|mi|nam|ze_mna|z_nami nie pisac|wysylac|przysylac|dzwonic
nie kontaktowac|kontaktujcie sie ?juz|wiecej ze_mna|z_nami
nie wysylajcie|wysylac|przysylajcie|przysylac|piszcie|dzwoncie|pisac ?mi|nam|do_mnie|do_nas juz|wiecej ?nic|maili|ofert|reklam|wiadomosci $
przestancie|przestan|prosze_przestac ?mi wysylac|pisac|dzwonic|spamowac|nekac|przysylac
nie chce|chcemy|zycze|zyczymy ?sobie ?juz|wiecej otrzymywac|dostawac|zadnych .. wiadomosci|maili|telefonow|kontaktu|ofert|reklam|newsletter*
chce|chcemy|chcialbym|chcialabym zrezygnowac|wypisac ?sie z .. newsletter*|otrzymywania|listy|subskrypcji|mailing*
rezygnuje|rezygnujemy z .. newsletter*|otrzymywania|subskrypcji|mailing*
prosze|prosimy mnie|nas wypisac|usunac|wykreslic
wycofuje|cofam|wycofujemy|odwoluje zgod*
sprzeciw* .. przetwarzani* .. danych)",
    R"(wypisz
wypisz mnie
wypisuje sie
wypisac sie
rezygnacja
rezygnuje
stop)",
    "przycisk klienci klient* kolega* dostawc* system* sprawdzic oferty"};

constexpr OptOutWords kRussian{
    "ru",
    R"(удалите|исключите|уберите|вычеркните|исключить|удалить|убрать меня|нас|мои|наш|мою|мое ?адрес|почту|email из|с .. рассылк*|баз*|списк*|системы
не пишите|присылаите|шлите|беспокоите|связываитесь|тревожьте|отправляите ?мне|нам|нас|меня|со_мнои|с_нами больше ?писем|рекламу|ничего|никогда|спам $
не пишите|беспокоите|тревожьте мне|нам|нас|меня $
больше ?никогда ?мне|нам|нас не пишите|присылаите|шлите|звоните|связываитесь|беспокоите|присылать|писать|звонить|отправлять|беспокоить
прекратите|перестаньте|хватит|прекращаите ?мне|нам|меня|нас присылать|писать|слать|звонить|беспокоить|рассылать|спамить|отправлять|рассылку
не хочу|хотим|желаю|желаем ?больше получать .. письм*|писем|рассылк*|реклам*|сообщени*|предложени*|спам
хочу|хотим|прошу|желаю ?меня отписаться|отписать
отпишите|отпиши меня|нас
отзываю|отзываем ?свое согласие)",
    R"(отписаться
отписка
отпишите
отпишите меня
стоп
stop)",
    "кнопка ссылка стесняитесь коллег* клиент* поставщик* проверьте лучше"};

constexpr OptOutWords kChinese{"zh",
                               R"(我要|我想|我们要|我们想|申请|申請|帮我|幫我|给我|請|请 退订|取消订阅|退訂|取消訂閱
不要|别|別|请勿|請勿|勿 再 ?给我|给我们|給我|給我們|向我们|向我|跟我 发邮件|发信|发送|发广告|发短信|寄信|寄邮件|寄郵件|寄廣告|打扰|打擾|联系|聯絡|聯繫|骚扰|騷擾|打电话|打電話|来信
不要|别|別|请勿|請勿 再 ?给我|给我们|給我 发|寄|发来|寄来 了 $
停止 .. 向我|给我|給我|对我 .. 发|寄|傳|推送
不想|不希望|不愿意|不需要|不願 再 收到|接收|接到
不想|不希望|不愿 收到 .. 邮件|广告|郵件|廣告|信息
从 .. 列表|数据库|名单|名單|資料庫 .. 删除|移除|刪除
把我|将我|將我 .. 移出|移除|剔除|删除|刪除
拒收|拒绝接收|拒絕接收)",
                               R"(退订
退訂
取消订阅
取消訂閱
拒收
td
停止)",
                               "按钮 按鈕 链接 同事 客户 供应商 报价单 订单"};

constexpr OptOutWords kJapanese{"ja",
                                R"(配信停止|配信解除|購読解除|登録解除 ?を お願い|希望|してください|して下さい|したい
購読|メルマガ|メールマガジン|登録 を 解除|停止|退会
メール|連絡|広告|案内|営業 .. 送らないで|しないで|不要|控え|お断り|止めて|やめて|停止して|遠慮
メール|受信|配信 .. 希望しません|希望しない|希望いたしません|したくない|望みません
リスト|データベース|名簿 .. 私|アドレス|弊社|当社|当方 .. 削除|外して|除外
アドレス .. 削除|消して)",
                                R"(配信停止
配信停止希望
退会
退会希望
解除希望
配信解除
購読解除
停止)",
                                "ボタン リンク 同僚 顧客 取引先 届いて"};
// clang-format on

constexpr std::array kAll{kEnglish, kSpanish, kVietnamese, kFrench,  kGerman,  kPortuguese,
                          kItalian, kDutch,   kPolish,     kRussian, kChinese, kJapanese};

}  // namespace

std::span<const OptOutWords> opt_out_words() { return kAll; }

}  // namespace leadmail::leads
