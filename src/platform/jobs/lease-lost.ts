/** The job's lease ran out and another node has it: what this node was about to store must not be stored. */
export class LeaseLost extends Error {
  override readonly name = "LeaseLost";
  constructor(kind: string) {
    super(`Work of kind ${kind} was taken over by another node; this node's outcome is discarded.`);
  }
}
