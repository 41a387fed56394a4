// dependency-cruiser with our rules. The visitor that it borrows from swc stops at `using`, so it is taught that here.
import swc from "@swc/core/Visitor.js";

const { visitStatement } = swc.Visitor.prototype;
swc.Visitor.prototype.visitStatement = function (statement) {
  if (statement.type !== "UsingDeclaration") return visitStatement.call(this, statement);
  return { ...statement, decls: this.visitVariableDeclarators(statement.decls) };
};

process.argv.push("--config", new URL("../.dependency-cruiser.mjs", import.meta.url).pathname);
await import("../node_modules/dependency-cruiser/bin/dependency-cruiser.mjs");
