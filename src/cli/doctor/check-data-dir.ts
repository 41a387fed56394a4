import { access, constants, stat, statfs } from "node:fs/promises";
import { keyFileOf } from "#ground.ts";
import { bad, good, warning, type Finding } from "./finding.ts";

/** Disk space and rights of the data directory and of the key file in it. */
export async function checkDataDir({
  dataDir,
}: {
  readonly dataDir: string;
}): Promise<readonly Finding[]> {
  const found = await stat(dataDir).catch(() => undefined);
  if (!found) return [];
  return [await checkRights(dataDir, found.mode), await checkSpace(dataDir)];
}

const othersMayWrite = 0o022;
const othersMayRead = 0o077;

async function checkRights(dataDir: string, mode: number): Promise<Finding> {
  const isOurs = await access(dataDir, constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  );
  if (!isOurs)
    return bad(
      `Data directory: ${dataDir} can't be read and written by this user. Run as the user who owns it.`,
      `Папка данных: у этого пользователя нет прав на ${dataDir}. Запускайте от имени её владельца.`,
    );
  if (process.platform === "win32") return fine(dataDir);
  if ((mode & othersMayWrite) !== 0)
    return bad(
      `Data directory: others may write into ${dataDir}. Close it: chmod go-w ${dataDir}`,
      `Папка данных: в ${dataDir} могут писать другие пользователи. Закройте: chmod go-w ${dataDir}`,
    );
  const key = await stat(keyFileOf(dataDir)).catch(() => undefined);
  if (key && (key.mode & othersMayRead) !== 0)
    return bad(
      `Secret key: others may read ${keyFileOf(dataDir)}. Close it: chmod 600 ${keyFileOf(dataDir)}`,
      `Секретный ключ: ${keyFileOf(dataDir)} могут прочитать другие пользователи. Закройте: chmod 600 ${keyFileOf(dataDir)}`,
    );
  return fine(dataDir);
}

const fine = (dataDir: string): Finding =>
  good(
    `Data directory: ${dataDir}, with the right rights.`,
    `Папка данных: ${dataDir}, права в порядке.`,
  );

const gigabyte = 1024 ** 3;
const little = 2 * gigabyte;
/** PostgreSQL stops taking writes when a 16 MB piece of its log does not fit any more. */
const tooLittle = 0.2 * gigabyte;

async function checkSpace(dataDir: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(dataDir);
  const free = bavail * bsize;
  const shown = (free / gigabyte).toFixed(1);
  if (free < tooLittle)
    return bad(
      `Disk: only ${shown} GB are free for ${dataDir}. Make room: without it nothing more is taken in.`,
      `Диск: для ${dataDir} свободно только ${shown} ГБ. Освободите место: без него приём событий остановится.`,
    );
  if (free < little)
    return warning(
      `Disk: ${shown} GB are free for ${dataDir}. Make room soon.`,
      `Диск: для ${dataDir} свободно ${shown} ГБ. Скоро понадобится место.`,
    );
  return good(`Disk: ${shown} GB free.`, `Диск: свободно ${shown} ГБ.`);
}
