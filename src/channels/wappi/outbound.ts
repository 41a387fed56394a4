import type { Phone } from "#domain/phone.ts";
import type { ApiCall } from "./client.ts";
import { type Platform, platforms } from "./platforms.ts";

/** Wappi names a guest by the digits of the phone. */
export function toDigits(phone: Phone): string {
  return phone.replaceAll(/\D/g, "");
}

interface Text {
  readonly phone: Phone;
  readonly text: string;
}

export function toProfileSend(
  profile: { readonly id: string; readonly platform: Platform },
  { phone, text }: Text,
): ApiCall {
  return {
    method: "POST",
    path: `${platforms[profile.platform].sync}/message/send`,
    query: { profile_id: profile.id },
    body: { recipient: toDigits(phone), body: text },
  };
}

export function toCascadeSend(cascadeId: string, { phone, text }: Text): ApiCall {
  return {
    method: "POST",
    path: "/csender/cascade/send",
    body: { recipient: toDigits(phone), body: text, cascade_id: cascadeId },
  };
}

export function toStatusCall(profileId: string, platform: Platform): ApiCall {
  return {
    method: "GET",
    path: `${platforms[platform].sync}/get/status`,
    query: { profile_id: profileId },
  };
}
