import { type Line, type Markup, measureRun, type Run, writeLine } from "./markup.ts";

interface Limits {
  readonly markup: Markup;
  /** UTF-16 units of one part, at least 16. */
  readonly maxLength: number;
}

interface Piece {
  readonly line: Line;
  /** What stands between it and the piece before when both are in one part. */
  readonly joint: string;
}

/**
 * Writes blocks of lines as messages of at most `maxLength`, each valid by itself. Blocks stand a blank line apart and
 * stay whole where they can; else lines do, else words, else whole characters. Nothing but blanks at a cut is lost.
 */
export function splitText(blocks: readonly (readonly Line[])[], limits: Limits): readonly string[] {
  const parts: Piece[][] = [];
  const hold = (pieces: readonly Piece[]): void => {
    const last = parts.at(-1);
    if (last && lengthOf([...last, ...pieces], limits) <= limits.maxLength) last.push(...pieces);
    else parts.push([...pieces]);
  };
  for (const block of blocks.filter((lines) => lines.length > 0)) {
    const pieces = block.map((line, index) => ({ line, joint: index === 0 ? "\n\n" : "\n" }));
    if (lengthOf(pieces, limits) <= limits.maxLength) hold(pieces);
    else for (const piece of pieces.flatMap((long) => cutPiece(long, limits))) hold([piece]);
  }
  return parts.map((pieces) => writePart(pieces, limits)).filter((text) => text.trim() !== "");
}

function writePart(pieces: readonly Piece[], { markup }: Limits): string {
  return pieces
    .map(({ line, joint }, index) => (index === 0 ? "" : joint) + writeLine(line, markup))
    .join("");
}

function lengthOf(pieces: readonly Piece[], limits: Limits): number {
  return pieces.reduce(
    (sum, { line, joint }, index) =>
      sum + (index === 0 ? 0 : joint.length) + lineLength(line, limits),
    0,
  );
}

function lineLength(line: Line, { markup }: Limits): number {
  return line.reduce((sum, run) => sum + measureRun(run, markup), 0);
}

/** The line itself when it fits, else stretches of it that do. */
function cutPiece(piece: Piece, limits: Limits): readonly Piece[] {
  if (lineLength(piece.line, limits) <= limits.maxLength) return [piece];
  const stretches: Run[][] = [[]];
  let left = limits.maxLength;
  for (const atom of piece.line.flatMap((long) => atoms(long, limits))) {
    const last = stretches.at(-1) ?? [];
    const cost = isSameStyle(last.at(-1), atom)
      ? atom.text.length
      : measureRun(atom, limits.markup);
    if (cost <= left) {
      append(last, atom);
      left -= cost;
    } else {
      const first = { ...atom, text: atom.text.trimStart() };
      stretches.push([first]);
      left = limits.maxLength - measureRun(first, limits.markup);
    }
  }
  return stretches.map((line, index) => ({ line, joint: index === 0 ? piece.joint : "\n" }));
}

/** Words with the blanks before them; a word too long for a part falls into its characters. */
function atoms(run: Run, { markup, maxLength }: Limits): readonly Run[] {
  const words = run.text.match(/\s*\S+|\s+/gu) ?? [];
  return words
    .flatMap((word) =>
      measureRun({ ...run, text: word }, markup) > maxLength ? characters(word) : word,
    )
    .map((text) => ({ ...run, text }));
}

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
/** Longer clusters are stacked marks, not letters; they may be cut between code points. */
const maxClusterLength = 16;

function characters(word: string): readonly string[] {
  return Array.from(segmenter.segment(word), ({ segment }) => segment).flatMap((cluster) =>
    cluster.length > maxClusterLength ? Array.from(cluster) : cluster,
  );
}

/** Neighbours of one style are one run, so that a cut leaves no tags around every word. */
function append(runs: Run[], run: Run): void {
  const last = runs.at(-1);
  if (last && isSameStyle(last, run))
    runs[runs.length - 1] = { ...run, text: last.text + run.text };
  else runs.push(run);
}

function isSameStyle(one: Run | undefined, other: Run): boolean {
  return one !== undefined && one.style === other.style && one.href === other.href;
}
