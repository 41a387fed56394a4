import type { FastifyInstance } from "fastify";

/** Tells, for the path of a request, the methods of the routes there. Sees routes that are registered after it. */
export function watchMethods(app: FastifyInstance): (path: string) => readonly string[] {
  const methodsByPattern = new Map<string, Set<string>>();
  app.addHook("onRoute", ({ url, method }) => {
    const methods = methodsByPattern.get(url) ?? new Set();
    for (const one of [method].flat()) methods.add(one);
    methodsByPattern.set(url, methods);
  });
  return (path) => {
    const bare = path.replace(/(.)\/+$/, "$1");
    const fitting = [...methodsByPattern].filter(([pattern]) => toRegExp(pattern).test(bare));
    return [...new Set(fitting.flatMap(([, methods]) => [...methods]))].sort();
  };
}

function toRegExp(pattern: string): RegExp {
  const segments = pattern.split("/").map((segment) => {
    if (segment === "*") return ".*";
    if (segment.includes(":")) return "[^/]+";
    return segment.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  });
  return new RegExp(`^${segments.join("/")}/?$`);
}
