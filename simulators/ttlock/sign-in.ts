import { createHash, randomBytes } from "node:crypto";
import { Refused } from "./errors.ts";
import type { Fields } from "./fields.ts";
import type { Account, Token, World } from "./world.ts";

const tokenLifeSeconds = 7_776_000;
const allowedSkewMs = 5 * 60_000;

/** `POST /oauth2/token`: password grant or renewal. The refresh token rotates and its predecessor dies. */
export function giveToken(world: World, fields: Fields): object {
  checkApplication(world, fields);
  if (fields.text("grantType") === "refresh_token") return renew(world, fields);
  const account = world.accounts.find(({ username }) => username === fields.text("username"));
  const password = fields.text("password") ?? "";
  if (!/^[0-9a-f]{32}$/.test(password)) throw new Refused(30005);
  if (!account || md5(account.password) !== password) throw new Refused(10007);
  if (account.region === "elsewhere") throw new Refused(30008);
  const token = issue(world, account.uid);
  return { ...answer(token), uid: account.uid, openid: 1_450_000_000 + account.uid };
}

/** Checks what every v3 call carries and tells whose call it is. */
export function authenticate(world: World, fields: Fields): Account {
  if (fields.text("clientId") !== world.application.clientId) throw new Refused(10000);
  if (Math.abs(fields.integer("date") - world.now()) > allowedSkewMs) throw new Refused(80000);
  const token = world.tokens.find(({ access }) => access === fields.text("accessToken"));
  if (!token?.isKnown) throw new Refused(10003);
  if (token.expiresAt <= world.now()) throw new Refused(10004);
  const account = world.accounts.find(({ uid }) => uid === token.uid);
  if (!account) throw new Refused(10003);
  if (world.quotaLeft <= 0) throw new Refused(30007);
  world.quotaLeft -= 1;
  return account;
}

function checkApplication(world: World, fields: Fields): void {
  if (fields.text("clientId") !== world.application.clientId) throw new Refused(10000);
  if (fields.text("clientSecret") !== world.application.clientSecret) throw new Refused(10001);
}

function renew(world: World, fields: Fields): object {
  const old = world.tokens.find(({ refresh }) => refresh === fields.text("refreshToken"));
  if (!old?.isKnown) throw new Refused(10011);
  old.isKnown = false;
  return answer(issue(world, old.uid));
}

function issue(world: World, uid: number): Token {
  const token = {
    uid,
    access: randomBytes(16).toString("hex"),
    refresh: randomBytes(16).toString("hex"),
    expiresAt: world.now() + tokenLifeSeconds * 1000,
    isKnown: true,
  };
  world.tokens.push(token);
  return token;
}

const answer = (token: Token): object => ({
  access_token: token.access,
  refresh_token: token.refresh,
  expires_in: tokenLifeSeconds,
  scope: "user,key,room",
  token_type: "Bearer",
});

const md5 = (text: string): string => createHash("md5").update(text).digest("hex");
