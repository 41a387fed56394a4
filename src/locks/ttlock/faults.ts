import type { Text } from "#domain/text.ts";
import type { LockRefusal } from "../lock.ts";

/** What an errcode means for us. `doubtful`: a command may have been carried out all the same. */
export type Fault =
  | { readonly kind: "refused"; readonly because: LockRefusal; readonly detail: Text }
  | {
      readonly kind: "later";
      readonly detail: Text;
      readonly retryAfterMs?: number;
      readonly holds?: "integration";
    }
  | { readonly kind: "doubtful"; readonly detail: Text };

const busyRetryMs = 10_000;
const rateRetryMs = 60_000;

/** The vendor's codes, with what a person can do. docs/providers/ttlock.md repeats this table. */
export const faults: Readonly<Record<string, Fault>> = {
  "1": doubtful(
    "TTLock ответил «не удалось» без причины. Команда могла дойти до замка.",
    "TTLock answered failed and gave no reason. The command may have reached the lock.",
  ),
  "-3": refused(
    "invalid",
    "TTLock не принял параметры команды. Проверьте номер замка, код и срок его действия.",
    "TTLock did not take the command's parameters. Check the lock's number, the code and its validity.",
  ),
  "10000": refused(
    "application",
    "TTLock не знает этот client id. Проверьте CONCIERGE_TTLOCK_CLIENT_ID на сервере.",
    "TTLock does not know this client id. Check CONCIERGE_TTLOCK_CLIENT_ID on the server.",
  ),
  "10001": refused(
    "application",
    "TTLock не принял client id или client secret. Проверьте CONCIERGE_TTLOCK_CLIENT_ID и CONCIERGE_TTLOCK_CLIENT_SECRET на сервере.",
    "TTLock did not accept the client id or client secret. Check CONCIERGE_TTLOCK_CLIENT_ID and CONCIERGE_TTLOCK_CLIENT_SECRET on the server.",
  ),
  "10003": later(
    "TTLock не принял только что выданный ключ доступа. Попробуем ещё раз.",
    "TTLock did not accept the access token it had just given. It will be tried again.",
  ),
  "10004": later(
    "TTLock не принял только что выданный ключ доступа. Попробуем ещё раз.",
    "TTLock did not accept the access token it had just given. It will be tried again.",
  ),
  "10007": refused(
    "sign-in",
    "TTLock не принял логин или пароль. Укажите логин и пароль из мобильного приложения TTLock.",
    "TTLock did not accept the login or password. Give the login and password of the TTLock mobile app.",
  ),
  "10011": refused(
    "sign-in",
    "TTLock закрыл вход для этого аккаунта. Проверьте логин и пароль.",
    "TTLock ended this account's session. Check the login and password.",
  ),
  "20002": refused(
    "no-permission",
    "Этот аккаунт не администратор замка. Войдите под владельцем замка или попросите его передать права.",
    "This account is not the lock's administrator. Use the owner's account or ask the owner for the rights.",
  ),
  "30002": refused(
    "invalid",
    "TTLock не принял данные пользователя. Проверьте логин.",
    "TTLock did not take the user's data. Check the login.",
  ),
  "30003": refused(
    "invalid",
    "TTLock не принял данные пользователя. Проверьте логин.",
    "TTLock did not take the user's data. Check the login.",
  ),
  "30004": refused(
    "invalid",
    "TTLock не принял данные пользователя. Проверьте логин.",
    "TTLock did not take the user's data. Check the login.",
  ),
  "30005": refused(
    "invalid",
    "TTLock не принял пароль в том виде, в каком мы его передаём. Нужно обновление программы.",
    "TTLock did not take the password in the form we send it. The program needs an update.",
  ),
  "30006": later(
    "TTLock просит звать его реже. Подождём минуту.",
    "TTLock asks for fewer calls. We wait a minute.",
    { retryAfterMs: rateRetryMs, holds: "integration" },
  ),
  "30007": refused(
    "quota",
    "Месячный запас вызовов TTLock израсходован. Он вернётся 1-го числа (по Пекину), раньше поможет платный тариф приложения на платформе TTLock.",
    "TTLock's calls for this month are used up. They return on the 1st (Beijing time), or with a larger plan of the application at TTLock.",
  ),
  "30008": refused(
    "application",
    "Аккаунт TTLock заведён в другом регионе. Для аккаунтов материкового Китая укажите другой адрес в CONCIERGE_API_BASE_TTLOCK.",
    "The TTLock account belongs to another region. For accounts of mainland China set another address in CONCIERGE_API_BASE_TTLOCK.",
  ),
  "80000": later(
    "Часы сервера расходятся с часами TTLock больше чем на 5 минут. Включите на сервере синхронизацию времени (NTP).",
    "The server's clock and TTLock's differ by more than 5 minutes. Turn on time synchronisation (NTP) on the server.",
    { holds: "integration" },
  ),
  "80002": refused(
    "invalid",
    "TTLock не смог прочитать запрос. Нужно обновление программы.",
    "TTLock could not read the request. The program needs an update.",
  ),
  "90000": doubtful(
    "У TTLock внутренняя ошибка. Команда могла дойти до замка.",
    "TTLock had an internal error. The command may have reached the lock.",
  ),
  "-1003": refused(
    "lock-missing",
    "Замка с таким номером в TTLock нет. Номер виден в приложении: свойства замка, число после косой черты в строке MAC/ID.",
    "TTLock has no lock with this number. The app shows it: the lock's settings, the number after the slash in MAC/ID.",
  ),
  "-1007": refused(
    "unsupported",
    "У замка нет данных для кодов. Сбросьте коды замка в приложении TTLock рядом с замком.",
    "The lock has no passcode data. Reset its passcodes in the TTLock app beside the lock.",
  ),
  "-1008": refused(
    "no-permission",
    "У аккаунта нет ключа к этому замку. Попросите владельца выдать ключ с правами администратора.",
    "The account has no key to this lock. Ask the owner for a key with administrator's rights.",
  ),
  "-1026": refused(
    "hours-spent",
    "Код TTLock на эти часы уже выдавался и был удалён. Подойдут другие часы.",
    "TTLock's code for these hours was issued and deleted before. Other hours will do.",
  ),
  "-2009": refused(
    "unchangeable",
    "Этого кода на замке уже нет. Нужен новый код.",
    "This code is no longer on the lock. A new code is needed.",
  ),
  "-2012": later(
    "Рядом с замком нет шлюза, который его слышит. Проверьте питание шлюза и расстояние до замка.",
    "No gateway near the lock hears it. Check the gateway's power and its distance to the lock.",
  ),
  "-2018": refused(
    "no-permission",
    "TTLock не дал прав на это действие. Проверьте права аккаунта на замок.",
    "TTLock denied this. Check the account's rights to the lock.",
  ),
  "-2025": refused(
    "frozen",
    "Замок заморожен. Разморозьте его в приложении TTLock.",
    "The lock is frozen. Unfreeze it in the TTLock app.",
  ),
  "-2032": refused(
    "code-too-simple",
    "Замок счёл код слишком простым. Нужен другой код.",
    "The lock finds the code too simple. Another code is needed.",
  ),
  "-3002": later(
    "Шлюз не в сети. Проверьте его питание и интернет.",
    "The gateway is offline. Check its power and internet connection.",
  ),
  "-3003": later(
    "Шлюз занят. Повторим через несколько секунд.",
    "The gateway is busy. It will be tried again in seconds.",
    {
      retryAfterMs: busyRetryMs,
    },
  ),
  "-3006": refused(
    "code-length",
    "Замок принимает коды от 4 до 9 цифр. Поправьте codeLength.",
    "The lock takes codes of 4 to 9 digits. Change codeLength.",
  ),
  "-3007": refused(
    "code-taken",
    "Такой код на замке уже есть. Нужен другой код.",
    "The same code is on the lock already. Another code is needed.",
  ),
  "-3008": refused(
    "unchangeable",
    "Замок не меняет код, которым ещё не открывали дверь. Нужен новый код.",
    "The lock does not change a code that was never used at the door. A new code is needed.",
  ),
  "-3009": refused(
    "storage-full",
    "В памяти замка кончилось место для кодов. Удалите старые коды в приложении TTLock или уменьшите keepHours.",
    "The lock has no room for more codes. Delete old ones in the TTLock app or lower keepHours.",
  ),
  "-3034": later(
    "Замок не подключён к Wi-Fi. Подключите его в приложении TTLock.",
    "The lock is not connected to Wi-Fi. Connect it in the TTLock app.",
  ),
  "-3035": refused(
    "unsupported",
    "Замок с Wi-Fi в режиме экономии энергии и не принимает команды сразу. Выключите этот режим в приложении TTLock.",
    "The Wi-Fi lock is in power saving mode and takes no commands at once. Turn that mode off in the TTLock app.",
  ),
  "-3036": later(
    "Замок не в сети. Проверьте батарею и Wi-Fi замка.",
    "The lock is offline. Check its battery and Wi-Fi.",
  ),
  "-3037": later(
    "Замок занят. Повторим через несколько секунд.",
    "The lock is busy. It will be tried again in seconds.",
    {
      retryAfterMs: busyRetryMs,
    },
  ),
  "-3039": refused(
    "no-permission",
    "Ключ аккаунта к замку кончается раньше, чем нужный код. Продлите ключ у владельца замка.",
    "The account's key to the lock ends before the code would. Have the owner prolong the key.",
  ),
  "-3046": refused(
    "no-permission",
    "У аккаунта нет права открывать замок удалённо. Его выдаёт владелец замка.",
    "The account may not unlock remotely. The lock's owner can allow it.",
  ),
  "-4037": refused(
    "unsupported",
    "Шлюза, к которому привязан замок, в TTLock больше нет. Добавьте шлюз в приложении.",
    "The lock's gateway no longer exists at TTLock. Add a gateway in the app.",
  ),
  "-4043": refused(
    "unsupported",
    "Замок этого не умеет. Нужен замок с кодами версии 4 и шлюз.",
    "The lock cannot do this. A lock with passcode version 4 and a gateway is needed.",
  ),
  "-4056": refused(
    "storage-full",
    "В памяти замка кончилось место. Удалите старые коды в приложении TTLock.",
    "The lock's memory is full. Delete old codes in the TTLock app.",
  ),
  "-4063": refused(
    "invalid",
    "TTLock требует сначала удалить или передать замки аккаунта.",
    "TTLock wants the account's locks deleted or transferred first.",
  ),
  "-4067": refused(
    "unsupported",
    "Модуль NB-IoT замка не зарегистрирован. Зарегистрируйте его в приложении TTLock.",
    "The lock's NB-IoT module is not registered. Register it in the TTLock app.",
  ),
};

function refused(because: LockRefusal, ru: string, en: string): Fault {
  return { kind: "refused", because, detail: { ru, en } };
}

function later(
  ru: string,
  en: string,
  more: { readonly retryAfterMs?: number; readonly holds?: "integration" } = {},
): Fault {
  return { kind: "later", detail: { ru, en }, ...more };
}

function doubtful(ru: string, en: string): Fault {
  return { kind: "doubtful", detail: { ru, en } };
}
