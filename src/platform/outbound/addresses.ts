import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/** Where an outbound call may go: the open internet, or also the networks that an operator runs himself. */
export type Reach = "public" | "public-and-private";

/** Cloud metadata lives at a link-local address, so link-local stays shut even where private networks are open. */
const ownNetworks: ReadonlySet<string> = new Set([
  "private",
  "loopback",
  "uniqueLocal",
  "carrierGradeNat",
]);

/**
 * Whether a call may connect to this literal address. Ranges are those of the IANA special-purpose registries as
 * ipaddr.js knows them; what is not plainly a public unicast address is refused, an unknown range too.
 */
export function mayReach(address: string, reach: Reach): boolean {
  if (isIP(address) === 0 || address.includes("%")) return false;
  const parsed = ipaddr.parse(address);
  const range = parsed.range();
  if (reach === "public-and-private" && ownNetworks.has(range)) return true;
  return range === "unicast" && (parsed instanceof ipaddr.IPv4 || isGlobalUnicast(parsed));
}

/** RFC 4291 and the IANA registry: only 2000::/3 is given out. ISATAP (RFC 5214) carries an IPv4 address inside it. */
function isGlobalUnicast({ parts }: ipaddr.IPv6): boolean {
  const [first = 0, , , , fifth = 0, sixth] = parts;
  const isIsatap = (fifth === 0 || fifth === 0x200) && sixth === 0x5efe;
  return first >> 13 === 1 && !isIsatap;
}
