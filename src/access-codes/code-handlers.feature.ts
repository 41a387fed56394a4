import type { Handler } from "#platform/jobs/jobs.ts";
import { runStep } from "./code-step.jobs.ts";
import { DESCRIPTION_WORK, runDescription } from "./description.jobs.ts";
import { FOLLOW_WORK, runFollowing } from "./follow-others.jobs.ts";
import type { CodeNeeds } from "./needs.ts";
import { STEP_WORK } from "./plan-steps.jobs.ts";
import { REREAD_WORK } from "./plan-rereads.jobs.ts";
import { runReread } from "./reread.jobs.ts";

/** The work that carries codes into locks and to those who wait for them. */
export function codeHandlers(needs: CodeNeeds): Readonly<Record<string, Handler>> {
  return {
    [STEP_WORK]: (job) => runStep(needs, job),
    [DESCRIPTION_WORK]: (job) => runDescription(needs, job),
    [FOLLOW_WORK]: (job) => runFollowing(needs, job),
    [REREAD_WORK]: (job) => runReread(needs, job),
  };
}
