import type { Text } from "#domain/text.ts";

/** One line about an error, with what to do. What has no words of its own keeps its message, never its stack. */
export function failureText(error: unknown): Text {
  if (!(error instanceof Error)) return same(String(error));
  if ("text" in error && isText(error.text)) return error.text;
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : undefined;
  const code = codeOf(error) ?? codeOf(inner);
  const known = code === undefined ? undefined : texts[code];
  if (known) return known(error);
  if (error.message === "timeout exceeded when trying to connect") return silentDatabase;
  return same(firstLine(error.message) || error.name);
}

const same = (text: string): Text => ({ en: text, ru: text });

const firstLine = (text: string): string => text.split("\n")[0] ?? "";

function isText(value: unknown): value is Text {
  return typeof value === "object" && value !== null && "en" in value && "ru" in value;
}

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}

type Words = (error: Error) => Text;

/** English as the error has it; Russian of our own. */
const inRussian =
  (ru: string): Words =>
  (error) => ({ en: firstLine(error.message), ru });

const fixed =
  (en: string, ru: string): Words =>
  () => ({ en, ru });

const silentDatabase: Text = {
  en: "The database does not answer. Check the host and port in DATABASE_URL and that the server takes connections.",
  ru: "База данных не отвечает. Проверьте адрес и порт в DATABASE_URL и что сервер принимает подключения.",
};

const noDatabase = fixed(
  "The database can't be reached. Check the host and port in DATABASE_URL and that the server runs.",
  "База данных недоступна. Проверьте адрес и порт в DATABASE_URL и что сервер запущен.",
);

const wrongLogin = fixed(
  "The database refused the user or password of DATABASE_URL. Check both.",
  "База данных не приняла имя или пароль из DATABASE_URL. Проверьте их.",
);

const noRight = (error: Error): Text => ({
  en: `There is no right to do this: ${firstLine(error.message)}. Run it as the user who owns the folder, or name another one.`,
  ru: `Не хватает прав: ${firstLine(error.message)}. Запустите от имени владельца папки или укажите другую.`,
});

const portTaken = (error: Error): Text => {
  const port = "port" in error ? String(error.port) : "";
  return {
    en: `Port ${port} is taken by another program. Stop that one, or choose another port: --port N.`,
    ru: `Порт ${port} занят другой программой. Остановите её или выберите другой порт: --port N.`,
  };
};

/** By the `code` that our errors, Node and PostgreSQL give. */
const texts: Readonly<Record<string, Words>> = {
  EADDRINUSE: portTaken,
  EADDRNOTAVAIL: fixed(
    "This machine has no address such as CONCIERGE_HOST says. Name one that it has, or 0.0.0.0 for all.",
    "У этой машины нет адреса из CONCIERGE_HOST. Укажите свой адрес или 0.0.0.0 для всех.",
  ),
  EACCES: noRight,
  EPERM: noRight,
  ENOSPC: fixed(
    "The disk is full. Make room and try again.",
    "На диске нет места. Освободите место и повторите.",
  ),
  ECONNREFUSED: noDatabase,
  ENOTFOUND: noDatabase,
  EAI_AGAIN: noDatabase,
  EHOSTUNREACH: noDatabase,
  ENETUNREACH: noDatabase,
  ETIMEDOUT: () => silentDatabase,
  "28P01": wrongLogin,
  "28000": wrongLogin,
  "3D000": fixed(
    "The database that DATABASE_URL names does not exist. Make it: createdb <name>.",
    "Базы данных из DATABASE_URL нет. Создайте её: createdb <имя>.",
  ),
  data_dir_in_use: inRussian(
    "Папка данных занята другим запущенным Concierge. Остановите его или укажите другую папку: --data ПАПКА.",
  ),
  data_dir_unusable: inRussian(
    "PostgreSQL не запускается от root, а другой пользователь не может войти в папку данных. Укажите доступную, например --data /var/lib/concierge.",
  ),
  database_newer: inRussian(
    "База данных новее этой версии Concierge. Запустите новую версию или восстановите более раннюю копию.",
  ),
  database_not_empty: inRussian(
    "Копия восстанавливается только в пустую базу, а в этой есть данные. Укажите новую папку (--data) или пустую базу в DATABASE_URL.",
  ),
  backup_unreadable: inRussian("Копия не читается: файл повреждён или это не копия Concierge."),
  secret_key_unfit: inRussian(
    "Секретный ключ не подходит к этим данным. Верните файл ключа этой папки данных или прежний CONCIERGE_SECRET_KEY.",
  ),
  key_file_damaged: inRussian(
    "В файле ключа нет пригодных ключей. Верните его из своей копии: без него сохранённые секреты не прочитать.",
  ),
  hook_key_fixed: inRussian(
    "Ключ вебхуков задан в CONCIERGE_HOOK_KEY. Смените его там и перезапустите сервер или уберите, чтобы сервер хранил свой.",
  ),
};
