/** A place in the feed: transaction, then number within it. */
const shape = /^(\d{1,20})-(\d{1,19})$/;

const maxTx = 2n ** 64n - 1n;
const maxId = 2n ** 63n - 1n;

export function isCursor(text: string): boolean {
  const [tx, id] = parts(text);
  return shape.test(text) && tx <= maxTx && id <= maxId;
}

/** Whether one place stands behind another. */
export function isAfter(cursor: string, other: string): boolean {
  const [tx, id] = parts(cursor);
  const [otherTx, otherId] = parts(other);
  return tx === otherTx ? id > otherId : tx > otherTx;
}

function parts(text: string): readonly [bigint, bigint] {
  const [, tx = "0", id = "0"] = shape.exec(text) ?? [];
  return [BigInt(tx), BigInt(id)];
}
