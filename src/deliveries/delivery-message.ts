import type { OutgoingMessage, TextRecord } from "#channels/channel.ts";
import type { Vault } from "#domain/vault.ts";
import { openMessage } from "./sealed-message.ts";

/** What is needed to write down a delivery's message for its channel. */
export interface Sendable {
  readonly needs: { readonly vault: Vault; readonly now: () => number };
  readonly delivery: {
    readonly id: string;
    readonly part: number;
    readonly payload: Uint8Array;
    readonly target: { readonly route: TextRecord };
    readonly tried_at: number | null;
  };
  readonly opened: { readonly secrets: readonly string[] };
}

/** The part of the message that is to be sent now. */
export function messageOf(run: Sendable): OutgoingMessage<TextRecord> {
  const { delivery, needs } = run;
  const sealed = openMessage(needs.vault, delivery.payload);
  return {
    id: partId(delivery.id, delivery.part),
    to: sealed.to,
    target: delivery.target.route,
    text: sealed.texts[delivery.part] ?? "",
    triedAt: delivery.tried_at ?? needs.now(),
  };
}

/** Each part has a key of its own; the first one's is the delivery's. */
function partId(id: string, part: number): string {
  return part === 0 ? id : `${id.slice(0, -3)}${(0xfff - part).toString(16)}`;
}

/** What must not be read in a recorded exchange. */
export function hidden(
  { opened }: Sendable,
  message: OutgoingMessage<TextRecord>,
): readonly string[] {
  const address = message.to.kind === "phone" ? message.to.phone : message.to.id;
  return [...opened.secrets, message.text, address, address.replace("+", "")];
}
