import type { Booking, BookingResource, Participant } from "#domain/booking.ts";
import type { FormatValues } from "./format-parameters.ts";
import { type MessageLocale, readLocale } from "./locale.ts";
import type { Line, Markup, Run } from "./markup.ts";
import { formatAmount, formatDuration, formatInstant, formatPrice } from "./quantities.ts";
import { isGreeting, kindWords, words } from "./words.ts";

export interface NotificationRequest {
  readonly booking: Booking;
  /** Whose contact information and price are shown. */
  readonly participant?: Participant | undefined;
  readonly parameters: FormatValues;
  /** The text of the business; may have several lines. */
  readonly message?: string | undefined;
  readonly markup: Markup;
}

type Block = readonly Line[];

interface Scene extends NotificationRequest {
  readonly locale: MessageLocale;
}

/** A guest wants the gist; what is longer is cut with an ellipsis. Characters. */
const maxDescriptionLength = 2000;

/** The message as blocks, each a list of lines, in the order that guests of the booking service know. */
export function composeNotification(request: NotificationRequest): readonly Block[] {
  const scene = { ...request, locale: readLocale(request.parameters) };
  return [
    opening(scene),
    facts(scene),
    description(scene),
    details(scene),
    contact(scene),
    more(scene),
    textLines(request.parameters.sign_text),
  ];
}

/** A text of several lines, without blank ones at its ends. */
export function textLines(text: string | undefined): Block {
  const trimmed = (text ?? "").replaceAll(/\r\n?/gu, "\n").trim();
  return trimmed === "" ? [] : trimmed.split("\n").map((line) => [{ text: line.trimEnd() }]);
}

function opening({ message, locale }: Scene): Block {
  const text = message?.trim() ?? "";
  const hello = words.hello[locale.language];
  return textLines(isGreeting(text) ? text : `${hello} ${text}`);
}

function facts(scene: Scene): Block {
  const { booking, parameters } = scene;
  return [
    ...number(scene),
    ...times(scene),
    ...(parameters.hide_address
      ? []
      : labelled(words.address[scene.locale.language], booking.address)),
    ...service(scene),
  ];
}

function number({ booking, parameters, locale }: Scene): Block {
  const name = parameters.case_type_name?.trim() || kindWords[booking.kind].name[locale.language];
  return labelled(capitalised(name, locale), booking.number, visible(booking.url, parameters));
}

function times({ booking, parameters, locale }: Scene): Block {
  const { startsAt, endsAt } = booking;
  if (startsAt === undefined) return [];
  const { language } = locale;
  // The name that a business gives can't be put into the genitive.
  const label = parameters.case_type_name?.trim()
    ? words.time[language]
    : kindWords[booking.kind].time[language];
  const isShort = parameters.hide_order_duration || endsAt === undefined;
  const duration = isShort ? undefined : formatDuration({ startsAt, endsAt }, locale);
  return [
    ...labelled(label, formatInstant(startsAt, locale)),
    ...labelled(words.duration[language], duration),
  ];
}

function service({ booking, parameters, locale, markup }: Scene): Block {
  if (parameters.hide_service_name) return [];
  const { name, url } = booking.service;
  const href = visible(url, parameters);
  const lines = labelled(words.service[locale.language], name, href);
  const isBare = markup !== "telegram-html" && href !== undefined && lines.length > 0;
  return isBare ? [...lines, [{ text: href }]] : lines;
}

function description({ booking, parameters, locale }: Scene): Block {
  const lines = parameters.hide_order_description
    ? []
    : textLines(shortened(booking.description ?? ""));
  const label = words.description[locale.language];
  const [first = [], ...rest] = lines;
  if (lines.length <= 1) return lines.map((line) => [...heading(label), { text: " " }, ...line]);
  return [heading(label), first, ...rest];
}

function details(scene: Scene): Block {
  const { booking, parameters, locale } = scene;
  const { language } = locale;
  const lines = booking.resources.filter(({ name }) => name !== "");
  if (parameters.hide_detail_section || lines.length === 0) return [];
  const title = parameters.detail_section_name?.trim() || kindWords[booking.kind].details[language];
  return [
    heading(title),
    ...[resourceTitle(scene)].filter((text) => text !== "").map((text) => [{ text: `${text}:` }]),
    ...lines.map((resource, index) => resourceLine(resource, index + 1, scene)),
    ...total(scene),
  ];
}

