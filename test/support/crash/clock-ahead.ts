/** Loaded before the program: lets it live later than it is, by `CRASH_CLOCK_AHEAD_MS`. */
const aheadMs = Number(process.env["CRASH_CLOCK_AHEAD_MS"] ?? 0);
const now = Date.now;
Date.now = () => now() + aheadMs;
