export { planCode, type CodePlan, type CodeValues } from "./code-plan.ts";
export { describeCode, guestText, type ToldCode } from "./code-text.ts";
