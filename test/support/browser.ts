import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { chromium, type Browser } from "playwright-core";

export interface TestBrowser extends AsyncDisposable {
  readonly browser: Browser;
}

/**
 * Opens a browser without a window: the one in `CHROMIUM_PATH`, else the one that came with the packages, which is
 * unpacked once for each user (about a second). Works as root, and where no font is installed: the packages bring one
 * with Cyrillic. Rejects when it does not start.
 */
export async function openBrowser(): Promise<TestBrowser> {
  const home = await unpack();
  const own = process.env["CHROMIUM_PATH"];
  const browser = await chromium.launch({
    executablePath: own ?? join(home, "chromium"),
    // Root may not use the sandbox, and containers rarely have room in /dev/shm. We open pages of our own only.
    args: ["--no-sandbox", "--no-zygote", "--disable-gpu", "--disable-dev-shm-usage"],
    env: { ...process.env, HOME: home, FONTCONFIG_FILE: join(home, "fonts.conf") },
  });
  return { browser, [Symbol.asyncDispose]: () => browser.close() };
}

const unpackScript = `import(process.argv[1]).then(({ default: chromium }) => chromium.executablePath())`;

/** The folder with browser and fonts. One of ours, since the package's own place is shared by all users of the machine. */
async function unpack(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve("@sparticuz/chromium");
  const manifest = join(dirname(dirname(entry)), "package.json");
  const { version } = createRequire(import.meta.url)(manifest) as { version: string };
  const home = join(tmpdir(), `concierge-browser-${version}-${process.getuid?.() ?? "me"}`);
  if (existsSync(home)) return home;
  const fresh = await mkdtemp(join(tmpdir(), "concierge-browser-"));
  await promisify(execFile)(
    process.execPath,
    ["--input-type=module", "--eval", unpackScript, pathToFileURL(entry).href],
    { env: { ...process.env, TMPDIR: fresh } },
  );
  await writeFile(join(fresh, "fonts.conf"), fontsIn(home));
  await moveTo(fresh, home);
  return home;
}

/** Several test files may unpack at once: the first one wins, whole. */
async function moveTo(fresh: string, home: string): Promise<void> {
  try {
    await rename(fresh, home);
  } catch (error) {
    if (!existsSync(home)) throw error;
    await rm(fresh, { recursive: true, force: true });
  }
}

const fontsIn = (home: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(home, "fonts")}</dir>
  <cachedir>${join(home, "font-cache")}</cachedir>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  ${["system-ui", "sans", "sans-serif"].map(drawnInOpenSans).join("\n  ")}
</fontconfig>
`;

const drawnInOpenSans = (family: string): string => `<match target="pattern">
    <test name="family"><string>${family}</string></test>
    <edit name="family" mode="prepend" binding="strong"><string>Open Sans</string></edit>
  </match>`;
