/** One line of the table: what was measured, and whether it is as good as it should be. */
export interface Finding {
  readonly what: string;
  readonly measured: string;
  /** Absent: a figure without a goal, for whoever reads the others. */
  readonly goal?: string;
  readonly isReached?: boolean;
}

export function printFindings(findings: readonly Finding[]): void {
  const rows = findings.map(({ what, measured, goal = "", isReached }) => [
    what,
    measured,
    goal,
    isReached === undefined ? "" : isReached ? "reached" : "MISSED",
  ]);
  const table = [["What", "Measured", "Goal", ""], ...rows];
  const widths = [0, 1, 2, 3].map((place) =>
    Math.max(...table.map((row) => row[place]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, place) => cell.padEnd(widths[place] ?? 0)).join(" | ")} |`;
  const [head = [], ...body] = table.map(line);
  console.log(
    [head, `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`, ...body].join("\n"),
  );
}
