import type { Language, Text } from "#domain/text.ts";
import type { Check } from "./check.ts";
import { html, type Html } from "./html.ts";
import { icon } from "./page-icons.ts";
import { words } from "./page-words.ts";
import type { ShownParameter } from "./parameters.ts";

/** Every parameter that the hook knows with its meaning and value: what was given first. */
export function drawParameters({ reading, findings }: Check, language: Language): Html {
  const faulty = new Set(
    findings.flatMap(({ kind, parameter }) => (kind === "warning" ? [] : [parameter])),
  );
  const group = (title: Text, list: readonly ShownParameter[]) =>
    list.length === 0
      ? html``
      : html`<tbody>
          <tr class="group">
            <th colspan="3" scope="rowgroup">${title[language]}</th>
          </tr>
          ${list.map((shown) => drawRow(shown, faulty.has(shown.parameter.name), language))}
        </tbody>`;
  const { needed, given, byDefault, absent } = Object.groupBy(reading.shown, placeOf);
  return html`<h2>${words.parameters[language]}</h2>
    <table class="card">
      <thead>
        <tr>
          <th scope="col">${words.name[language]}</th>
          <th scope="col">${words.value[language]}</th>
          <th scope="col">${words.meaning[language]}</th>
        </tr>
      </thead>
      ${[
        group(words.required, needed ?? []),
        group(words.given, given ?? []),
        group(words.byDefault, byDefault ?? []),
        group(words.absent, absent ?? []),
      ]}
    </table>`;
}

function placeOf({ parameter, value, isDefault }: ShownParameter) {
  if (value === undefined) return parameter.isRequired ? "needed" : "absent";
  return isDefault ? "byDefault" : "given";
}

function drawRow(shown: ShownParameter, isFaulty: boolean, language: Language): Html {
  const { name, meaning } = shown.parameter;
  const value = drawValue(shown, language);
  return html`<tr>
    <th scope="row"><code>${breakable(name)}</code></th>
    <td>${isFaulty ? html`<span class="must">${icon("wrong")} ${value}</span>` : value}</td>
    <td>${meaning[language]}</td>
  </tr>`;
}

function drawValue({ parameter, value, isDefault }: ShownParameter, language: Language): Html {
  if (value === undefined) {
    const word = parameter.isRequired ? words.needed : words.notSet;
    return html`<span class="none">${word[language]}</span>`;
  }
  if (parameter.isSecret && !isDefault)
    return html`${icon("locked")} <span class="none">${words.hidden[language]}</span>`;
  if (value === "") return html`<span class="none">${words.empty[language]}</span>`;
  return html`<code>${value}</code>`;
}

/** A long name goes on in the next line between its words. */
function breakable(name: string): readonly Html[] {
  return name.split(/(?<=_)|(?<=[a-z])(?=[A-Z])/).map((part) => html`${part}<wbr />`);
}
