/** By this machine's clock and zone, in a form that sorts: `2026-11-09 12:00:00`. */
export function instant(at: number): string {
  const date = new Date(at);
  const local = new Date(at - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19).replace("T", " ");
}