/** The default is Russian; a message in another language has its own. */
function resourceTitle({ parameters, locale }: Scene): string {
  const title = parameters.resource_name.trim();
  return title === words.resources.ru ? words.resources[locale.language] : title;
}

function resourceLine(resource: BookingResource, position: number, scene: Scene): Line {
  const { price, currency, amount, unitCode } = resource;
  const text = scene.parameters.hide_resource_description
    ? ""
    : oneLine(shortened(resource.description ?? ""));
  const facts = [
    price ? formatPrice({ amount: price, currency }, scene.locale) : undefined,
    amount === undefined ? undefined : formatAmount(amount, unitCode, scene.locale),
  ].filter((fact) => fact !== undefined);
  return [
    { text: `${position}. ${oneLine(resource.name)}` },
    ...aside(text, scene.markup),
    { text: facts.map((fact) => `, ${fact}`).join("") },
  ];
}

/** Italic where there is italic, else in brackets: a name and its description must not run together. */
function aside(text: string, markup: Markup): Line {
  if (text === "") return [];
  return markup === "plain" ? [{ text: ` (${text})` }] : [{ text: " " }, { text, style: "italic" }];
}

function total({ booking, participant, locale }: Scene): Block {
  const price = participant?.price ?? sumOf(booking.resources);
  if (!price || price.amount <= 0) return [];
  return labelled(words.total[locale.language], formatPrice(price, locale));
}

/** Only when it is certain: one currency, and single pieces, since a price may be of one or of all. */
function sumOf(resources: readonly BookingResource[]): Participant["price"] {
  const priced = resources.filter(({ price }) => price !== undefined && price > 0);
  const currency = priced[0]?.currency;
  const isCertain = priced.every((one) => one.currency === currency && (one.amount ?? 1) === 1);
  if (!isCertain) return undefined;
  return { amount: priced.reduce((sum, { price = 0 }) => sum + price, 0), currency };
}

/** A name that begins with an asterisk hides the field from the guest at the booking service, and so here. */
function contact({ participant, parameters, locale }: Scene): Block {
  if (parameters.hide_contact_info || !participant) return [];
  const { language } = locale;
  const lines = [
    ...participant.fields
      .filter(({ name }) => !name.trim().startsWith("*"))
      .map(({ name, value }) => [
        { text: name.trim() ? `${oneLine(name)}: ${oneLine(value)}` : oneLine(value) },
      ]),
    ...textLines(participant.comment && `${words.comment[language]}: ${participant.comment}`),
  ];
  return lines.length === 0 ? [] : [heading(words.contact[language]), ...lines];
}

function more({ booking, parameters, locale, markup }: Scene): Block {
  const href = visible(booking.url, parameters);
  const text = words.more[locale.language];
  if (href === undefined) return [];
  return [[markup === "telegram-html" ? { text, href } : { text: `${text}: ${href}` }]];
}

function heading(title: string): Line {
  return [{ text: `${oneLine(title)}:`, style: "bold" }];
}

function labelled(label: string, value: string | undefined, href?: string): Block {
  const text = oneLine(value ?? "");
  const run: Run = href === undefined ? { text } : { text, href };
  return text === "" ? [] : [[...heading(label), { text: " " }, run]];
}

function visible(url: string | undefined, parameters: FormatValues): string | undefined {
  return parameters.hide_url ? undefined : url;
}

function oneLine(text: string): string {
  const lines = text.split("\n").map((line) => line.trim());
  return lines.filter((line) => line !== "").join(" ");
}

function shortened(text: string): string {
  if (text.length <= maxDescriptionLength) return text;
  return `${text
    .slice(0, maxDescriptionLength - 1)
    .toWellFormed()
    .trimEnd()}…`;
}

function capitalised(text: string, { tag }: MessageLocale): string {
  return text.charAt(0).toLocaleUpperCase(tag) + text.slice(1);
}
