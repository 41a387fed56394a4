// Who may import whom. A rule's name is the sentence that the offender reads; `test/trespass/` breaks each rule once.
const features =
  "intake|deliveries|hooks|bookings|access-codes|notifications|contacts|inbox|calls|integrations|team|reports";
const families = "channels|locks|telephony|booking-sources";
const provider = `^src/(${families})/([^/]+)/`;
const touchesTheWorld = "\\.(store|routes|jobs|feature)\\.ts$";
const test = "\\.(test|contract)\\.ts$";
const byValue = { dependencyTypesNot: ["type-only"] };
const never = (name, from, to) => ({ name, severity: "error", from, to });

export default {
  forbidden: [
    never(
      "domain stands alone",
      { path: "^src/domain/", pathNot: test },
      { pathNot: "^src/domain/" },
    ),
    never(
      "rules stay pure",
      { path: `^src/(${features})/`, pathNot: [touchesTheWorld, test] },
      {
        path: ["^src/platform/", touchesTheWorld, "/registry\\.ts$"],
        pathNot: "\\.schema\\.ts$",
        ...byValue,
      },
    ),
    never(
      "features are entered by their door",
      // The commands wire features as the hub does.
      { path: "^(src|web)/([^/]+)/", pathNot: "^src/cli/" },
      { path: `^src/(${features})/`, pathNot: ["^$1/$2/", "/index\\.ts$", "\\.schema\\.ts$"] },
    ),
    never(
      "only a registry names its providers",
      { path: "^(src|web)/", pathNot: [provider, `^src/(${families})/registry\\.ts$`] },
      { path: provider },
    ),
    never(
      "providers are islands",
      { path: provider },
      { path: `^src/(${features}|${families})/`, pathNot: ["^src/$1/$2/", "^src/$1/[^/]+\\.ts$"] },
    ),
    never(
      "providers get their tools handed in",
      { path: provider, pathNot: test },
      { path: "^src/platform/", ...byValue },
    ),
    never(
      "platform knows no business word",
      { path: "^src/platform/", pathNot: test },
      { path: "^src/", pathNot: "^src/(platform|domain)/" },
    ),
    never(
      "the web sees shapes only",
      { path: "^web/" },
      { path: "^src/", pathNot: "\\.schema\\.ts$" },
    ),
    // The demo starts both.
    never(
      "simulators know their vendor only",
      { path: "^simulators/", pathNot: ["^simulators/demo", test] },
      { path: "^src/" },
    ),
    never(
      "the product needs no simulator",
      { path: "^(src|web|widget)/", pathNot: test },
      { path: "^(simulators|test|bench)/" },
    ),
    never("imports are found", {}, { couldNotResolve: true }),
    never("no cycles", {}, { circular: true }),
  ],
  options: { parser: "swc", tsPreCompilationDeps: true, doNotFollow: { path: "node_modules" } },
};
