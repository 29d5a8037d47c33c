#include "core/leads/phrases.h"

#include <array>
#include <cassert>

namespace leadmail::leads {
namespace {

struct Row {
  Phrase phrase;
  std::string_view en;
  std::string_view es;
  std::string_view vi;
};

constexpr std::array kRows = {
    Row{Phrase::unknown_verb, "There is no command \"{0}\". Did you mean {1}?",
        "No existe la orden \"{0}\". ¿Quiso decir {1}?", "Không có lệnh \"{0}\". Có phải ý bạn là {1}?"},
    Row{Phrase::unknown_verb_alone, "There is no command \"{0}\". #help lists them all.",
        "No existe la orden \"{0}\". #ayuda las muestra todas.", "Không có lệnh \"{0}\". #trợ giúp liệt kê tất cả."},
    Row{Phrase::not_yet, "This version can't do {0} yet.", "Esta versión todavía no sabe hacer {0}.",
        "Phiên bản này chưa làm được {0}."},
    Row{Phrase::too_many_commands, "One mail may hold at most {0} commands.",
        "Un correo puede llevar como máximo {0} órdenes.", "Một thư chỉ được có tối đa {0} lệnh."},
    Row{Phrase::too_long_command, "A command may be at most {0} bytes long.",
        "Una orden puede tener como máximo {0} bytes.", "Một lệnh chỉ được dài tối đa {0} byte."},
    Row{Phrase::needs_more, "{0} needs more: {1}", "A {0} le falta algo: {1}", "{0} còn thiếu: {1}"},
    Row{Phrase::unknown_status, "There is no status \"{0}\". There are: {1}.",
        "No existe el estado \"{0}\". Existen: {1}.", "Không có trạng thái \"{0}\". Có các trạng thái: {1}."},
    Row{Phrase::unknown_user, "There is no user \"{0}\". There are: {1}.",
        "No existe el usuario \"{0}\". Existen: {1}.", "Không có người dùng \"{0}\". Có: {1}."},
    Row{Phrase::unknown_time,
        "\"{0}\" is no date or time that can be read. Write for example: tomorrow 10:00, in 3 days, "
        "next tuesday 15:00, 2026-12-03 10:00.",
        "\"{0}\" no es una fecha u hora que se entienda. Escriba por ejemplo: mañana 10:00, en 3 días, el martes a las "
        "15:00, 2026-12-03 10:00.",
        "\"{0}\" không phải ngày giờ đọc được. Hãy viết chẳng hạn: mai 10:00, 3 ngày nữa, thứ ba tuần sau 15:00, "
        "2026-12-03 10:00."},
    Row{Phrase::ambiguous_date, "\"{0}\" can be two dates. Write year-month-day, as in 2026-12-03, or name the month.",
        "\"{0}\" puede ser dos fechas. Escriba año-mes-día, como 2026-12-03, o el nombre del mes.",
        "\"{0}\" có thể là hai ngày khác nhau. Hãy viết năm-tháng-ngày, ví dụ 2026-12-03."},
    Row{Phrase::no_such_date, "There is no such date or time: \"{0}\".", "No existe esa fecha u hora: \"{0}\".",
        "Không có ngày giờ như vậy: \"{0}\"."},
    Row{Phrase::past_time, "{0} is in the past.", "{0} ya pasó.", "{0} đã qua rồi."},
    Row{Phrase::far_time, "{0} is too far away.", "{0} queda demasiado lejos.", "{0} quá xa."},
    Row{Phrase::needs_time, "\"{0}\" needs a time, as in: {0} 15:00.",
        "A \"{0}\" le falta la hora, por ejemplo: {0} 15:00.", "\"{0}\" cần có giờ, ví dụ: {0} 15:00."},
    Row{Phrase::no_next_contact, "No next contact is set.", "No hay ningún próximo contacto.",
        "Chưa có lịch liên hệ tiếp theo."},
    Row{Phrase::no_lead,
        "This mail belongs to no lead that is known. Answer a mail about the lead, or write to its address with the "
        "shared address in copy.",
        "Este correo no pertenece a ningún contacto conocido. Responda a un correo sobre él, o escríbale con la "
        "dirección "
        "compartida en copia.",
        "Thư này không thuộc khách hàng nào đã biết. Hãy trả lời một thư về khách hàng đó, hoặc viết cho họ và đồng "
        "gửi "
        "địa chỉ chung."},
    Row{Phrase::nothing_to_do,
        "Your mail held neither text nor a command, so nothing was sent. Write your answer above the quoted text.",
        "Su correo no traía texto ni órdenes y no se envió nada. Escriba su respuesta encima del texto citado.",
        "Thư của bạn không có nội dung hay lệnh nào nên không gửi gì. Hãy viết câu trả lời phía trên phần trích dẫn."},
    Row{Phrase::same_again,
        "Your answer says the same as your last two, which were sent. It was not sent again: an automatic answer?",
        "Su respuesta dice lo mismo que las dos anteriores, que ya se enviaron. No se envió de nuevo: ¿es automática?",
        "Câu trả lời giống hai lần trước đã gửi nên không gửi lại: có phải thư tự động không?"},
    Row{Phrase::no_address, "{0} has no e-mail address to answer to.", "{0} no tiene dirección de correo.",
        "{0} không có địa chỉ thư để trả lời."},
    Row{Phrase::must_not_contact, "{0} must not be contacted, so your text was not sent.",
        "{0} no debe ser contactado; su texto no se envió.", "{0} không được liên hệ nên nội dung không được gửi."},
    Row{Phrase::dead_address, "Mail to {0} came back: the address does not exist any more.",
        "El correo a {0} fue devuelto: la dirección ya no existe.",
        "Thư gửi {0} bị trả lại: địa chỉ không còn tồn tại."},
    Row{Phrase::stranger_answers,
        "{0} answers here and is not known. Is he who he says? What you answer goes to {1}, not to him.",
        "{0} responde aquí y no es conocido. ¿Es quien dice ser? Lo que usted responda va a {1}, no a él.",
        "{0} trả lời ở đây nhưng chưa được biết. Có đúng là người đó không? Câu trả lời của bạn được gửi tới {1}, "
        "không "
        "phải tới người đó."},
    Row{Phrase::which_lead, "Nothing but its writer says where this mail belongs. Check which lead it is: {0}.",
        "Solo su autor indica a quién pertenece este correo. Compruebe de cuál es: {0}.",
        "Chỉ có người viết cho biết thư này thuộc về ai. Hãy kiểm tra xem là khách nào: {0}."},
    Row{Phrase::no_owner, "A new lead has no owner: {0}.", "Un prospecto nuevo no tiene responsable: {0}.",
        "Một khách hàng tiềm năng mới chưa có người phụ trách: {0}."},
    Row{Phrase::nobody_is_there, "Nobody is there to take a new lead: {0}.",
        "No hay nadie que pueda tomar un prospecto nuevo: {0}.",
        "Không có ai để nhận một khách hàng tiềm năng mới: {0}."},
    Row{Phrase::unread_mail, "A mail from {0} could not be read: {1}.", "Un correo de {0} no se pudo leer: {1}.",
        "Không đọc được một thư từ {0}: {1}."},
    Row{Phrase::mailbox_stuck, "Mailbox {0} can't send", "El buzón {0} no puede enviar", "Hộp thư {0} không gửi được"},
    Row{Phrase::mailbox_stuck_why, "Nothing has left mailbox {0} since {1}: {2}\nIts mail waits and is tried again.",
        "Nada ha salido del buzón {0} desde {1}: {2}\nSu correo espera y se intenta de nuevo.",
        "Không thư nào rời hộp thư {0} từ {1}: {2}\nThư đang chờ và sẽ được thử lại."},
    Row{Phrase::storm_stopped, "automatic mail stopped", "correo automático detenido", "đã dừng thư tự động"},
    Row{Phrase::storm_stopped_why,
        "There is {1} from mailbox {0}: no more of it for an hour. What waits is in `leadmail outbox list`. Two robots "
        "that answer each other look like this.",
        "Hay {1} del buzón {0}: nada más de eso durante una hora. Lo que espera está en `leadmail outbox list`. Así se "
        "ven dos robots que se responden.",
        "Có {1} từ hộp thư {0}: dừng trong một giờ. Thư đang chờ xem ở `leadmail outbox list`. Hai máy tự trả lời nhau "
        "trông như thế này."},
    Row{Phrase::mailbox_silent, "Mailbox {0} is not being read", "El buzón {0} no se está leyendo",
        "Hộp thư {0} không đọc được"},
    Row{Phrase::mailbox_silent_why,
        "Mailbox {0} was last read on {1}. {2}\nIts mail stays on the server and is taken as soon as that works again. "
        "`leadmail doctor` looks closer.",
        "El buzón {0} se leyó por última vez el {1}. {2}\nSu correo sigue en el servidor y se recogerá en cuanto "
        "vuelva a "
        "funcionar. `leadmail doctor` lo examina.",
        "Hộp thư {0} được đọc lần cuối vào {1}. {2}\nThư vẫn ở trên máy chủ và sẽ được lấy ngay khi đọc lại được. "
        "`leadmail doctor` xem kỹ hơn."},
    Row{Phrase::login_refused, "Mailbox {0}: the login is refused", "Buzón {0}: acceso rechazado",
        "Hộp thư {0}: bị từ chối đăng nhập"},
    Row{Phrase::login_refused_why,
        "The server has refused the login of mailbox {0} since {1}: {2}\nPut the right password into its file (with "
        "OAuth2: "
        "`leadmail login {0}`); nothing has to be started again. So that the account is not locked it is tried once an "
        "hour; `systemctl reload leadmaild` tries at once.",
        "El servidor rechaza el acceso del buzón {0} desde {1}: {2}\nEscriba la contraseña correcta en su archivo (con "
        "OAuth2: `leadmail login {0}`); no hay que reiniciar nada. Para no bloquear la cuenta se intenta una vez por "
        "hora; `systemctl reload leadmaild` lo intenta enseguida.",
        "Máy chủ từ chối đăng nhập hộp thư {0} từ {1}: {2}\nHãy ghi đúng mật khẩu vào tệp của nó (với OAuth2: "
        "`leadmail "
        "login {0}`); không cần khởi động lại. Để tài khoản không bị khóa, mỗi giờ thử một lần; `systemctl reload "
        "leadmaild` thử ngay."},
    Row{Phrase::mailbox_needs_you, "Mailbox {0} needs you", "El buzón {0} lo necesita", "Hộp thư {0} cần bạn xử lý"},
    Row{Phrase::mailbox_needs_you_why,
        "Mailbox {0} is not read since {1}, and waiting will not help: {2}\n`leadmail doctor` says what to do.",
        "El buzón {0} no se lee desde {1}, y esperar no ayudará: {2}\n`leadmail doctor` dice qué hacer.",
        "Hộp thư {0} không đọc được từ {1}, và chờ không giúp ích: {2}\n`leadmail doctor` cho biết phải làm gì."},
    Row{Phrase::filing_stuck, "Mailbox {0}: mail can't be marked or moved",
        "Buzón {0}: el correo no se puede marcar ni mover", "Hộp thư {0}: không đánh dấu hay chuyển được thư"},
    Row{Phrase::filing_stuck_why,
        "Since {1} what Leadmail has read can't be marked or moved in mailbox {0}: {2}\nNothing is lost; it is tried "
        "again.",
        "Desde {1} lo que Leadmail ha leído no se puede marcar ni mover en el buzón {0}: {2}\nNada se pierde; se "
        "intenta de "
        "nuevo.",
        "Từ {1}, thư Leadmail đã đọc trong hộp thư {0} không đánh dấu hay chuyển được: {2}\nKhông mất gì; sẽ được thử "
        "lại."},
    Row{Phrase::mails_missed, "Mailbox {0}: mail was found that had been missed",
        "Buzón {0}: apareció correo que se había pasado por alto", "Hộp thư {0}: tìm thấy thư đã bị bỏ sót"},
    Row{Phrase::mails_missed_why,
        "The daily count of mailbox {0} on {1} found mail that the server had not told of: {2}\nIt is taken now. If "
        "this "
        "happens again, ask the provider.",
        "El recuento diario del buzón {0} del {1} encontró correo que el servidor no había anunciado: {2}\nYa se "
        "recoge. Si se "
        "repite, pregunte al proveedor.",
        "Lần đếm hằng ngày của hộp thư {0} vào {1} tìm thấy thư mà máy chủ không báo: {2}\nThư đang được lấy. Nếu lặp "
        "lại, "
        "hãy hỏi nhà cung cấp."},
    Row{Phrase::disk_low, "The disk is nearly full", "El disco está casi lleno", "Đĩa gần đầy"},
    Row{Phrase::disk_low_why,
        "{2} are free at {0} (seen {1}). Without space nothing can be kept: mail waits on the server until there is "
        "some "
        "again. `leadmail prune` removes what is past its time.",
        "Quedan {2} libres en {0} (visto {1}). Sin espacio no se puede guardar nada: el correo espera en el servidor "
        "hasta "
        "que lo haya. `leadmail prune` elimina lo que ya cumplió su plazo.",
        "Còn trống {2} tại {0} (lúc {1}). Hết chỗ thì không lưu được gì: thư đợi trên máy chủ đến khi có chỗ. "
        "`leadmail "
        "prune` xóa những gì đã quá hạn."},
    Row{Phrase::in_order_again, "In order again: {0}", "De nuevo en orden: {0}", "Đã ổn lại: {0}"},
    Row{Phrase::in_order_again_why, "This is over: {0}.\nIt was so from {1} until {2}.",
        "Ya pasó: {0}.\nFue así desde {1} hasta {2}.", "Đã qua: {0}.\nTình trạng đó kéo dài từ {1} đến {2}."},
    Row{Phrase::too_large,
        "What you attached is too large to be passed on (more than 20 MB). Send a link to it, or smaller files.",
        "Lo que adjuntó es demasiado grande para reenviarlo (más de 20 MB). Envíe un enlace o archivos más pequeños.",
        "Tệp đính kèm quá lớn để chuyển tiếp (hơn 20 MB). Hãy gửi liên kết hoặc tệp nhỏ hơn."},
    Row{Phrase::command_below,
        "\"{0}\" stands below your text. Commands count only above it; nothing was sent, lest it reach the customer.",
        "\"{0}\" está debajo de su texto. Las órdenes solo valen encima; no se envió nada para que no llegue al "
        "cliente.",
        "\"{0}\" nằm dưới nội dung. Lệnh chỉ có hiệu lực ở trên cùng; chưa gửi gì để tránh lộ cho khách."},
    Row{Phrase::command_runs_on,
        "It is not clear where \"{0}\" ends and the text for the customer begins. Leave a blank line between them.",
        "No está claro dónde termina «{0}» y empieza el texto para el cliente. Deje una línea en blanco entre ambos.",
        "Không rõ \"{0}\" kết thúc ở đâu và nội dung cho khách bắt đầu từ đâu. Hãy để một dòng trống ở giữa."},
    Row{Phrase::not_plain_text,
        "Your mail begins with a command but has no plain text, or two that differ. Commands count only in plain text.",
        "Su correo empieza con una orden pero no trae texto sin formato, o trae dos distintos. Las órdenes solo valen "
        "en "
        "texto sin formato.",
        "Thư bắt đầu bằng lệnh nhưng không có phần văn bản thuần, hoặc có hai phần khác nhau. Lệnh chỉ có hiệu lực "
        "trong "
        "văn bản thuần."},
    Row{Phrase::two_commands, "{0} stands there twice.", "{0} aparece dos veces.", "{0} xuất hiện hai lần."},
    Row{Phrase::refused,
        "A mail that shows your address was not carried out: {0} If you wrote it, answer one of our mails from your "
        "own "
        "account; if not, somebody uses your address.",
        "Un correo con su dirección no se ejecutó: {0} Si lo escribió usted, responda a uno de nuestros correos desde "
        "su "
        "propia cuenta; si no, alguien usa su dirección.",
        "Một thư mang địa chỉ của bạn đã không được thực hiện: {0} Nếu bạn viết thư đó, hãy trả lời một thư của chúng "
        "tôi "
        "từ tài khoản của bạn; nếu không, có người đang dùng địa chỉ của bạn."},
    Row{Phrase::not_one_author, "its From field does not name one plain address.",
        "su campo From no nombra una sola dirección.", "trường From không nêu đúng một địa chỉ."},
    Row{Phrase::not_by_a_person, "it is automatic mail.", "es un correo automático.", "đó là thư tự động."},
    Row{Phrase::not_a_user, "its sender is spelled otherwise than your address in the configuration.",
        "su remitente no está escrito como su dirección en la configuración.",
        "địa chỉ người gửi được viết khác với địa chỉ của bạn trong cấu hình."},
    Row{Phrase::not_authenticated, "the mail server does not confirm its sender ({0}).",
        "el servidor de correo no confirma al remitente ({0}).", "máy chủ thư không xác nhận người gửi ({0})."},
    Row{Phrase::no_token, "it is no answer to a mail of ours to you of the last 90 days.",
        "no responde a un correo nuestro a usted de los últimos 90 días.",
        "đó không phải trả lời cho thư của chúng tôi gửi bạn trong 90 ngày qua."},
    Row{Phrase::wrong_date, "its date is not within the last 7 days.", "su fecha no es de los últimos 7 días.",
        "ngày của thư không nằm trong 7 ngày qua."},
    Row{Phrase::also_for_others, "Put commands at the top, one a line; the text below goes to the customer.",
        "Ponga las órdenes arriba, una por línea; el texto de abajo va al cliente.",
        "Đặt lệnh ở trên cùng, mỗi dòng một lệnh; nội dung bên dưới được gửi cho khách."},
    Row{Phrase::text_goes_to, "The text below your commands goes to {0}.", "El texto debajo de sus órdenes va a {0}.",
        "Nội dung bên dưới các lệnh được gửi đến {0}."},
    Row{Phrase::unknown_choice, "There is no \"{0}\" here. There are: {1}.", "Aquí no existe \"{0}\". Existen: {1}.",
        "Không có \"{0}\" ở đây. Có: {1}."},
    Row{Phrase::unknown_field, "There is no field \"{0}\". There are: {1}.",
        "No existe el campo \"{0}\". Existen: {1}.", "Không có trường \"{0}\". Có: {1}."},
    Row{Phrase::neither_yes_nor_no, "\"{0}\" is neither yes nor no.", "\"{0}\" no es ni sí ni no.",
        "\"{0}\" không phải có hay không."},
    Row{Phrase::no_number, "\"{0}\" is no number.", "\"{0}\" no es un número.", "\"{0}\" không phải là số."},
    Row{Phrase::no_amount, "\"{0}\" is no amount of money. Write for example: 12000 EUR.",
        "\"{0}\" no es un importe. Escriba por ejemplo: 12000 EUR.",
        "\"{0}\" không phải số tiền. Hãy viết chẳng hạn: 12000 EUR."},
    Row{Phrase::line_without_price,
        "There is no price in \"{0}\". Write for example: 3 x Pump P-100 at 400 EUR, 1 x Freight 80 EUR.",
        "Falta el precio en \"{0}\". Escriba por ejemplo: 3 x Bomba P-100 a 400 EUR, 1 x Flete 80 EUR.",
        "Thiếu giá trong \"{0}\". Hãy viết chẳng hạn: 3 x Bơm P-100 giá 400 EUR, 1 x Vận chuyển 80 EUR."},
    Row{Phrase::line_without_quantity,
        "\"{0}\" has no quantity. Write for example: 3 x Pump P-100 at 400 EUR, 1 x Freight 80 EUR, or: total 1280 "
        "EUR.",
        "Falta la cantidad en \"{0}\". Escriba por ejemplo: 3 x Bomba P-100 a 400 EUR, 1 x Flete 80 EUR, o: total 1280 "
        "EUR.",
        "Thiếu số lượng trong \"{0}\". Hãy viết chẳng hạn: 3 x Bơm P-100 giá 400 EUR, 1 x Vận chuyển 80 EUR, hoặc: "
        "tổng "
        "1280 EUR."},
    Row{Phrase::two_currencies, "One quotation is in one currency, not in {0}.",
        "Una cotización va en una sola moneda, no en {0}.", "Một báo giá chỉ dùng một loại tiền, không dùng {0}."},
    Row{Phrase::to_come, "\"{0}\" is still to come.", "\"{0}\" todavía no llega.", "\"{0}\" vẫn chưa tới."},
    Row{Phrase::set_otherwise, "\"{0}\" is set by its own command: {1}.", "\"{0}\" se pone con su propia orden: {1}.",
        "\"{0}\" được đặt bằng lệnh riêng: {1}."},
    Row{Phrase::still_organization,
        "An organization keeps its company name. Write another one, or first: #set type person.",
        "Una organización conserva el nombre de su empresa. Escriba otro, o primero: #poner tipo person.",
        "Tổ chức phải có tên công ty. Hãy viết tên khác, hoặc trước hết: #đặt loại person."},
    Row{Phrase::verdict_drop, "drop the follow-up", "dejar el seguimiento", "nên ngừng theo dõi"},
    Row{Phrase::verdict_going_well, "going well, {0} points missing to close", "va bien, faltan {0} puntos para cerrar",
        "tiến triển tốt, còn thiếu {0} điểm để chốt"},
    Row{Phrase::verdict_close, "about to close", "a punto de cerrar", "sắp chốt"},
    Row{Phrase::wrong_scores, "There are {0} scores, each from {1} to {2}.",
        "Son {0} puntuaciones, cada una de {1} a {2}.", "Có {0} điểm, mỗi điểm từ {1} đến {2}."},
    Row{Phrase::not_qualified, "Before there may be an opportunity, these have to be answered: {0}.",
        "Antes de crear una oportunidad falta responder: {0}.", "Trước khi tạo cơ hội cần trả lời: {0}."},
    Row{Phrase::no_opportunity, "There is no open opportunity. #opportunity makes one.",
        "No hay ninguna oportunidad abierta. #oportunidad crea una.", "Chưa có cơ hội nào đang mở. #cơ hội sẽ tạo."},
    Row{Phrase::no_quotation, "There is no open quotation. #quote makes one.",
        "No hay ninguna cotización abierta. #cotización crea una.", "Chưa có báo giá nào đang mở. #báo giá sẽ tạo."},
    Row{Phrase::needs_reason, "A loss needs its reason: {0}", "Falta el motivo: {0}", "Cần nêu lý do: {0}"},
    Row{Phrase::needs_company, "An organization needs a company name. Set it first: #set company Acme.",
        "Una organización necesita nombre de empresa. Primero: #poner empresa Acme.",
        "Tổ chức cần có tên công ty. Trước hết: #đặt công ty Acme."},
    Row{Phrase::no_such_contact, "\"{0}\" names no contact: write a name, an address or a phone number.",
        "\"{0}\" no nombra a ningún contacto: escriba un nombre, un correo o un teléfono.",
        "\"{0}\" không nêu người liên hệ nào: hãy viết tên, email hoặc số điện thoại."},
    Row{Phrase::bad_address, "\"{0}\" is no e-mail address.", "\"{0}\" no es una dirección de correo.",
        "\"{0}\" không phải địa chỉ email."},
    Row{Phrase::own_address, "{0} is one of our own addresses.", "{0} es una de nuestras direcciones.",
        "{0} là địa chỉ của chúng ta."},
    Row{Phrase::no_steps, "The config declares no procedure steps ([[step]]).",
        "La configuración no declara pasos ([[step]]).", "Cấu hình chưa khai báo bước nào ([[step]])."},
    Row{Phrase::held_unknown, "There is no {0} on the holding list.", "No hay ningún {0} en la lista de espera.",
        "Không có số {0} trong danh sách chờ."},
    Row{Phrase::held_decided, "{0} has been decided already: {1}.", "{0} ya está decidido: {1}.",
        "{0} đã được quyết định: {1}."},
    Row{Phrase::held_no_sender, "{0} has no sender that could be blocked.",
        "{0} no tiene un remitente que se pueda bloquear.", "{0} không có người gửi nào để chặn."},
    Row{Phrase::held_not_the_domain,
        "{0} is not blocked as a whole: it is ours, or people share it who have nothing else in common.",
        "{0} no se bloquea entero: es nuestro, o lo comparten personas sin nada más en común.",
        "Không chặn toàn bộ {0}: đó là tên miền của chúng ta, hoặc nhiều người không liên quan dùng chung."},
    Row{Phrase::held_accepted, "{0} is accepted: {1}.", "{0} aceptado: {1}.", "{0} đã được chấp nhận: {1}."},
    Row{Phrase::held_blocked, "{0} is blocked: mail of {1} is ignored from now on. #accept {0} takes that back.",
        "{0} bloqueado: el correo de {1} se ignora desde ahora. #aceptar {0} lo deshace.",
        "{0} đã bị chặn: thư của {1} sẽ bị bỏ qua. #chấp nhận {0} để hủy việc này."},
    Row{Phrase::held_alone, "#accept and #block stand alone in a mail, without other commands.",
        "#aceptar y #bloquear van solos en un correo, sin otras órdenes.",
        "#chấp nhận và #chặn phải đứng riêng trong một thư, không kèm lệnh khác."},
    Row{Phrase::held_for_admins, "{0} is for administrators.", "{0} es para administradores.",
        "{0} chỉ dành cho quản trị viên."},
    Row{Phrase::asks_to_be_left_alone,
        "They ask not to be written to any more: \"{0}\". Newsletters have ended. One tap on \"Do not contact\" ends "
        "everything.",
        "Piden que no se les escriba más: \"{0}\". Los boletines ya terminaron. Un toque en \"No contactar\" termina "
        "todo.",
        "Họ yêu cầu không viết cho họ nữa: \"{0}\". Bản tin đã ngừng. Chạm \"Không liên hệ\" để ngừng tất cả."},
    Row{Phrase::wants_answers_at, "They ask for answers at {0} (Reply-To). What you answer goes to {1}, who wrote.",
        "Piden las respuestas en {0} (Reply-To). Lo que usted responde va a {1}, que escribió.",
        "Họ muốn nhận trả lời tại {0} (Reply-To). Câu trả lời của bạn được gửi tới {1}, là người đã viết."},
    Row{Phrase::sends_invitation, "They invite you: {0}. The invitation is attached.",
        "Le invitan: {0}. La invitación va adjunta.", "Họ mời bạn: {0}. Lời mời được đính kèm."},
    Row{Phrase::calls_off_invitation, "They call off: {0}.", "Cancelan: {0}.", "Họ hủy: {0}."},
    Row{Phrase::came_encrypted, "This mail is encrypted: what it says can only be read in the mailbox, with its key.",
        "Este correo está cifrado: lo que dice solo puede leerse en el buzón, con su clave.",
        "Thư này được mã hóa: chỉ đọc được trong hộp thư, với khóa của nó."},
    Row{Phrase::encloses_more,
        "More mails are attached to this forward, and no lead was made of them: {0}. Please forward each by itself.",
        "Este reenvío lleva adjuntos otros correos, de los que no se creó ningún prospecto: {0}. Reenvíe cada uno por "
        "separado.",
        "Thư chuyển tiếp này còn đính kèm các thư khác, chưa tạo khách hàng nào từ đó: {0}. Hãy chuyển tiếp riêng từng "
        "thư."},
    Row{Phrase::below_stays_here,
        "Your text goes to {0}, but not what stands below the quotation. If this is meant for them, send it above a "
        "quotation: {1}",
        "Su texto va a {0}, pero no lo que está debajo de la cita. Si esto es para ellos, envíelo encima de una cita: "
        "{1}",
        "Nội dung của bạn được gửi tới {0}, nhưng không kèm phần bên dưới trích dẫn. Nếu phần này dành cho họ, hãy "
        "viết phía trên trích dẫn: {1}"},
    Row{Phrase::quoted_mail_stays_here,
        "Your text goes to {0}, but not the other mail that stands below it. If this is meant for them, copy its words "
        "into your text: {1}",
        "Su texto va a {0}, pero no el otro correo que está debajo. Si es para ellos, copie sus palabras en su texto: "
        "{1}",
        "Nội dung của bạn được gửi tới {0}, nhưng không kèm thư khác nằm bên dưới. Nếu thư đó dành cho họ, hãy "
        "chép nội dung vào phần của bạn: {1}"},
    Row{Phrase::answers_a_robot,
        "An answer would go to {0}, which by its name nobody reads: look in the text for an address or a number.",
        "Una respuesta iría a {0}, que por su nombre nadie lee: busque en el texto una dirección o un número.",
        "Thư trả lời sẽ đi đến {0}, theo tên thì không ai đọc: hãy tìm địa chỉ hoặc số điện thoại trong thư."},
    Row{Phrase::answer_is_encrypted,
        "Your mail is encrypted, and nobody here can read it. Nothing was done and nothing was sent. Please write it "
        "without encryption.",
        "Su correo está cifrado y aquí nadie puede leerlo. No se hizo ni se envió nada. Escríbalo sin cifrar.",
        "Thư của bạn được mã hóa và ở đây không ai đọc được. Chưa làm gì và chưa gửi gì. Hãy viết lại không mã hóa."},
    Row{Phrase::not_from_status, "From {0} a lead does not go to {1} by hand. It may go to: {2}.",
        "De {0} un prospecto no pasa a {1} a mano. Puede pasar a: {2}.",
        "Từ {0} không chuyển sang {1} bằng tay được. Có thể chuyển sang: {2}."},
    Row{Phrase::comes_by_command, "{0} comes by {1}.", "{0} llega con {1}.", "{0} có được bằng {1}."},
    Row{Phrase::was_customer, "Was a customer: yes, {0}.", "Ya fue cliente: sí, {0}.", "Từng là khách hàng: có, {0}."},
    Row{Phrase::silent_for, "Nobody has heard of them for {0} days.", "Hace {0} días que no se sabe nada.",
        "Đã {0} ngày không có tin gì."},
    Row{Phrase::no_such_lead, "There is no such lead: {0}.", "No existe ese prospecto: {0}.",
        "Không có khách hàng nào như vậy: {0}."},
    Row{Phrase::at_tool, "{0} is answered by mail; here use: {1}", "{0} se responde por correo; aquí use: {1}",
        "{0} được trả lời qua thư; tại đây hãy dùng: {1}"},
    Row{Phrase::unknown_list,
        "\"{0}\" names nothing that can be listed. Write a status, a user, due, owed, all, or: tag fair.",
        "\"{0}\" no dice qué listar. Escriba un estado, un usuario, vencidos, sin responder, todos, o: etiqueta feria.",
        "\"{0}\" không nêu gì để liệt kê. Hãy viết trạng thái, người dùng, quá hạn, chưa trả lời, tất cả, hoặc: thẻ "
        "hội-chợ."},
    Row{Phrase::no_such_mail, "{0} has no mail that is meant. Answer the mail itself.",
        "{0} no tiene el correo indicado. Responda al propio correo.",
        "{0} không có thư nào như vậy. Hãy trả lời chính thư đó."},
    Row{Phrase::not_repaired, "That can't be done: {0}.", "No se puede: {0}.", "Không thể thực hiện: {0}."},
    Row{Phrase::stands_alone, "{0} stands alone in a mail, without other commands and text.",
        "{0} va solo en un correo, sin otras órdenes ni texto.",
        "{0} phải đứng riêng trong một thư, không kèm lệnh hay nội dung khác."},
    Row{Phrase::nothing_to_undo, "There is nothing of yours to take back here.", "Aquí no hay nada suyo que deshacer.",
        "Không có gì của bạn ở đây để hoàn tác."},
    Row{Phrase::undone_already, "That was taken back already: {0}.", "Eso ya se deshizo: {0}.",
        "Việc đó đã được hoàn tác: {0}."},
    Row{Phrase::undone, "Taken back: {0} of {1}.", "Deshecho: {0} de {1}.", "Đã hoàn tác: {0} lúc {1}."},
    Row{Phrase::undo_depends,
        "It can't be taken back, for something later depends on it: {0} was changed by {2} ({1}). Take that back "
        "first.",
        "No se puede deshacer porque algo posterior depende de ello: {2} cambió {0} ({1}). Deshaga eso primero.",
        "Không thể hoàn tác vì có việc sau đó phụ thuộc vào nó: {2} đã thay đổi {0} ({1}). Hãy hoàn tác việc đó "
        "trước."},
    Row{Phrase::undo_delivered, "These mails have left already and can't be called back: {0}.",
        "Estos correos ya salieron y no se pueden retirar: {0}.", "Những thư này đã gửi đi, không thể thu hồi: {0}."},
    Row{Phrase::same_address, "The same address stands on {0}. #merge with its number makes one of them.",
        "La misma dirección está en {0}. #unir con su número los hace uno.",
        "Địa chỉ này đã có ở {0}. #gộp kèm số đó để hợp làm một."},
    Row{Phrase::claimed_already, "{0} belongs to {1} already.", "{0} ya es de {1}.", "{0} đã thuộc về {1}."},
    Row{Phrase::please_confirm,
        "This mails to an address that has never written to us: {0}. Nothing was done yet. If that is right, answer "
        "this "
        "mail within 15 minutes with: #confirm {1}",
        "Esto envía correo a una dirección que nunca nos ha escrito: {0}. Todavía no se hizo nada. Si es correcto, "
        "responda "
        "a este correo en 15 minutos con: #confirmar {1}",
        "Việc này gửi thư tới một địa chỉ chưa từng viết cho chúng ta: {0}. Chưa thực hiện gì. Nếu đúng, hãy trả lời "
        "thư "
        "này trong 15 phút với: #xác nhận {1}"},
    Row{Phrase::not_confirmed, "Nothing waits for that word.", "Nada espera esa palabra.",
        "Không có việc nào chờ từ đó."},
    Row{Phrase::confirmed_late, "That word has expired: it lives 15 minutes. Send your mail again.",
        "Esa palabra ha caducado: dura 15 minutos. Envíe su correo otra vez.",
        "Từ đó đã hết hạn: chỉ có hiệu lực 15 phút. Hãy gửi lại thư."},
    Row{Phrase::cover_quotation, "Please find our quotation attached.", "Le enviamos adjunta nuestra cotización.",
        "Chúng tôi xin gửi kèm báo giá."},
    Row{Phrase::cover_files, "Please find attached: {0}", "Le enviamos adjunto: {0}", "Chúng tôi xin gửi kèm: {0}"},
    Row{Phrase::filed_not_sent,
        "What you attached is filed on the lead and went to nobody: {0}. To send it, attach it to a line of text.",
        "Lo que adjuntó quedó archivado en la ficha y no se envió a nadie: {0}. Para enviarlo, adjúntelo a una línea "
        "de texto.",
        "Tệp bạn đính kèm đã được lưu vào hồ sơ và không gửi cho ai: {0}. Muốn gửi, hãy đính kèm cùng một dòng nội "
        "dung."},
    Row{Phrase::document_not_sent, "{0} has no e-mail address, so {1} was filed and not sent.",
        "{0} no tiene dirección de correo; {1} quedó archivado y no se envió.",
        "{0} không có địa chỉ thư nên {1} được lưu lại mà không gửi."},
    Row{Phrase::withheld,
        "{0} must not be contacted: this or another lead with that address is Do Not Contact. Your mail did not go "
        "there.",
        "{0} no debe ser contactado: esta ficha u otra con esa dirección está en No contactar. Su correo no se le "
        "envió.",
        "Không được liên hệ {0}: hồ sơ này hoặc hồ sơ khác có địa chỉ đó đang ở trạng thái Không liên hệ. Thư của bạn "
        "không được gửi tới đó."},
    Row{Phrase::late_acknowledge, "Nobody has acted on it within {0} of working time.",
        "Nadie ha actuado en {0} de tiempo laboral.", "Chưa ai xử lý trong {0} làm việc."},
    Row{Phrase::late_first_answer, "The first answer was due within {0} of working time.",
        "La primera respuesta debía salir en {0} de tiempo laboral.", "Lẽ ra phải trả lời lần đầu trong {0} làm việc."},
    Row{Phrase::late_answer, "An answer was due within {0} of working time.",
        "La respuesta debía salir en {0} de tiempo laboral.", "Lẽ ra phải trả lời trong {0} làm việc."},
    Row{Phrase::soon_acknowledge, "Nobody has acted on it yet; {0} of working time are left.",
        "Nadie ha actuado todavía; quedan {0} de tiempo laboral.", "Chưa ai xử lý; còn {0} làm việc."},
    Row{Phrase::soon_first_answer, "The first answer is still owed; {0} of working time are left.",
        "Falta la primera respuesta; quedan {0} de tiempo laboral.", "Chưa trả lời lần đầu; còn {0} làm việc."},
    Row{Phrase::soon_answer, "An answer is still owed; {0} of working time are left.",
        "Falta una respuesta; quedan {0} de tiempo laboral.", "Chưa trả lời; còn {0} làm việc."},
    Row{Phrase::stands_in, "{0} is away until {1}; this comes to you instead.",
        "{0} no está hasta el {1}; por eso le llega a usted.", "{0} vắng mặt đến {1}; vì vậy thư này đến với bạn."},
    Row{Phrase::had_it_before, "{0} had it and did not get to it in time.", "{0} lo tenía y no llegó a tiempo.",
        "{0} đã phụ trách nhưng không kịp xử lý."},
    Row{Phrase::has_it_now, "{0} has it now.", "Ahora lo tiene {0}.", "Hiện {0} phụ trách."},
    Row{Phrase::offered_again, "It is offered to team {0} now.", "Ahora se ofrece al equipo {0}.",
        "Hiện được chuyển cho nhóm {0} cùng nhận."},
    Row{Phrase::lost_its_owner, "Rule {0} has taken it from its owner.", "La regla {0} se lo quitó a quien lo tenía.",
        "Quy tắc {0} đã thu lại từ người phụ trách."},
    Row{Phrase::unclear_invite,
        "Whether to invite can't be read from \"{0}\". Make the event with \"invite\", \"invite ana@x.example\" or "
        "\"no invite\" at the end of the line.",
        "De \"{0}\" no se entiende si hay que invitar. Cree el evento con \"invitar\", \"invitar ana@x.example\" o "
        "\"no invitar\" al final de la línea.",
        "Không hiểu \"{0}\" là có mời hay không. Khi tạo sự kiện, hãy ghi \"mời\", \"mời ana@x.example\" hoặc \"không "
        "mời\" ở cuối dòng."},
    Row{Phrase::one_a_line, "\"{0}\" is a command of its own: write it on its own line.",
        "\"{0}\" es otra orden: escríbala en su propia línea.", "\"{0}\" là một lệnh khác: hãy viết trên dòng riêng."},
    Row{Phrase::one_owner, "A lead has one owner; \"{0}\" is too much.",
        "Un prospecto tiene un solo responsable; \"{0}\" sobra.",
        "Mỗi khách hàng chỉ có một người phụ trách; \"{0}\" là thừa."},
    Row{Phrase::negated, "{0} with \"{1}\": is it to be done or not? Write {0} alone, or nothing.",
        "{0} con \"{1}\": ¿se hace o no? Escriba solo {0}, o nada.",
        "{0} kèm \"{1}\": làm hay không? Hãy viết riêng {0}, hoặc không viết gì."},
    Row{Phrase::unclear_time,
        "\"{0}\" can be read in two ways. Write the time as in 16:00, and the date with its month.",
        "\"{0}\" se puede entender de dos maneras. Escriba la hora como 16:00 y la fecha con su mes.",
        "\"{0}\" có thể hiểu theo hai cách. Hãy ghi giờ như 16:00, và ngày kèm tháng."},
    Row{Phrase::time_apart,
        "\"{0}\" stands apart from the day. Write the time right behind the day, as in: tomorrow 16:00.",
        "\"{0}\" está separado del día. Escriba la hora justo después del día, por ejemplo: mañana 16:00.",
        "\"{0}\" đứng tách khỏi ngày. Hãy ghi giờ ngay sau ngày, ví dụ: mai 16:00."},
    Row{Phrase::foreign_zone,
        "\"{0}\": times are read in your own time zone, and this one is not known. Write your own time, or the offset: "
        "10:00 UTC+2.",
        "\"{0}\": las horas se leen en su zona horaria, y esta no se conoce. Escriba su hora, o la diferencia: 10:00 "
        "UTC+2.",
        "\"{0}\": giờ được hiểu theo múi giờ của bạn, còn múi giờ này chưa biết. Hãy ghi giờ của bạn, hoặc độ lệch: "
        "10:00 UTC+2."},
    Row{Phrase::unread_amount,
        "What \"{0}\" does to the amount can't be read. Write one final amount, as in 12000 EUR, or lines: 3 x pump "
        "400 EUR.",
        "No se entiende qué hace \"{0}\" con el importe. Escriba un solo importe final, como 12000 EUR, o líneas: 3 x "
        "bomba 400 EUR.",
        "Không hiểu \"{0}\" thay đổi số tiền thế nào. Hãy ghi một số tiền cuối cùng, ví dụ 12000 EUR, hoặc từng dòng: "
        "3 x máy bơm 400 EUR."},
    Row{Phrase::nothing_left, "nothing would be left on {0}", "en {0} no quedaría nada", "{0} sẽ không còn thư nào"},
    Row{Phrase::as_user, "Whose {0} is it? Say who with --as USER.", "¿De quién es {0}? Indíquelo con --as USUARIO.",
        "{0} của ai? Hãy ghi rõ bằng --as NGƯỜI_DÙNG."},
    Row{Phrase::names_no_lead, "{0} is about a lead: give its number instead of \"-\", as in L-123.",
        "{0} se refiere a un prospecto: ponga su número en lugar de \"-\", por ejemplo L-123.",
        "{0} là về một khách hàng: hãy ghi số của khách thay cho \"-\", ví dụ L-123."},
    Row{Phrase::text_at_tool,
        "Only commands are carried out here, so nothing was done: \"{0}\" is none. Begin each line with #, or write "
        "the text by mail.",
        "Aquí solo se ejecutan órdenes y no se hizo nada: \"{0}\" no lo es. Empiece cada línea con #, o envíe el texto "
        "por correo.",
        "Ở đây chỉ thực hiện lệnh nên chưa làm gì: \"{0}\" không phải lệnh. Hãy bắt đầu mỗi dòng bằng #, hoặc gửi nội "
        "dung qua thư."},
    Row{Phrase::by_mail_only,
        "{0} answers a mail that asks for it; the tool needs none: what is done here is done at once.",
        "{0} responde a un correo que lo pide; aquí no hace falta: lo que se ordena se hace enseguida.",
        "{0} trả lời thư yêu cầu xác nhận; tại đây không cần: lệnh được thực hiện ngay."},
    Row{Phrase::not_its_mail, "no such mail on {0}", "{0} no tiene ese correo", "{0} không có thư đó"},
    Row{Phrase::part_of_another, "{0} is part of {1}", "{0} ya es parte de {1}", "{0} đã thuộc về {1}"},
    Row{Phrase::stands_already, "it stands on {0} already", "ya está en {0}", "thư đã ở {0}"},
    Row{Phrase::is_one_lead, "{0} is one lead", "{0} es un solo prospecto", "{0} chỉ là một khách hàng"},
    Row{Phrase::merged_deals, "{0} had a deal already; what {1} had stands beside it: {2}.",
        "{0} ya tenía un negocio; lo de {1} queda junto a él: {2}.",
        "{0} đã có thương vụ; của {1} được giữ bên cạnh: {2}."},
    Row{Phrase::merged_next,
        "Both had a next contact. This one stands: {0}. This one is dropped and taken off the calendar: {1}.",
        "Ambos tenían un próximo contacto. Queda este: {0}. Se descarta y se quita del calendario este: {1}.",
        "Cả hai đều có lịch liên hệ tiếp theo. Giữ lại: {0}. Bỏ và xóa khỏi lịch: {1}."},
    Row{Phrase::merged_ended, "Nobody is to be contacted any more, so this next contact is called off: {0}.",
        "Ya no se debe contactar, así que se cancela este próximo contacto: {0}.",
        "Không được liên hệ nữa nên lịch liên hệ này bị hủy: {0}."},
    Row{Phrase::merged_otherwise, "{0} said otherwise, and that stays there: {1}.",
        "{0} decía otra cosa, y allí queda: {1}.", "{0} ghi khác, và vẫn lưu ở đó: {1}."},
    Row{Phrase::next_forbidden,
        "{0} is Do Not Contact, so no next contact is planned. Change its status first if that is over.",
        "{0} está en No contactar, así que no se planea ningún contacto. Si ya no es así, cambie antes su estado.",
        "{0} đang ở trạng thái Không liên hệ nên không đặt lịch. Nếu không còn như vậy, hãy đổi trạng thái trước."},
    Row{Phrase::is_planned, "Planned: {0}.", "Previsto: {0}.", "Đã lên lịch: {0}."},
    Row{Phrase::same_organisation, "{0} has other open leads: {1}. #merge makes one of two.",
        "{0} tiene otros prospectos abiertos: {1}. #unir hace uno de dos.",
        "{0} còn khách hàng khác đang mở: {1}. #gộp để hợp hai thành một."},
    Row{Phrase::stray_date,
        "What \"{0}\" says of the date can't be read. Write one date and time, as in 2026-12-03 10:00, and a note "
        "behind it that neither begins nor ends with another.",
        "No se entiende qué dice \"{0}\" de la fecha. Escriba una sola fecha y hora, como 2026-12-03 10:00, y detrás "
        "una nota que no empiece ni acabe con otra.",
        "Không hiểu \"{0}\" nói gì về ngày giờ. Hãy ghi một ngày giờ duy nhất, ví dụ 2026-12-03 10:00, rồi ghi chú "
        "không bắt đầu và không kết thúc bằng ngày giờ khác."},
    Row{Phrase::needs_day, "\"{0}\" is no day, and one is needed here, as in 2026-12-03.",
        "\"{0}\" no es un día, y aquí hace falta uno, como 2026-12-03.",
        "\"{0}\" không phải là ngày; ở đây cần một ngày, ví dụ 2026-12-03."},
    Row{Phrase::past_since,
        "Counted from when you wrote it ({1}) that is {0}, and it has passed since. Write when it is to be now.",
        "Contado desde que usted lo escribió ({1}) es {0}, y ya pasó. Escriba para cuándo debe ser ahora.",
        "Tính từ lúc bạn viết ({1}) thì đó là {0}, và đã qua rồi. Hãy ghi lại thời gian mới."},
    Row{Phrase::needs_year, "\"{0}\" without a year would be {1}. If that is meant, write it so; else write the year.",
        "\"{0}\" sin año sería {1}. Si es eso, escríbalo así; si no, escriba el año.",
        "\"{0}\" không có năm thì sẽ là {1}. Nếu đúng vậy, hãy ghi như thế; nếu không, hãy ghi rõ năm."},
    Row{Phrase::no_end,
        "Do Not Contact has no end, so \"{0}\" can't be kept. Write it without, or plan when to write again: #next "
        "2027-03-01.",
        "No contactar no tiene fin, así que \"{0}\" no se puede cumplir. Escríbalo sin eso, o planifique cuándo volver "
        "a escribir: #siguiente 2027-03-01.",
        "Không liên hệ là không có thời hạn, nên không giữ được \"{0}\". Hãy bỏ phần đó, hoặc hẹn ngày liên hệ lại: "
        "#hẹn 2027-03-01."},
    Row{Phrase::away_replaces,
        "Absences that you told before and that share a day with this one are replaced by it; all others stand.",
        "Esta ausencia sustituye a las que usted había indicado y comparten algún día con ella; las demás siguen.",
        "Những lần vắng đã báo trước có ngày trùng với lần này được thay bằng lần này; các lần khác giữ nguyên."},
    Row{Phrase::reminded_later, "The reminder comes when work begins: {0}.",
        "El recordatorio llega cuando empieza la jornada: {0}.", "Thư nhắc sẽ đến khi bắt đầu giờ làm việc: {0}."},
    Row{Phrase::nothing_changed, "{0} changed nothing: it was so already.", "{0} no cambió nada: ya estaba así.",
        "{0} không thay đổi gì: đã như vậy từ trước."},
    Row{Phrase::unread_length,
        "\"{0}\" is no length of an event: one has a time, and lasts up to 24 hours, as in: friday 10:00 2h.",
        "\"{0}\" no es la duración de un evento: este tiene una hora y dura hasta 24 horas, por ejemplo: viernes 10:00 "
        "2h.",
        "\"{0}\" không phải thời lượng của sự kiện: sự kiện có giờ và kéo dài tối đa 24 tiếng, ví dụ: thứ sáu 10:00 "
        "2h."},
};

constexpr bool is_in_order() {
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    if (kRows[i].phrase != static_cast<Phrase>(i)) return false;
  }
  return kRows.size() == static_cast<std::size_t>(Phrase::unread_length) + 1;
}
static_assert(is_in_order(), "one row for each phrase, in their order");

}  // namespace

std::string say(Phrase phrase, std::string_view language, std::initializer_list<std::string_view> arguments) {
  const auto& row = kRows.at(static_cast<std::size_t>(phrase));
  const auto sentence = language == "es" ? row.es : language == "vi" ? row.vi : row.en;
  std::string text;
  for (std::size_t i = 0; i < sentence.size(); ++i) {
    const bool is_place = sentence[i] == '{' && i + 2 < sentence.size() && sentence[i + 2] == '}';
    const auto index = is_place ? static_cast<std::size_t>(sentence[i + 1] - '0') : arguments.size();
    if (index < arguments.size()) {
      text += arguments.begin()[index];
      i += 2;
    } else {
      text += sentence[i];
    }
  }
  return text;
}

}  // namespace leadmail::leads
